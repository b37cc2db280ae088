"""Which programs would open which exams otherwise, if a form of the rules were saved. Only reads."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone

from directory.admin.base import program_choice
from directory.admin.rules_draft import Draft
from directory.eligibility.graduates import Basis, Graduate, opened
from directory.eligibility.openings import graduates
from directory.eligibility.rules import ExamRules
from directory.models import Certification, Program

SHOWN: Final = 5
DAYS: Final = 4
A_DAY: Final = dt.timedelta(days=1)

#: (before, after) -> what that is, and how it reads behind a number.
TURNS: Final = {
    (None, Basis.CONFIRMED): "open it anew",
    (None, Basis.STATED): "open it anew, as stated only",
    (Basis.CONFIRMED, None): "close",
    (Basis.STATED, None): "close, which opened it as stated only",
    (Basis.STATED, Basis.CONFIRMED): "turn from stated to confirmed",
    (Basis.CONFIRMED, Basis.STATED): "turn from confirmed to stated",
}


@dataclass(slots=True)
class Change:
    """One exam on one day: how many listed programs open it before and after, and which change how."""

    exam: str
    on: dt.date | None  # None: today
    before: int = 0
    after: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[int]] = field(default_factory=dict)

    def add(self, program: int, was: Basis | None, now: Basis | None) -> None:
        self.before += was is not None
        self.after += now is not None
        if was != now:
            turn = TURNS[was, now]
            self.counts[turn] += 1
            some = self.examples.setdefault(turn, [])
            if len(some) < SHOWN:
                some.append(program)


@dataclass(frozen=True, slots=True)
class Compared:
    """An exam as it is and as it would be, each with the fields whose programs are looked at; None: there is none."""

    before: ExamRules | None
    after: ExamRules
    before_cips: tuple[str, ...]
    after_cips: tuple[str, ...]

    def differs(self, on: dt.date) -> bool:
        held = self.before.on(on) if self.before else None
        return held != self.after.on(on) or self.before_cips != self.after_cips


def preview(draft: Draft, row: Any) -> str:
    """What saving would change, as HTML; `row` is the form's own row, as it would be saved."""
    changes = list(changes_of(draft, row))
    shown = {pk for change in changes for some in change.examples.values() for pk in some}
    programs = Program.objects.select_related("school", "field").in_bulk(shown)
    parts = [
        {
            "change": change,
            "turns": [
                (turn, change.counts[turn], [program_choice(programs[pk]) for pk in change.examples[turn]])
                for turn in TURNS.values()
                if turn in change.counts
            ],
        }
        for change in changes
    ]
    return render_to_string("admin/directory/rules_preview.html", {"parts": parts, "shown": SHOWN})


def changes_of(draft: Draft, row: Any, *, today: dt.date | None = None) -> Iterator[Change]:
    """For each exam that the draft touches, each day on which its rule would be another: today, and turns to come."""
    today = today or timezone.localdate()
    held = dict(Certification.objects.filter(slug__in=draft.slugs).values_list("slug", "related_cips"))
    for before, after in draft.touched:
        own = isinstance(row, Certification) and row.slug == after.slug
        cips = tuple(held.get(after.slug, ()))
        compared = Compared(before, after, cips, tuple(row.related_cips) if own else cips)
        days = [day for day in _days(compared, today) if compared.differs(day)][:DAYS]
        yield from _count(compared, days, today)


def _days(compared: Compared, today: dt.date) -> list[dt.date]:
    """Today, and every later day on which one rule set follows another."""
    rule_sets = [each for exam in (compared.before, compared.after) if exam for each in exam.rule_sets]
    turns = {each.valid_from for each in rule_sets if each.valid_from}
    turns |= {each.valid_to + A_DAY for each in rule_sets if each.valid_to and each.valid_to < dt.date.max}
    return [today, *sorted(day for day in turns if day > today)]


def _count(compared: Compared, days: Sequence[dt.date], today: dt.date) -> list[Change]:
    """The programs are read once for all days, with their accreditation as it is known today."""
    changes = [Change(compared.after.acronym, None if day == today else day) for day in days]
    cips = {*compared.before_cips, *compared.after_cips}
    rules = [exam for exam in (compared.before, compared.after) if exam]
    if not (days and cips):
        return changes
    seen: dict[Graduate, list[tuple[Basis | None, Basis | None]]] = {}
    for some in graduates(Program.objects.listed().of(cips), rules, today):
        for program, graduate in some:
            if graduate not in seen:
                seen[graduate] = [
                    (
                        _basis(compared.before, compared.before_cips, graduate, day),
                        _basis(compared.after, compared.after_cips, graduate, day),
                    )
                    for day in days
                ]
            for change, (was, now) in zip(changes, seen[graduate], strict=True):
                change.add(program, was, now)
    return changes


def _basis(exam: ExamRules | None, cips: tuple[str, ...], graduate: Graduate, on: dt.date) -> Basis | None:
    if exam is None or not graduate.cip.startswith(cips):
        return None
    found = opened(exam, graduate, on=on)
    return found.basis if found else None
