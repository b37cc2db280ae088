"""Which program of a school an entry of a list names: award level and field, or award level and title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from directory.importers.accreditor_list.entry import Entry
from directory.importers.dapip_schools import plain
from directory.models import Program
from directory.pipeline.accreditor_lists.unplaced import Unplaced
from directory.vocab import AwardLevel, ListingState

SCHOOLS_AT_ONCE: Final = 500
OFFERED: Final = 8


class Course(NamedTuple):
    """A program with what identifies it within its school."""

    pk: int
    cip: str
    level: int
    names: tuple[str, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """The program of an entry, or why there is none and which it might be."""

    program: int | None = None
    why: str = ""
    unplaced: Unplaced | None = None
    candidates: tuple[int, ...] = ()


class Courses:
    """The programs of some schools, by school. `cips` are the fields that the accreditor reviews, if that is known."""

    def __init__(self, schools: Collection[int], cips: Sequence[str]) -> None:
        self.cips = tuple(cips)
        self.of: defaultdict[int, list[Course]] = defaultdict(list)
        pks = sorted(schools)
        for start in range(0, len(pks), SCHOOLS_AT_ONCE):
            rows = Program.objects.filter(school__in=pks[start : start + SCHOOLS_AT_ONCE], merged_into=None)
            if self.cips:
                rows = rows.of(self.cips)
            columns = ("pk", "school", "field__cip", "award_level", "title", "field__title", "state")
            for pk, school, cip, level, title, field, state in rows.order_by("pk").values_list(*columns):
                names = tuple(plain(each) for each in (title, field) if each)
                self.of[school].append(Course(pk, cip, level, names, state == ListingState.LISTED))

    def find(self, school: int, entry: Entry) -> Meant:
        """The one program that fits the award level and the field or the title of the entry."""
        here = self.of.get(school, [])
        fitting = [each for each in here if not entry.levels or each.level in entry.levels]
        if entry.cip:
            fitting = [each for each in fitting if each.cip.startswith(entry.cip)]
        offered = tuple(each.pk for each in (*fitting, *(each for each in here if each not in fitting)))[:OFFERED]
        if not here and not self.cips:
            return Meant(why="We hold no program of this school.", unplaced=Unplaced.NO_PROGRAM)
        if not here:
            why = "We hold no program of this school in the fields that the accreditor reviews."
            return Meant(why=why, unplaced=Unplaced.FIELD)
        if not entry.levels and not entry.cip:
            why = "The entry names neither an award level nor a CIP code."
            return Meant(why=why, unplaced=Unplaced.NO_LEVEL, candidates=offered)
        if not fitting:
            why = f"The school has no such program {self._level(entry)}."
            return Meant(why=why, unplaced=Unplaced.LEVEL, candidates=offered)
        name = plain(entry.program)
        named = [each for each in fitting if name and name in each.names]
        # The field of study identifies a program as a title does: named by the entry, or by who reviews it.
        known = named or (fitting if entry.cip or self.cips else [])
        known = [each for each in known if each.listed] or known
        if len(known) == 1:
            return Meant(known[0].pk)
        if known:
            return Meant(why="Several programs fit.", unplaced=Unplaced.SEVERAL, candidates=offered)
        why = "No program here has this title or field."
        return Meant(why=why, unplaced=Unplaced.TITLE, candidates=offered)

    @staticmethod
    def _level(entry: Entry) -> str:
        if len(entry.levels) != 1:
            return "at that level"
        return f"at that level ({str(AwardLevel(next(iter(entry.levels))).label).lower()})"
