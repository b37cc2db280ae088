"""The desk's first page: each role sees the figures whose lists it may open, and each figure leads to its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from directory.admin.base import person
from directory.admin.rounds import said
from directory.curation.dashboard.board import Figures, Queue, figures
from directory.curation.dashboard.freshness import Age
from directory.curation.dashboard.traffic import Day
from directory.curation.worklists import board as worklists
from directory.curation.worklists.case import Kind
from directory.models import Mail

#: The drawing of the days, in its own units.
WIDTH, HEIGHT, GAP = 560, 80, 4
MONTH: Final = 30
#: Queries of the page, and what is left of them for figures: session, its note that somebody is at work, person,
#: second factor, two for permissions, and what the person did last.
MOST_QUERIES: Final = 20
FOR_FIGURES: Final = MOST_QUERIES - 7
#: Figures of so many seconds ago need no hour beside them.
NOW: Final = 120
#: What a case of a worklist is, where it is no single listing or report.
UNITS: Final = {"enrol": "schools", "mails": ""}
MAIL_WORDS: Final = {
    Mail.State.WAITING: "waiting", Mail.State.HANDING_OVER: "being handed over", Mail.State.IN_DOUBT: "in doubt",
    Mail.State.GIVEN_UP: "given up",
}  # fmt: skip


class Tile(NamedTuple):
    """One number: what it counts, a word beside it, and the list behind it.

    `command` is what to run where nobody has looked for a while; such a number is never "nothing waits".
    """

    label: str
    number: str
    note: str
    url: str
    waits: bool
    command: str = ""


class Bar(NamedTuple):
    """A day of the drawing."""

    day: str
    leaves: int
    x: int
    y: int
    width: int
    height: int


def shown(request: HttpRequest) -> dict[str, Any]:
    """The context of the page for this person."""
    may = person(request).has_perm
    today = timezone.localdate()
    found, asked = figures()
    seen = [kind for kind in worklists.kinds().values() if may(kind.seen_with)]
    counted = worklists.summaries(seen, asks=FOR_FIGURES - asked - worklists.TOGETHER)
    tiles = _waiting(found, [(kind, counted[kind.slug]) for kind in seen if kind.slug in counted], may, today)
    return {
        "counted_at": found.at,
        "waiting": [tile for tile in tiles if tile.waits],
        "empty": [tile for tile in tiles if not tile.waits],
        "uncounted": [(kind.label, _list("worklists", kind=kind.slug)) for kind in seen if kind.slug not in counted],
        "sees_ages": may("directory.view_release"),
        "sources": len(found.ages),
        "old_ages": [_age(age) for age in found.ages if age.is_old],
        "other_ages": [_age(age) for age in found.ages if not age.is_old],
        "releases_url": reverse("admin:directory_release_changelist"),
        "runs": found.runs if may("directory.view_importrun") else [],
        "sees_runs": may("directory.view_importrun"),
        "leaves": _bars(found.leaves) if may("directory.view_clickcount") else [],
        "leaves_all": sum(day.leaves for day in found.leaves),
        "leaves_url": _list("directory_clickcount_changelist", day__gte=found.leaves[0].day.isoformat()),
        "drawing": {"width": WIDTH, "height": HEIGHT},
        "misses": found.misses,
        "sees_misses": may("directory.view_missedsearch"),
        "misses_url": reverse("admin:directory_missedsearch_changelist"),
    }


def _waiting(
    found: Figures, counted: list[tuple[Kind, worklists.Summary]], may: Callable[[str], bool], today: dt.date
) -> list[Tile]:
    tiles = [
        _looked_for(_tile(kind.label, of, UNITS.get(kind.slug, ""), today), of.kind, found) for kind, of in counted
    ]
    if may("directory.view_errorreport"):
        words = _since(found.reports.oldest, today)
        url = reverse("admin:directory_errorreport_changelist")
        tiles.append(
            Tile("Reported errors, all that are open", f"{found.reports.count:,}", words, url, found.reports.count > 0)
        )
    if may("auth.change_user"):
        tiles.append(_mails(found.mails, today))
    return tiles


def _tile(label: str, of: worklists.Summary, unit: str, today: dt.date) -> Tile:
    number = f"{of.count:,}" + (" or more" if of.capped else "")
    words = ", ".join(part for part in (unit if of.count else "", _since(of.oldest, today), _hour(of.at)) if part)
    return Tile(label, number, words, _list("worklists", kind=of.kind), of.count > 0)


def _looked_for(tile: Tile, kind: str, found: Figures) -> Tile:
    """The number with when somebody last looked, where something has to."""
    if kind not in found.rounds:
        return tile
    told = said(found.rounds[kind])
    note = ", ".join(part for part in (tile.note, told.short) if part)
    if not told.late:
        return Tile(tile.label, tile.number, note, tile.url, tile.waits)
    number = tile.number if tile.waits or found.rounds[kind].begun else "?"
    return Tile(tile.label, number, note, tile.url, True, told.command)


def _mails(mails: dict[str, Queue], today: dt.date) -> Tile:
    count = sum(queue.count for queue in mails.values())
    parts = [f"{mails[state].count:,} {words}" for state, words in MAIL_WORDS.items() if state in mails]
    oldest = min((queue.oldest for queue in mails.values() if queue.oldest), default=None)
    words = ", ".join([*parts, _since(oldest, today)] if parts else [])
    return Tile("Mails that have not gone", f"{count:,}", words, _list("worklists", kind="mails"), count > 0)


def _since(oldest: dt.date | None, today: dt.date) -> str:
    if oldest is None:
        return ""
    days = max(0, (today - oldest).days)
    return "oldest: today" if not days else f"oldest: {days:,} day{'s' if days > 1 else ''}"


def _hour(at: dt.datetime) -> str:
    """When it was counted, where that is a while ago."""
    if timezone.now() - at < dt.timedelta(seconds=NOW):
        return ""
    return f"counted {date_format(at, 'j M, H:i')} UTC"


def _age(age: Age) -> dict[str, Any]:
    return {
        "age": age,
        "url": _list("directory_release_changelist", source__exact=age.source),
        "old": _months(age.days),
        "limit": _months(age.limit) if age.limit else "none",
    }


def _months(days: int) -> str:
    months = round(days / (365 / 12))
    if days < MONTH:
        return f"{days} day{'' if days == 1 else 's'}"
    return f"{months} month{'' if months == 1 else 's'}"


def _bars(days: list[Day]) -> list[Bar]:
    most = max((day.leaves for day in days), default=0) or 1
    step = WIDTH // len(days)
    found = []
    for number, day in enumerate(days):
        height = round(day.leaves * HEIGHT / most) if day.leaves else 0
        height = max(height, 2) if day.leaves else 0
        words = date_format(day.day, "D j M")
        found.append(Bar(words, day.leaves, number * step, HEIGHT - height, step - GAP, height))
    return found


def _list(name: str, **asked: str) -> str:
    return f"{reverse(f'admin:{name}')}?{urlencode(asked)}"
