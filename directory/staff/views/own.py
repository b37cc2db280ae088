"""Each person's own page of second factors: what there is, another one, new recovery codes, one fewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from directory.staff import app_secret, factors, locks, passkeys, session
from directory.staff.views.second_step import show_codes, take
from directory.staff.views.sign_in import form_page

NOT_THEIRS: Final = "That is not your password. Whoever finds this desk open must not change your second factors."
LAST_ONE: Final = "The last one stays: set up another first."


@sensitive_post_parameters()
@form_page
def second_factors(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """GET shows what there is, POST changes it after the password."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the desk lets nobody else in
    if request.method != "POST":
        return _page(site, request, user)
    if authenticate(request, username=user.get_username(), password=request.POST.get("password", "")) != user:
        locked = getattr(request, "axes_locked_out", False)
        name = user.get_username()
        problem = locks.words(request, name) if locked else f"{NOT_THEIRS} {locks.left_in_words(request, name)}".strip()
        return _page(site, request, user, problem=problem)
    changes: dict[str, Callable[[AdminSite, HttpRequest, User], HttpResponse]] = {
        "add": _add, "codes": _codes, "remove": _remove,
    }  # fmt: skip
    change = changes.get(request.POST.get("do", ""))
    return change(site, request, user) if change else _page(site, request, user)


def _add(site: AdminSite, request: HttpRequest, user: User) -> HttpResponse:
    first = not factors.has_any(user)
    kind, problem = take(request, user)
    if not kind:
        return _page(site, request, user, problem=problem)
    session.now_with(request, factor=kind)
    messages.success(request, "Set up. You will be asked for it at the next sign-in.")
    return _codes(site, request, user) if first else redirect("admin:second_factors")


def _codes(site: AdminSite, request: HttpRequest, user: User) -> HttpResponse:
    if not factors.has_any(user):
        return _page(site, request, user)
    codes = factors.new_codes(user=user)
    return show_codes(site, request, codes, lead_to=reverse("admin:second_factors"))


def _remove(site: AdminSite, request: HttpRequest, user: User) -> HttpResponse:
    pk = request.POST.get("factor", "")
    gone = pk.isascii() and pk.isdigit() and len(pk) < 19
    gone = gone and factors.remove(user=user, pk=int(pk), keep_one=settings.STAFF_SECOND_FACTOR)
    if not gone:
        return _page(site, request, user, problem=LAST_ONE)
    if not factors.has_any(user):
        session.now_with(request, factor="")
    messages.success(request, "Removed.")
    return redirect("admin:second_factors")


def _page(site: AdminSite, request: HttpRequest, user: User, *, problem: str = "") -> HttpResponse:
    held = factors.held_by(user)
    has_app = any(each.kind == factors.Kind.TOTP for each in held)
    context = {
        **site.each_context(request),
        **({} if has_app else app_secret.picture(request, user)),
        "title": "Your second factors",
        "problem": problem,
        "held": held,
        "codes_left": factors.codes_left(user),
        "is_required": settings.STAFF_SECOND_FACTOR,
        "has_app": has_app,
        "passkey": passkeys.options_to_add(request, user),
    }
    return render(request, "admin/sign_in/own.html", context)
