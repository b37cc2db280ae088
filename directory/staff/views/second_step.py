"""The second step: a code or a passkey; before the first time, setting one up."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from directory.staff import app_secret, factors, locks, passkeys, session
from directory.staff.adapter import Unreadable
from directory.staff.typed import FIELD
from directory.staff.views.sign_in import arrive, form_page

WRONG: Final = "That code is not right, or it was used already. The app shows a new one every half minute."
WRONG_PASSKEY: Final = "The passkey was not accepted. Try again, or type a code."
UNREADABLE: Final = (
    "Your second factor can’t be read here any more. An administrator can remove it, and you set up a new one."
)
TOO_LATE: Final = "That took longer than a quarter of an hour. Please begin again with your password."
#: So few recovery codes are a reason to make new ones.
FEW: Final = 3


@never_cache
@csrf_protect
@sensitive_post_parameters()
@form_page
def second_step(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """GET asks for a code or a passkey, POST takes it and signs in."""
    waiting = session.half_way(request)
    if waiting is None:
        return _begin_again(request)
    user, lead_to = waiting
    if not factors.has_any(user):
        return redirect("admin:second_step_set_up")
    if request.method != "POST":
        return _ask(site, request, user)
    kind, problem = _shown(request, user)
    if not kind:
        return _ask(site, request, user, problem=problem)
    session.open_for(request, user, factor=kind)
    if kind == factors.Kind.RECOVERY_CODES:
        left = factors.codes_left(user)
        messages.warning(
            request, f"That code is used up. Recovery codes left: {left}." + (" Make new ones." if left < FEW else "")
        )
    return arrive(site, request, lead_to=lead_to, carried=request.POST.get(FIELD, ""))


def first_look(site: AdminSite, request: HttpRequest, user: User, carried: str) -> HttpResponse:
    """The page of the second step as the answer to a right password, with what was typed before."""
    if factors.has_any(user):
        return _ask(site, request, user)
    return _offer(site, request, user)


def _shown(request: HttpRequest, user: User) -> tuple[str, str]:
    """Kind of factor that was shown, or "" and what is wrong."""
    name = user.get_username()
    if locks.is_locked(request, name):
        return "", locks.words(request, name)
    answer = request.POST.get("credential", "")
    try:
        if answer:
            right = passkeys.check(request=request, user=user, answer=answer)
            kind = str(factors.Kind.WEBAUTHN) if right else ""
        else:
            kind = factors.check_code(user=user, code=request.POST.get("code", ""))
    except Unreadable:
        return "", UNREADABLE
    if kind:
        return kind, ""
    locks.count_wrong(request, name)
    if locks.is_locked(request, name):
        return "", locks.words(request, name)
    return "", " ".join(filter(None, (WRONG_PASSKEY if answer else WRONG, locks.left_in_words(request, name))))


def _ask(site: AdminSite, request: HttpRequest, user: User, *, problem: str = "") -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "Second step",
        "username": user.get_username(),
        "problem": problem,
        "typed": request.POST.get(FIELD, ""),
        "passkey": passkeys.options_to_check(request, user) if passkeys.held_by(user) else "",
    }
    locked = problem.startswith("Too many")
    status = HTTPStatus.TOO_MANY_REQUESTS if locked else HTTPStatus.OK
    return render(request, "admin/sign_in/second_step.html", context, status=status)


@never_cache
@csrf_protect
@sensitive_post_parameters()
@form_page
def set_up(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """GET offers an app or a passkey to somebody who has neither yet, POST takes it, signs in and shows the codes."""
    waiting = session.half_way(request)
    if waiting is None:
        return _begin_again(request)
    user, lead_to = waiting
    if factors.has_any(user):
        return redirect("admin:second_step")  # another one is added by who has shown the first
    if request.method != "POST":
        return _offer(site, request, user)
    kind, problem = take(request, user)
    if not kind:
        return _offer(site, request, user, problem=problem)
    codes = factors.new_codes(user=user)
    session.open_for(request, user, factor=kind)
    return show_codes(site, request, codes, lead_to=lead_to, carried=request.POST.get(FIELD, ""))


def take(request: HttpRequest, user: User) -> tuple[str, str]:
    """The kind of factor that a form sets up, or "" and what is wrong with it."""
    answer = request.POST.get("credential", "")
    if answer:
        kept = passkeys.add(request=request, user=user, answer=answer, name=request.POST.get("name", ""))
        return (str(factors.Kind.WEBAUTHN), "") if kept else ("", "The passkey was not accepted. Try again.")
    kept = factors.add_app(user=user, secret=app_secret.waiting(request), code=request.POST.get("code", ""))
    if not kept:
        return "", "That code is not right. Is the clock of your phone? The app shows a new code every half minute."
    app_secret.forget(request)
    return str(factors.Kind.TOTP), ""


def _offer(site: AdminSite, request: HttpRequest, user: User, *, problem: str = "") -> HttpResponse:
    context = {
        **site.each_context(request),
        **app_secret.picture(request, user),
        "title": "Set up a second step",
        "username": user.get_username(),
        "problem": problem,
        "typed": request.POST.get(FIELD, ""),
        "passkey": passkeys.options_to_add(request, user),
    }
    return render(request, "admin/sign_in/set_up.html", context)


def show_codes(
    site: AdminSite, request: HttpRequest, codes: list[str], *, lead_to: str, carried: str = ""
) -> HttpResponse:
    """The recovery codes, this once; the page is in no cache and cannot be asked for again."""
    context: dict[str, Any] = {
        **site.each_context(request), "title": "Your recovery codes", "codes": codes, "lead_to": lead_to,
        "typed": carried,
    }  # fmt: skip
    return render(request, "admin/sign_in/codes.html", context)


def _begin_again(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, TOO_LATE)
    return redirect("admin:login")
