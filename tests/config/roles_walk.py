"""Every address of the desk, asked as every role: what may be seen there, and what may be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from directory.vocab import Role

#: Who is tried besides the roles: an account of staff without any, somebody who is no staff, and nobody.
OUTSIDERS: Final = ("staff without a role", "a reader", "nobody")
#: Addresses that every member of staff has, whatever the role.
EVERYBODYS: Final = frozenset(
    (
        "index", "password_change", "password_change_done", "jsi18n", "autocomplete", "second_factors", "typed_again",
    )
)  # fmt: skip
#: Addresses that sign in and out, and the one that leads from a row to its public page.
NOT_ASKED: Final = frozenset(("login", "logout", "view_on_site", "second_step", "second_step_set_up"))
OF_A_TABLE: Final = ("changelist", "add", "change", "simple_history", "history", "delete")
BEGIN, END = "<!-- roles -->\n", "<!-- end of roles -->\n"


def names() -> list[str]:
    """The name of every address below /admin/, from the resolver itself."""
    (desk,) = [each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "admin"]
    return [name for name in _names(desk) if name and name not in NOT_ASKED]


def _names(patterns: URLResolver | URLPattern) -> Iterator[str]:
    if isinstance(patterns, URLPattern):
        yield patterns.name or ""
        return
    for each in patterns.url_patterns:
        yield from _names(each)


class Walk:
    """Asks as one person. Nothing that a POST does is kept.

    The views are called as the resolver finds them, without the middleware: 6,000 requests are asked.
    """

    def __init__(self, user: User | AnonymousUser, rows: Mapping[str, tuple[int, int]]) -> None:
        self.user = user
        self.rows = rows
        self.requests = RequestFactory()

    def may(self, name: str, method: str) -> bool:
        """Whether an address answers with something else than a refusal or the way to the sign-in page."""
        path = self._address(name)
        request = getattr(self.requests, method)(path)
        request.user, request.session = self.user, SessionStore()
        request._messages = FallbackStorage(request)
        request._dont_enforce_csrf_checks = True
        view = resolve(path)
        try:
            with transaction.atomic():
                answer = view.func(request, *view.args, **view.kwargs)
                transaction.set_rollback(True)
        except PermissionDenied:
            return False
        except Http404:
            if name != "app_list":
                raise
            return False  # a list of an app of which one may see nothing
        if answer.status_code == 302 and reverse("admin:login") in answer["Location"]:
            return False
        if answer.status_code not in (200, 302, 400, 403, 405, 409):
            raise AssertionError(f"{method} {name}: {answer.status_code}")
        return answer.status_code not in (403, 405)

    def _address(self, name: str) -> str:
        row, state = next((keys for prefix, keys in self.rows.items() if name.startswith(f"{prefix}_")), (0, 0))
        for arguments in ([row], [], [row, state]):
            try:
                return reverse(f"admin:{name}", args=arguments)
            except NoReverseMatch:
                continue
        return reverse(f"admin:{name}", kwargs={"app_label": "directory"})


def people() -> dict[str, User | AnonymousUser]:
    """Somebody of each role, and each outsider."""
    found: dict[str, User | AnonymousUser] = {}
    for role in Role:
        user = User.objects.create_user(f"a {role}", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        found[role.value] = user
    found[OUTSIDERS[0]] = User.objects.create_user("nothing yet", is_staff=True)
    found[OUTSIDERS[1]] = User.objects.create_user("a reader")
    found[OUTSIDERS[2]] = AnonymousUser()
    return found


def rows() -> dict[str, tuple[int, int]]:
    """Address prefix of a table -> the keys of a row and of an old state of it, 0 where there is none."""
    found = {}
    for model in admin.site._registry:
        held = (
            model._base_manager.filter(is_superuser=False, is_staff=True)
            if model is User
            else model._base_manager.all()
        )
        first: Any = held.values_list("pk", flat=True).first()
        states: Any = getattr(model, "history", None)
        state = (
            states.filter(**{model._meta.pk.name: first}).values_list("history_id", flat=True).first() if states else 0
        )
        found[f"{model._meta.app_label}_{model._meta.model_name}"] = (first or 0, state or 0)
    return found


def walked() -> dict[str, dict[str, tuple[bool, bool]]]:
    """Person -> address -> whether GET and POST are allowed. Histories of tables without a row are left out."""
    everybody = people()
    held = rows()
    rowless = {f"{prefix}_history" for prefix, (row, _) in held.items() if not row}
    stateless = {f"{prefix}_simple_history" for prefix, (_, state) in held.items() if not state}
    asked = [name for name in names() if name not in rowless | stateless]
    found = {}
    for who, user in everybody.items():
        walk = Walk(user, held)
        found[who] = {name: (walk.may(name, "get"), walk.may(name, "post")) for name in asked}
    return found


def part_of(name: str, tables: Collection[str]) -> str:
    """The table to which one of its usual addresses belongs; empty for any other address."""
    ends = ((name.removesuffix(f"_{last}"), last) for last in OF_A_TABLE)
    return next((prefix for prefix, last in ends if prefix in tables and f"{prefix}_{last}" == name), "")


def table(found: Mapping[str, Mapping[str, tuple[bool, bool]]]) -> str:
    """The matrix in Markdown: tables of the same rights share a row, other addresses have one each."""
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    others = []
    tables = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    for prefix, model in tables.items():
        cells = tuple(_cell(found[role], prefix) for role in Role)
        groups[cells].append(str(model._meta.verbose_name_plural))
    for name in names():
        if name in EVERYBODYS or name == "app_list" or part_of(name, tables):
            continue
        cells = tuple(_verbs(found[role][name]) for role in Role)
        others.append((f"`{name}`", cells))
    lines = ["| | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for cells, nouns in sorted(groups.items(), key=lambda item: (-len(set(item[0])), item[1])):
        lines.append(f"| {', '.join(sorted(nouns, key=str.lower))} | " + " | ".join(cells) + " |")
    lines += [f"| {label} | " + " | ".join(cells) + " |" for label, cells in others]
    return "\n".join(lines) + "\n"


def _cell(found: Mapping[str, tuple[bool, bool]], prefix: str) -> str:
    seen, kept = (lambda last: found[f"{prefix}_{last}"][0]), (lambda last: found[f"{prefix}_{last}"][1])
    words = [
        word
        for word, holds in (
            ("look", seen("changelist")), ("add", seen("add") and kept("add")), ("change", kept("change")),
            ("delete", seen("delete") and kept("delete")),
        )
        if holds
    ]  # fmt: skip
    return ", ".join(words) or "–"


def _verbs(allowed: tuple[bool, bool]) -> str:
    seen, done = allowed
    return {(True, True): "look, do", (True, False): "look", (False, True): "do"}.get((seen, done), "–")
