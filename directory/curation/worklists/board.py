"""The worklists together: cases with what staff said of them, and how many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
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

#: Seconds for which the dashboard's figures are new, and for which they are shown with their hour.
FRESH: Final = 60
LAST: Final = 24 * 60 * 60
#: Queries of all that are counted together, besides those of the finders: what was said, how many readers see what.
TOGETHER: Final = 2
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
    at: dt.datetime  # when it was counted


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


def summaries(of: Iterable[Kind] | None = None, *, asks: int | None = None) -> dict[str, Summary]:
    """Worklist -> its figures, of all worklists unless told which; for a page that shows all of them to everybody.

    Those of more than a minute ago are counted anew, the oldest first, while the finders ask no more than `asks`
    queries together. The others are as last counted within a day, and absent where they never were.
    """
    now = timezone.now()
    held: dict[str, Summary] = cache.get(KEY) or {}
    wanted = list(kinds().values() if of is None else of)
    if due := _due(wanted, held, now, asks):
        by_kind: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows(due, now=now):
            if row.hidden is None:
                by_kind[row.case.kind].append(row)
        held = {**held, **{kind.slug: _summary(kind.slug, by_kind[kind.slug], now) for kind in due}}
        cache.set(KEY, held, LAST)
    return {kind.slug: held[kind.slug] for kind in wanted if kind.slug in held}


def _due(wanted: list[Kind], held: dict[str, Summary], now: dt.datetime, asks: int | None) -> list[Kind]:
    old = now - dt.timedelta(seconds=FRESH)
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    at = {kind.slug: held[kind.slug].at if kind.slug in held else never for kind in wanted}
    due = []
    for kind in sorted((kind for kind in wanted if at[kind.slug] <= old), key=lambda kind: at[kind.slug]):
        if asks is None or kind.asks <= asks:
            due.append(kind)
            asks = None if asks is None else asks - kind.asks
    return due


def _summary(slug: str, found: list[Row], at: dt.datetime) -> Summary:
    days = [row.case.since for row in found if row.case.since]
    heaviest = max((row.case.weight for row in found), default=0.0)
    return Summary(slug, min(len(found), MOST), len(found) >= MOST, min(days, default=None), heaviest, at)


def count(kind: str) -> int:
    """How many open cases a worklist has, `MOST` at most, kept for a minute. 0 for a name that is none."""
    known = kinds().get(kind)
    return summaries([known])[kind].count if known else 0


def forget_figures(slugs: Collection[str]) -> None:
    """After somebody decided about cases of these worklists: their figures are worked out anew."""
    held: dict[str, Summary] = cache.get(KEY) or {}
    cache.set(KEY, {slug: summary for slug, summary in held.items() if slug not in slugs}, LAST)
