"""Which school an entry of a list names. Two identifiers must agree; a name alone never decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models.functions import Coalesce

from directory.importers.accreditor_list.entry import BRANCH, Entry
from directory.importers.accreditor_list.words import plain_word
from directory.importers.dapip_schools import PARENT, plain
from directory.models import School
from directory.pipeline.accreditor_lists.unplaced import Unplaced

#: So many schools are offered to who has to pick one.
OFFERED: Final = 8


class Known(NamedTuple):
    """A school with what identifies it."""

    pk: int
    unitid: int | None
    opeid: str
    name: str
    city: str
    state: str
    shown: str


@dataclass(frozen=True, slots=True)
class Place:
    """The school of an entry, or why there is none and which it might be."""

    school: int | None = None
    why: str = ""
    unplaced: Unplaced | None = None
    candidates: tuple[int, ...] = ()


class Places:
    """All schools, by what lists name them by. One query.

    A school that was merged is named by its number and name as before: that means the one which it has become.
    """

    def __init__(self) -> None:
        self.by_unitid: dict[int, Known] = {}
        self.by_opeid: defaultdict[str, list[Known]] = defaultdict(list)
        self.by_name: defaultdict[str, list[Known]] = defaultdict(list)
        self.by_place: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
        columns = ("listed_as", "unitid", "opeid", "name", "city", "state")
        rows = School.objects.annotate(listed_as=Coalesce("merged_into", "pk")).order_by("pk")
        for pk, unitid, opeid, name, city, state in rows.values_list(*columns):
            known = Known(pk, unitid, opeid, plain(name), plain_word(city), state, f"{name} ({city}, {state})")
            if unitid:
                self.by_unitid[unitid] = known
            if opeid:
                self.by_opeid[opeid[:PARENT]].append(known)
            self.by_name[known.name].append(known)
            self.by_place[known.city, known.state].append(known)

    def find(self, entry: Entry) -> Place:
        """The school on which two identifiers of the entry agree: UNITID, OPEID, name, place.

        Numbers go before names: an entry whose UNITID we know is that school or none, and the same for OPEIDs.
        """
        name, city = plain(entry.school), plain_word(entry.city)
        if entry.unitid is not None:
            known = self.by_unitid.get(entry.unitid)
            gap = Unplaced.SCHOOL
            if known is None:
                why, gap = f"We hold no school with the UNITID {entry.unitid}.", Unplaced.UNKNOWN
            elif entry.opeid and known.opeid and known.opeid[:PARENT] not in entry.parents:
                why = f"UNITID {entry.unitid} is {known.shown}, but its OPEID is {known.opeid}."
            elif self._agree(entry, known, name, city) or (entry.opeid and known.opeid):
                return Place(known.pk)
            else:
                why = f"UNITID {entry.unitid} is {known.shown}: neither the name nor the place agrees."
            return Place(why=why, unplaced=gap, candidates=self._candidates(entry, name, city))
        if entry.opeid:
            same = [each for each in self._of_number(entry) if self._agree(entry, each, name, city)]
            exact = [each for each in same if each.opeid == entry.opeid.zfill(BRANCH)] or same
            named = [each for each in exact if each.name == name] or exact
            if len({each.pk for each in named}) == 1:
                return Place(named[0].pk)
            if named:
                why, gap = f"Several schools share the OPEID {entry.opeid}.", Unplaced.SEVERAL
            elif self._of_number(entry):
                why = f"No school with the OPEID {entry.opeid} has this name or lies in this place."
                gap = Unplaced.SCHOOL
            else:
                why, gap = f"We hold no school with the OPEID {entry.opeid}.", Unplaced.UNKNOWN
            return Place(why=why, unplaced=gap, candidates=self._candidates(entry, name, city))
        here = [each for each in self.by_name.get(name, ()) if each.state == entry.state and each.city == city and city]
        if len({each.pk for each in here}) == 1:
            return Place(here[0].pk)
        why = (
            "No number, and no school of this name in this place." if not here else "Several schools of this name here."
        )
        gap = Unplaced.SEVERAL if here else Unplaced.SCHOOL
        return Place(why=why, unplaced=gap, candidates=self._candidates(entry, name, city))

    def _of_number(self, entry: Entry) -> list[Known]:
        """Schools whose OPEID the entry may mean."""
        return [each for parent in sorted(entry.parents) for each in self.by_opeid.get(parent, ())]

    @staticmethod
    def _agree(entry: Entry, known: Known, name: str, city: str) -> bool:
        """Whether a second sign says the same as the number: the name, or city and state."""
        return known.name == name or bool(city and known.city == city and known.state == entry.state)

    def _candidates(self, entry: Entry, name: str, city: str) -> tuple[int, ...]:
        """Schools that one sign points to, the strongest sign first."""
        words = set(name.split())
        near = sorted(
            self.by_place.get((city, entry.state), ()) if city else (),
            key=lambda each: -len(words & set(each.name.split())),
        )
        found: Iterable[Known] = (
            *([self.by_unitid[entry.unitid]] if entry.unitid in self.by_unitid else []),
            *self._of_number(entry),
            *(each for each in self.by_name.get(name, ()) if not entry.state or each.state == entry.state),
            *near,
        )
        return tuple(dict.fromkeys(each.pk for each in found))[:OFFERED]
