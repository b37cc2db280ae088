"""Which part of the worklists an address asks for: kind, place, whose, and after which case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import inf, isfinite
from typing import Final

from django.contrib.auth.models import Permission, User
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict

from directory.curation.worklists.board import Row, kinds
from directory.curation.worklists.case import Kind
from directory.models import CaseDecision

#: What a page shows at most.
PAGE: Final = 50
OPEN: Final = "open"
PLACES: Final[dict[str, str]] = {
    OPEN: "To do",
    "snooze": "Put off",
    "resolve": "Dealt with",
    "ignore": "Ignored",
}
ALL: Final = "all"
ME, NOBODY = "me", "nobody"


def seen_kinds(user: User) -> dict[str, Kind]:
    """The worklists that a person may look at."""
    return {slug: kind for slug, kind in kinds().items() if user.has_perm(kind.seen_with)}


def own_kinds(user: User) -> dict[str, Kind]:
    """Those about whose cases a person may decide."""
    return {slug: kind for slug, kind in seen_kinds(user).items() if user.has_perm(kind.decided_with)}


def colleagues(deciding: Iterable[Kind] = ()) -> QuerySet[User]:
    """Staff who can do something; `decides` of each says whether they decide about one of these lists at least.

    Whether somebody decides about a case is asked once more when it is given to them.
    """
    can_do_something = Q(is_superuser=True) | Q(groups__isnull=False) | Q(user_permissions__isnull=False)
    named = Q(pk__in=())
    for app, _, codename in (kind.decided_with.partition(".") for kind in deciding):
        named |= Q(content_type__app_label=app, codename=codename)
    held = Permission.objects.filter(named).filter(Q(group__user=OuterRef("pk")) | Q(user=OuterRef("pk")))
    decides = ExpressionWrapper(Q(is_superuser=True) | Q(Exists(held)), BooleanField())
    staff = User.objects.filter(can_do_something, is_staff=True, is_active=True)
    return staff.annotate(decides=decides).distinct().order_by("username")


class Chosen:
    """What was asked for. `strange` names the parameters that say nothing; they are left out."""

    def __init__(self, request: HttpRequest, user: User, people: Mapping[int, User]) -> None:
        given = request.GET
        self.visible = seen_kinds(user)
        self.own = own_kinds(user)
        self.user = user
        self.strange: list[str] = []
        self.kind = self._one(given, "kind", {*self.visible, ALL}, "")
        self.place = self._one(given, "show", set(PLACES), OPEN)
        self.whose = self._one(given, "who", {ME, NOBODY, *map(str, people)}, "")
        self.after = self._cursor(given.get("after", ""))

    def _one(self, given: QueryDict, name: str, known: set[str], usual: str) -> str:
        value = given.get(name, "")
        if value and value not in known:
            self.strange.append(name)
        return value if value in known else usual

    def _cursor(self, text: str) -> tuple[float, str, str] | None:
        if not text:
            return None
        weight, _, rest = text.partition("~")
        kind, _, key = rest.partition("~")
        try:
            number = float(weight)
        except ValueError:
            number = inf
        if isfinite(number):
            return (-number, kind, key)
        self.strange.append("after")
        return None

    @property
    def kinds(self) -> list[Kind]:
        """One, or all that this person may decide about; all that may be seen where that is asked for, or for who
        only looks.
        """
        if self.kind and self.kind != ALL:
            return [self.visible[self.kind]]
        return list((self.visible if self.kind == ALL or not self.own else self.own).values())

    def parameters(self, **changes: str) -> dict[str, str]:
        """Of an address that differs from this one in some of them; the first page, unless `after` is given."""
        held = {"kind": self.kind, "show": "" if self.place == OPEN else self.place, "who": self.whose}
        return {name: value for name, value in {**held, **changes}.items() if value}

    def among(self, rows: list[Row]) -> Iterator[Row]:
        """The rows that belong here, on whatever page."""
        for row in rows:
            hidden = row.hidden
            place = hidden.verb if hidden else OPEN
            if place == self.place and self._is_whose(row.assigned):
                yield row

    def _is_whose(self, assigned: CaseDecision | None) -> bool:
        holder = assigned.assignee_id if assigned else None
        match self.whose:
            case "":
                return True
            case "me":
                return holder == self.user.pk
            case "nobody":
                return holder is None
        return str(holder) == self.whose

    def page(self, rows: list[Row]) -> tuple[list[Row], str]:
        """The cases of this page, and after which the next one begins ("" on the last)."""
        left = [row for row in rows if self.after is None or row.case.order > self.after]
        shown = left[:PAGE]
        return shown, cursor(shown[-1]) if len(left) > PAGE else ""


def cursor(row: Row) -> str:
    """The place of a case in a list, as an address says it."""
    return f"{row.case.weight}~{row.case.kind}~{row.case.key}"
