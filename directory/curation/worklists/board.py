"""The worklists together: cases with what staff said of them, and how many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as once
from typing import Final

from django.apps import apps
from django.core.cache import cache
from django.utils import timezone
from django.utils.module_loading import import_string

from directory.curation.worklists.case import MOST, Asked, Case, Kind
from directory.curation.worklists.decisions import stamp
from directory.curation.worklists.harm import reach
from directory.models import CaseDecision

#: Seconds for which the dashboard's figures are kept.
FRESH: Final = 60
KEY: Final = "worklists:summaries"


@dataclass(frozen=True, slots=True)
class Row:
    """A case with what stands about it; `hidden` only while that takes it off the list."""

    case: Case
    standing: tuple[CaseDecision, ...] = ()
    today: dt.date = dt.date.min

    @property
    def assigned(self) -> CaseDecision | None:
        return next((row for row in self.standing if row.verb == CaseDecision.Verb.ASSIGN), None)

    @property
    def said(self) -> CaseDecision | None:
        """What took it off the list, now or once."""
        return next((row for row in self.standing if row.verb != CaseDecision.Verb.ASSIGN), None)

    @property
    def hidden(self) -> CaseDecision | None:
        said = self.said
        if said is None or said.fingerprint != self.case.fingerprint:
            return None
        return said if said.until is None or said.until > self.today else None

    @property
    def returned(self) -> CaseDecision | None:
        """What once took it off the list, of a case that is back: its time is over, or the facts changed."""
        return None if self.hidden else self.said

    @property
    def changed(self) -> bool:
        """Whether it is back because the facts are others."""
        return self.said is not None and self.said.fingerprint != self.case.fingerprint

    @property
    def seen(self) -> str:
        return stamp(list(self.standing))


@dataclass(frozen=True, slots=True)
class Summary:
    """What the dashboard says of one worklist. `count` stops at `MOST`; then `capped` is on: "300 or more"."""

    kind: str
    count: int
    capped: bool
    oldest: dt.date | None
    heaviest: float


@once
def kinds() -> dict[str, Kind]:
    """Every worklist by its slug, in the order in which the apps name them."""
    found = (
        import_string(name) for config in apps.get_app_configs() for name in getattr(config, "worklists", ())
    )  # fmt: skip
    return {kind.slug: kind for kind in found}


def rows(of: Iterable[Kind], *, now: dt.datetime | None = None) -> list[Row]:
    """The cases of some worklists as they stand now, hidden ones too, the heaviest first.

    Of each worklist at most `MOST` that are not hidden: as many more are asked for as somebody took off the list.
    Queries: one for what was said, and those of the finders.
    """
    now = now or timezone.now()
    wanted = list(of)
    said = _standing(kind.slug for kind in wanted)
    found = []
    for kind in wanted:
        hidden = sum(1 for (slug, _) in said if slug == kind.slug)
        asked = Asked(now, MOST + hidden, reach(now))
        found += [
            Row(case, tuple(said.get((case.kind, case.key), ())), asked.today) for case in kind.find(asked)
        ]  # fmt: skip
    return sorted(found, key=lambda row: row.case.order)


def _standing(slugs: Iterable[str]) -> dict[tuple[str, str], list[CaseDecision]]:
    held: defaultdict[tuple[str, str], list[CaseDecision]] = defaultdict(list)
    rows = CaseDecision.objects.filter(kind__in=list(slugs), stands=True).select_related("by", "assignee")
    for row in rows.order_by("pk"):
        held[row.kind, row.key].append(row)
    return dict(held)


def summaries() -> dict[str, Summary]:
    """Worklist -> its figures, kept for a minute: for a page that shows all of them to everybody."""
    held: dict[str, Summary] | None = cache.get(KEY)
    if held is None:
        held = {slug: _summary(slug, []) for slug in kinds()}
        by_kind: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows(kinds().values()):
            if row.hidden is None:
                by_kind[row.case.kind].append(row)
        held |= {slug: _summary(slug, found) for slug, found in by_kind.items()}
        cache.set(KEY, held, FRESH)
    return held


def _summary(slug: str, found: list[Row]) -> Summary:
    days = [row.case.since for row in found if row.case.since]
    weights = (row.case.weight for row in found)
    return Summary(slug, min(len(found), MOST), len(found) >= MOST, min(days, default=None), max(weights, default=0.0))


def count(kind: str) -> int:
    """How many open cases a worklist has, `MOST` at most, kept for a minute. 0 for a name that is none."""
    found = summaries().get(kind)
    return found.count if found else 0


def forget_figures() -> None:
    """After somebody decided: the figures are worked out anew."""
    cache.delete(KEY)
