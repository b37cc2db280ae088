"""Who says how a program's CAHIIM accreditation stands, when and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from directory.models import Accreditation, AccreditationStatement
from directory.vocab import PROGRAM_ACCREDITOR, Standing

#: Program, its day or what a page dates itself, and the address.
Paper = tuple[Any, Any, str]


class Stands(Protocol):
    """A listing, or a row of a result."""

    @property
    def program_id(self) -> int: ...
    @property
    def standing(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StandingPapers:
    """By program: the day of the last check, what a page that states it dates itself, and the addresses."""

    confirmed_on: Mapping[int, Any]
    stated_on: Mapping[int, str]
    sources: Mapping[int, str]

    @classmethod
    def of(cls, *, checks: Iterable[Paper], statements: Iterable[Paper]) -> StandingPapers:
        """From checked records and stated ones, of one day the older row first."""
        checked, said = (sorted(rows, key=lambda paper: paper[1]) for rows in (checks, statements))
        return cls(
            confirmed_on={program: day for program, day, _ in checked},
            stated_on={program: day for program, day, _ in said},
            sources={program: url for program, _, url in (*checked, *said) if url},
        )

    def as_of(self, listing: Stands) -> Any:
        """When the accreditation was confirmed, or stated; "" when nobody says so.

        Where it is only stated by now, a check of long ago still has its day.
        """
        if listing.standing == Standing.NOT_CONFIRMED:
            return ""
        checked = self.confirmed_on.get(listing.program_id, "")
        return self.stated_on.get(listing.program_id, checked) if listing.standing == Standing.STATED else checked


def standing_papers(programs: Collection[int] | None = None) -> StandingPapers:
    """Of some programs, or of all; always two queries, so that a list costs the same whatever stands in it.

    Where several say so, the newest counts, and as a source a statement before a record that was checked.
    """
    checked = Accreditation.objects.filter(agency__acronym=PROGRAM_ACCREDITOR, checked_on__isnull=False)
    said = AccreditationStatement.objects.filter(agency__acronym=PROGRAM_ACCREDITOR, positive=True, historical=False)
    if programs is None:
        checked, said = checked.filter(program__isnull=False), said.filter(program__isnull=False)
    else:
        wanted = programs or [0]  # Django asks nothing about nobody
        checked, said = checked.filter(program__in=wanted), said.filter(program__in=wanted)
    return StandingPapers.of(
        checks=checked.order_by("pk").values_list("program", "checked_on", "evidence_url"),
        statements=said.order_by("pk").values_list("program", "evidence_date", "evidence_url"),
    )
