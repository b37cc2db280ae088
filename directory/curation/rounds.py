"""What looks for wrongs by itself, and when it last did: a list that nobody fills is empty, too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import F, QuerySet, Value

from directory.curation.worklists.duplicates import KIND as DUPLICATES
from directory.curation.worklists.links import KIND as LINKS
from directory.models import DuplicateSearch, LinkRun

#: Each is to run every day; a day and a half later it is late.
LATE: Final = dt.timedelta(hours=36)
#: Worklist -> what fills it, and the command that does it.
LOOKERS: Final = {
    LINKS.slug: ("The link checker", "manage.py check_links"),
    DUPLICATES.slug: ("The search for duplicates", "manage.py find_duplicates"),
}
#: What `rounds` asks.
QUERIES: Final = 1


class Round(NamedTuple):
    """The last round of what fills a worklist; `begun` is None where there was none yet.

    `due` and `asked` are of the link checker: a round that was ended early left the rest to the next.
    """

    kind: str
    begun: dt.datetime | None = None
    ended: dt.datetime | None = None
    due: int = 0
    asked: int = 0

    @property
    def looker(self) -> str:
        return LOOKERS[self.kind][0]

    @property
    def command(self) -> str:
        return LOOKERS[self.kind][1]

    @property
    def left(self) -> int:
        """How many addresses that were due it has not asked."""
        return max(0, self.due - self.asked)

    def is_late(self, now: dt.datetime) -> bool:
        """Whether the worklist may lack what went wrong since: no round yet, or none for a day and a half."""
        return self.begun is None or now - (self.ended or self.begun) > LATE


def rounds() -> dict[str, Round]:
    """Worklist -> the last round of what fills it, of those that something fills; one query."""
    columns = ("kind", "begun", "ended", "due_then", "asked_then")
    of_links = _last(LinkRun.objects.all()).annotate(
        kind=Value(LINKS.slug), begun=F("started_at"), ended=F("ended_at"), due_then=F("due"), asked_then=F("asked")
    )
    of_duplicates = _last(DuplicateSearch.objects.all()).annotate(
        kind=Value(DUPLICATES.slug), begun=F("started_at"), ended=F("ended_at"), due_then=Value(0), asked_then=Value(0)
    )
    rows: Iterable[tuple[Any, ...]] = of_links.values_list(*columns).union(
        of_duplicates.values_list(*columns), all=True
    )  # fmt: skip
    found = {row[0]: Round(*row) for row in rows}
    return {kind: found.get(kind, Round(kind)) for kind in LOOKERS}


def last(kind: str) -> Round | None:
    """The last round of what fills a worklist; None of one that nothing has to fill. One query, or none."""
    return rounds()[kind] if kind in LOOKERS else None


def _last(rows: QuerySet) -> QuerySet:
    newest = rows.order_by("-started_at", "-pk").values("pk")[:1]
    return rows.filter(pk__in=newest).order_by()
