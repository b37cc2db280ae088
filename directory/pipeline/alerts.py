"""What has changed for readers who asked to be told: a digest a week per saved search, changes of saved programs.

Everything is asked of the same `ProgramFilter` as the page. A mail and what it tells as known are written in one
transaction under a key of its week or day, so that a run may be repeated, cut off, or run twice at once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.engagement import outbox, saved_searches
from directory.engagement.letters import letter
from directory.engagement.readers import STAFF
from directory.filters.program import ProgramFilter
from directory.models import Listing, Program, SavedProgram, SavedSearch, ToldProgram
from directory.profiles.figures import price_label, program_price
from directory.profiles.told_facts import Facts, differences, dollars, facts_of, read_kept, standing
from directory.templatetags.figures import level_words, source_words

logger = logging.getLogger(__name__)
#: A digest of more is a list: the mail says how many more there are, and where.
SHOWN: Final = 20
#: A search that finds more than this has news every week that nobody reads.
MOST_RESULTS: Final = 1_000
CHUNK: Final = 1_000  # a statement holds only so many numbers


@dataclass
class Made:
    """How many mails a run has written, and how many searches and readers ended in an error of ours (see the log)."""

    digests: int = 0
    changes: int = 0
    broken: int = 0


@dataclass(frozen=True)
class Line:
    """One program in a mail: `said` is what is new about it, `paper` where its price comes from."""

    title: str
    school: str
    place: str
    path: str
    paper: str
    said: list[str]


def make_digests() -> Made:
    """Write every mail that is due today."""
    now, made = timezone.now(), Made()
    if not Listing.objects.exists():
        return made  # nothing is loaded: that is no news about anything
    week = week_of(now.date())
    due = SavedSearch.objects.filter(active=True).exclude(week=week).order_by("pk")
    for search in list(due.values_list("pk", flat=True)):
        made.digests += _guarded(made, "Saved search", search, lambda pk: _digest(pk, week))
    readers = User.objects.filter(is_active=True, program_alerts_off=None, pk__in=SavedProgram.objects.values("reader"))
    for reader in list(readers.exclude(STAFF).order_by("pk").values_list("pk", flat=True)):
        made.changes += _guarded(made, "Reader", reader, lambda pk: _changes(pk, now))
    return made


def _guarded(made: Made, kind: str, pk: int, look: Callable[[int], bool]) -> bool:
    """Whether there was something to tell; an error is this row's own, and those behind it have their turn."""
    try:
        return look(pk)
    except Exception as error:
        logger.error("%s %s could not be looked at: %s", kind, pk, type(error).__name__)
        made.broken += 1
        return False


def week_of(day: dt.date) -> str:
    """The ISO week of a day, such as "2026-W10"."""
    return day.strftime("%G-W%V")


# --- searches ------------------------------------------------------------------------------------------


def found_today(chosen: ProgramFilter) -> dict[str, list[Any]]:
    """Program -> [price, accreditation] for every result of a question."""
    found: dict[str, list[Any]] = {}
    for hits in chosen.answer.chunks(CHUNK):
        rows = Listing.objects.filter(program__in=[hit.program for hit in hits])
        for program, price, standing_ in rows.values_list("program", "price", "standing"):
            found[str(program)] = [price, standing_]
    return found


def trouble_of(chosen: ProgramFilter) -> str:
    """Why a question is not asked for anybody, a `SavedSearch.Trouble`; "" when it is."""
    if chosen.problems or chosen.unknown:
        return SavedSearch.Trouble.UNREADABLE  # what is left of it would find too much
    return SavedSearch.Trouble.TOO_WIDE if chosen.count > MOST_RESULTS else ""


def _digest(pk: int, week: str) -> bool:
    """Look at one search; whether there was something to tell."""
    with transaction.atomic():
        search = SavedSearch.objects.select_for_update().filter(pk=pk, active=True).exclude(week=week).first()
        if search is None:
            return False  # another run was quicker, or the reader has stopped it
        reader = search.reader
        if not reader.is_active or reader.is_staff or reader.is_superuser or outbox.is_refused(reader.email):
            return False  # not told now is told later: what is known stays
        chosen = ProgramFilter(search.asked)
        search.trouble, search.week = trouble_of(chosen), week
        if search.trouble:  # the reader's page says so
            search.save(update_fields=["trouble", "week"])
            return False
        before, now = search.known, found_today(chosen)
        new = [key for key in now if key not in before]
        gone = [key for key in before if key not in now]
        changed = [key for key in now if key in before and now[key] != before[key]]
        search.known = now
        search.save(update_fields=["known", "week", "trouble"])
        if not (new or gone or changed):
            return False
        about = saved_searches.about_search(pk)
        lines = _lines(int(key) for keys in (new, gone, changed) for key in keys[:SHOWN])
        parts = [
            _part("New", new, lines, lambda key: _facts_in_words(*now[key])),
            _part("No longer among the results", gone, lines, lambda _: []),
            _part("Changed", changed, lines, lambda key: differences(_as_facts(before[key]), _as_facts(now[key]))),
        ]
        stop = saved_searches.stop_path(about)
        text = letter(
            "digest",
            {
                "search": search,
                "parts": [each for each in parts if each],
                "list_path": f"{reverse('program_list')}?{search.query}",
                **_ways(stop),
            },
        )
        return outbox.post(key=f"digest:{pk}:{week}", reader=reader, text=text, about=about, stop_path=stop) is not None


def _facts_in_words(price: int | None, status: str) -> list[str]:
    return [f"Price: {dollars(price)}.", f"Accreditation: {standing(status)}."]


def _as_facts(known: list[Any]) -> Facts:
    return Facts(known[0], known[1], "", "", "")


def _part(heading: str, keys: list[str], lines: dict[int, Line], said: Any) -> dict[str, Any] | None:
    if not keys:
        return None
    shown = [key for key in keys[:SHOWN] if int(key) in lines]
    return {
        "heading": heading,
        "count": len(keys),
        "lines": [_saying(lines[int(key)], said(key)) for key in shown],
        "more": len(keys) - len(shown),
    }


# --- saved programs ------------------------------------------------------------------------------------


def remember_saved(*, reader: User, **_: Any) -> int:
    """Keep today's facts of what the reader has saved and nothing is known of yet; how many programs that were.

    For the moment of saving, and of signing in (`when_a_reader_signs_in`), which may bring programs along.
    """
    with transaction.atomic():
        fresh = list(SavedProgram.objects.filter(reader=reader, told=None, program__merged_into=None))
        facts = facts_of([saved.program_id for saved in fresh]) if fresh else {}
        known = [saved for saved in fresh if saved.program_id in facts]
        ToldProgram.objects.bulk_create(
            [ToldProgram(saved=each, facts=facts[each.program_id].kept(), told_at=timezone.now()) for each in known],
            ignore_conflicts=True,
        )
    return len(known)


def _changes(pk: int, now: dt.datetime) -> bool:
    """Compare one reader's saved programs with what was told; whether there was something to tell."""
    with transaction.atomic():
        # The reader's row holds two runs apart, and the word that stops this mail, which may have come just now.
        reader = User.objects.select_for_update().filter(pk=pk, is_active=True).exclude(STAFF).first()
        if reader is None or not saved_searches.wants_program_alerts(reader) or outbox.is_refused(reader.email):
            return False
        remember_saved(reader=reader)
        rows = ToldProgram.objects.filter(saved__reader=reader, saved__program__merged_into=None)
        told = {each.saved.program_id: each for each in rows.select_related("saved")}
        facts = facts_of(told.keys())
        said = {
            program: words
            for program, row in told.items()
            if program in facts and (words := differences(read_kept(row.facts), facts[program]))
        }
        if not said:
            return False
        about = saved_searches.about_programs(pk)
        stop = saved_searches.stop_path(about)
        lines = _lines(said)
        shown = [_saying(lines[program], words) for program, words in said.items() if program in lines]
        text = letter("changes", {"lines": shown, "count": len(shown), **_ways(stop)})
        posted = outbox.post(key=f"changes:{pk}:{now.date()}", reader=reader, text=text, about=about, stop_path=stop)
        if posted is None:
            return False  # one a day; the rest is told tomorrow
        for program in said:
            row = told[program]
            row.facts, row.told_at = facts[program].kept(), now
        ToldProgram.objects.bulk_update([told[program] for program in said], ["facts", "told_at"])
        return True


def _lines(programs: Iterable[int]) -> dict[int, Line]:
    rows = Program.objects.filter(pk__in=list(programs)).select_related("school", "field", "listing__price_release")
    return {
        each.pk: Line(str(each), each.school.name, _place(each), each.get_absolute_url(), _paper(each), [])
        for each in rows
    }


def _paper(program: Program) -> str:
    """Where the price comes from: no figure leaves the house without it."""
    listing = getattr(program, "listing", None)
    if listing is None or listing.price is None:
        return ""
    figure = program_price(listing)
    words = ", ".join(part for part in (source_words(figure), level_words(figure)) if part)
    return f"{price_label(listing)}. Source: {words}."


def _place(program: Program) -> str:
    return f"{program.school.city}, {program.school.state}"


def _ways(stop: str) -> dict[str, str]:
    return {"stop": stop, "account_path": reverse("account")}


def _saying(line: Line, said: list[str]) -> Line:
    priced = line.paper and any(sentence.startswith("Price: $") for sentence in said)
    return replace(line, said=[*said, line.paper] if priced else said)
