"""The staff desk behind its sign-in: every address asks how the browser stands to the desk first."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from directory.staff import session, typed
from directory.staff.session import Standing, standing
from directory.staff.views import own, second_step, sign_in
from directory.staff_desk import StaffDesk

TIME_IS_OVER: Final = "Your session is over: it ends an hour after the last page and twelve hours after the sign-in."


class GuardedDesk(StaffDesk):
    """The desk for whoever has signed in wholly, no longer than a working day ago."""

    def has_permission(self, request: HttpRequest) -> bool:
        return standing(request) is Standing.IN

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        own_way = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            now = standing(request)
            if now is Standing.IN:
                session.note(request)
            elif typed.is_worth_carrying(request):
                return self.sign_in_again(request)
            elif now is Standing.OVER:
                session.close(request)
                messages.info(request, TIME_IS_OVER)
            elif session.half_way(request):
                return redirect("admin:second_step")
            answer: HttpResponse = own_way(request, *args, **kwargs)
            return answer

        return update_wrapper(guarded, view)

    def sign_in_again(self, request: HttpRequest) -> HttpResponse:
        """The sign-in page instead of an answer to a form, with what was typed in it.

        The token of the form has been checked, or the browser says that it comes from a page of ours.
        """
        owner = session.close(request) if standing(request) is Standing.OVER else None
        return sign_in.instead_of_a_form(self, request, owner=owner)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        return sign_in.password(request, self)

    def get_urls(self) -> list[Any]:
        ours: list[URLPattern] = [
            path("second-step/", self._page(second_step.second_step), name="second_step"),
            path("second-step/set-up/", self._page(second_step.set_up), name="second_step_set_up"),
            path("second-factors/", self.admin_view(self._page(own.second_factors)), name="second_factors"),
            path("typed-again/", self.admin_view(self._page(sign_in.typed_again)), name="typed_again"),
        ]
        return [*ours, *super().get_urls()]

    def _page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest) -> HttpResponse:
            return view(request, self)

        return update_wrapper(page, view)
