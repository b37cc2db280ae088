"""The first step, a name and a password; and what somebody had typed before the session was over."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from directory.staff import factors, locks, session, typed
from directory.staff.typed import FIELD, SHOW_ONLY, Told, Typed

form_page = require_http_methods(["GET", "HEAD", "POST"])

NOT_YOURS: Final = (
    "What was typed before belongs to another account or has lain too long, so it is not shown. Nothing of it was kept."
)
#: What a form carries along that nobody typed.
UNSEEN: Final = ("_", "csrf", "initial-")
#: A field of a row below the form; where it holds a number only, it is the key of what it belongs to.
ROW_OF_ITS_OWN: Final = re.compile(r".+-\d+-[a-z_]+$")
#: What a page signs or counts by; nobody types such a thing.
CHECKSUM: Final = re.compile(r"[0-9a-f]{40,128}")
UNSEEN_ENDS: Final = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS", "-id")


class PasswordPage(LoginView):
    """Nobody is signed in by a right password alone where a second step follows."""

    form_class = AdminAuthenticationForm
    template_name = "admin/sign_in/password.html"
    site: Any = None  # an AdminSite, given by `as_view`

    def form_valid(self, form: Any) -> HttpResponse:
        user: User = form.get_user()
        lead_to, carried = self.get_success_url(), self.request.POST.get(FIELD, "")
        if not (settings.STAFF_SECOND_FACTOR or factors.has_any(user)):
            session.open_for(self.request, user, factor="")
            return arrive(self.site, self.request, lead_to=lead_to, carried=carried)
        session.wait_for_second_step(self.request, user, lead_to=lead_to)
        if not carried:
            return redirect("admin:second_step")
        # A redirect would leave behind what was typed.
        from directory.staff.views import second_step

        return second_step.first_look(self.site, self.request, user, carried)

    def form_invalid(self, form: Any) -> HttpResponse:
        name = form.cleaned_data.get("username") or form.data.get("username", "")
        locked = left = ""
        if getattr(self.request, "axes_locked_out", False):
            locked = locks.words(self.request, name)
        elif form.non_field_errors():
            left = locks.left_in_words(self.request, name)
        status = HTTPStatus.TOO_MANY_REQUESTS if locked else HTTPStatus.OK
        return self.render_to_response(self.get_context_data(form=form, locked=locked, left=left), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ours = {**self.site.each_context(self.request), "title": "Sign in", "typed": self.request.POST.get(FIELD, "")}
        return super().get_context_data(**{**ours, **kwargs})


@never_cache
@csrf_protect
@sensitive_post_parameters("password", FIELD)
@form_page
def password(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """GET shows the form, POST takes name and password."""
    return PasswordPage.as_view(site=site)(request)  # type: ignore[return-value]  # a TemplateResponse


def instead_of_a_form(site: AdminSite, request: HttpRequest, *, owner: int | None) -> HttpResponse:
    """403 with the sign-in page for a form that came too late; what was typed in it goes with the page."""
    context: dict[str, Any] = {"form": AdminAuthenticationForm(request), "next": reverse("admin:index")}
    try:
        carried = typed.keep(request, owner=owner)
        context |= {"typed": carried, "kept": typed.Typed(request.path, owner, [], *typed.not_kept(request))}
    except typed.TooMuch:
        context |= {"too_much": True}
    page = {**site.each_context(request), "title": "Sign in again", **context}
    return render(request, PasswordPage.template_name, page, status=HTTPStatus.FORBIDDEN)


def arrive(site: AdminSite, request: HttpRequest, *, lead_to: str, carried: str) -> HttpResponse:
    """Where somebody goes who is in: on, or to what was typed before."""
    return shown_again(site, request, carried) if carried else redirect(lead_to)


@require_POST
def typed_again(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What was typed before, for somebody who has just set up a second factor in between."""
    return shown_again(site, request, request.POST.get(FIELD, ""))


def shown_again(site: AdminSite, request: HttpRequest, carried: str) -> HttpResponse:
    """What was typed before, to be looked at. It goes nowhere until its person sends it."""
    form = typed.read(carried, user=request.user)
    if form is None:
        context: dict[str, Any] = {"problem": NOT_YOURS}
    else:
        again = typed.can_be_shown(form)
        hidden = [(n, v) for n, v in form.fields if n != SHOW_ONLY and not (again and n in typed.BUTTONS)]
        pressed = typed.pressed(form, request)
        told = typed.in_words(form, request) or Told(pressed.typed if pressed else _lines(form), [])
        context = {"typed": form, "shown_first": again, "hidden": hidden, "told": told, "show_only": SHOW_ONLY}
        context |= {"pressed": pressed}
    page = {**site.each_context(request), "title": "What you had typed", **context}
    return TemplateResponse(request, "admin/sign_in/typed_again.html", page)


def _lines(form: Typed) -> list[tuple[str, str]]:
    """Label and text of what a person has typed or chosen."""
    return [
        (name.replace("-", " ").replace("_", " ").strip().capitalize(), value)
        for name, value in form.fields
        if value.strip()
        and not name.startswith(UNSEEN)
        and not name.endswith(UNSEEN_ENDS)
        and not CHECKSUM.fullmatch(value)
        and not (ROW_OF_ITS_OWN.match(name) and value.isdigit())
    ]


def after_a_stale_token(request: HttpRequest) -> HttpResponse | None:
    """An answer to a form of the desk whose token is too old, mostly for a sign-in in another tab.

    None unless the browser itself says that the form stands on a page of ours, and it was a form of the desk.
    """
    from django.contrib import admin

    site: Any = admin.site
    if not (_comes_from_here(request) and typed.is_worth_carrying(request)):
        return None
    if not site.has_permission(request):
        answer: HttpResponse = site.sign_in_again(request)
        return answer
    try:
        carried = typed.keep(request, owner=request.user.pk)
    except typed.TooMuch:
        return None
    found = shown_again(site, request, carried)
    return found.render() if isinstance(found, TemplateResponse) else found


def _comes_from_here(request: HttpRequest) -> bool:
    origin = urlsplit(request.headers.get("Origin", ""))
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
