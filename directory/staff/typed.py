"""What somebody had typed when the session was over: carried through the sign-in, shown again, never sent by itself.

It travels as signed hidden data of the sign-in page, so nothing of it is kept here. It is for the person whose session
it was; where nobody knows any more whose it was (signed out in another tab), it is for whoever signs in on that page.
"""

from __future__ import annotations

import logging
import re
from typing import Any, Final, NamedTuple

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

logger = logging.getLogger(__name__)

#: The field that carries it, and the one that asks for a form to be shown and not kept.
FIELD: Final = "typed_before"
SHOW_ONLY: Final = "_show_only"
SALT: Final = "directory.staff.typed"
#: Characters of names and values, and fields; a guide of 40 sections has 60,000.
MOST_TEXT: Final = 800_000
MOST_FIELDS: Final = 5_000
#: Seconds for which a sign-in page may lie open.
KEPT_FOR: Final = 24 * 60 * 60
SECRET_NAMES: Final = re.compile(r"pass(word|phrase|wd)|secret|token|credential", re.IGNORECASE)
#: Which button was pressed; a form that is shown again has its own.
BUTTONS: Final = frozenset({"_save", "_continue", "_addanother", "_saveasnew", SHOW_ONLY})
#: Pages that hold nothing but secrets.
OF_SIGNING_IN: Final = frozenset(
    {"login", "logout", "second_step", "second_step_set_up", "second_factors", "password_change", "typed_again"}
)


class Typed(NamedTuple):
    """A form on its way."""

    address: str  # where it was going, with its query string
    owner: int | None  # key of the account whose session it was
    fields: list[tuple[str, str]]
    left_out: list[str]  # names of secrets
    files: list[str]  # names of files, which have to be chosen again


class Told(NamedTuple):
    """A form in the words of its page: label and text of what it would change, and of what stays as it is."""

    changed: list[tuple[str, str]]
    same: list[tuple[str, str]]


class Pressed(NamedTuple):
    """A button that was pressed too late: what it would do, where to look first, and what was typed with it."""

    button: str  # as it was labelled
    sentences: list[str]
    look_at: str  # address of the page on which it stands
    look_words: str
    typed: list[tuple[str, str]]  # label and text


class TooMuch(Exception):
    """More than a sign-in page may carry."""


def is_worth_carrying(request: HttpRequest) -> bool:
    """Whether a request brings a form of the desk that is not about signing in."""
    try:
        name = resolve(request.path_info).url_name
    except Resolver404:
        return False
    return request.method == "POST" and name not in OF_SIGNING_IN


def not_kept(request: HttpRequest) -> tuple[list[str], list[str]]:
    """Names of the secrets and of the files that a form brings, which are not carried."""
    secret = {name for name in request.POST if SECRET_NAMES.search(name) and name != "csrfmiddlewaretoken"}
    files = [str(each.name) for each in request.FILES.values()]  # type: ignore[union-attr]
    return sorted(secret), sorted({*files, *getattr(request, "files_not_taken", ())})


def keep(request: HttpRequest, *, owner: int | None) -> str:
    """The form that a request brings, signed. Raises TooMuch."""
    given = [(name, value) for name, values in request.POST.lists() for value in values]
    left_out, files = not_kept(request)
    fields = [(n, v) for n, v in given if n not in ("csrfmiddlewaretoken", FIELD) and not SECRET_NAMES.search(n)]
    if len(fields) > MOST_FIELDS or sum(len(n) + len(v) for n, v in fields) > MOST_TEXT:
        raise TooMuch
    form = Typed(request.get_full_path(), owner, fields, left_out, files)
    return signing.dumps(form, salt=SALT, compress=True)


def read(carried: str, *, user: Any) -> Typed | None:
    """The form, for the person to whom it belongs; None for anybody else, and when it was altered or is too old."""
    try:
        held = signing.loads(carried, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    address, whose, fields, left_out, files = held
    form = Typed(address, whose, [(name, value) for name, value in fields], left_out, files)
    if form.owner is not None and form.owner != user.pk:
        return None
    return form if url_has_allowed_host_and_scheme(form.address, allowed_hosts=None) else None


def can_be_shown(form: Typed) -> bool:
    """Whether the page to which it was going can show it filled in without keeping it (`admin.base.DeskAdmin`)."""
    try:
        view = resolve(form.address.partition("?")[0])
    except Resolver404:
        return False
    name = view.url_name or ""
    table = getattr(view.func, "model_admin", None)
    return bool(getattr(table, "shows_without_keeping", False)) and name.endswith(("_change", "_add"))


def in_words(form: Typed, request: HttpRequest) -> Told | None:
    """The form in the words of its page, where its page can tell (`admin.base.DeskAdmin.what_was_typed`)."""
    path, _, query = form.address.partition("?")
    try:
        view = resolve(path)
    except Resolver404:
        return None
    tell = getattr(getattr(view.func, "model_admin", None), "what_was_typed", None)
    if tell is None or not can_be_shown(form):
        return None
    data = QueryDict(mutable=True)
    for name, value in form.fields:
        data.appendlist(name, value)
    try:
        told: Told | None = tell(request, data, QueryDict(query), view.kwargs.get("object_id"))
    except Exception as error:
        # Whatever was wrong with the form, its person gets back what was typed; without labels then.
        logger.error("What was typed could not be told in the words of its form: %s", type(error).__name__)
        return None
    return told


def pressed(form: Typed, request: HttpRequest) -> Pressed | None:
    """The button that was pressed, in the words of its table (`what_was_pressed`); None where no table can tell."""
    try:
        view = resolve(form.address.partition("?")[0])
    except Resolver404:
        return None
    tell = getattr(getattr(view.func, "model_admin", None), "what_was_pressed", None)
    if tell is None:
        return None
    found: Pressed | None = tell(request, view.url_name or "", view.kwargs, dict(form.fields))
    return found


def is_only_shown(request: HttpRequest) -> bool:
    """Whether the form is to be shown as it was typed, and nothing of it kept."""
    return request.method == "POST" and SHOW_ONLY in request.POST
