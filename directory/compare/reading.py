"""All facts of two to four programs in as many queries as of one.

The rows are the ones that a program's own page reads, a query for each table instead of one for each program.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Q

from directory.models import (
    Accreditation,
    AccreditationStatement,
    Completions,
    FieldOutcome,
    Listing,
    Opening,
    Override,
    Program,
    ProgramCharge,
    ProgramFact,
    Release,
    SchoolFigure,
)
from directory.profiles.corrections import Corrected
from directory.profiles.program_accreditation import papers
from directory.profiles.program_releases import Releases, among
from directory.profiles.program_rows import compared_of
from directory.profiles.school_facts import SCHOOL_RELEASES
from directory.profiles.standing_papers import StandingPapers

Row = TypeVar("Row")


@dataclass(slots=True)
class ProgramFacts:
    """What is known of one program and of its school."""

    program: Program
    facts: list[ProgramFact] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    records: list[Accreditation] = field(default_factory=list)
    statements: list[AccreditationStatement] = field(default_factory=list)
    charges: list[ProgramCharge] = field(default_factory=list)
    figures: list[SchoolFigure] = field(default_factory=list)
    completions: list[Completions] = field(default_factory=list)
    outcome: FieldOutcome | None = None
    overrides: list[Override] = field(default_factory=list)

    @property
    def listing(self) -> Listing:
        return self.program.listing

    @property
    def papers(self) -> StandingPapers:
        """Who says how its accreditation stands, and when."""
        return papers(self.program, self.records, self.statements)

    @property
    def of_school(self) -> list[Accreditation]:
        """The accreditors of the whole school."""
        return [record for record in self.records if record.program_id is None]

    @property
    def corrected(self) -> Corrected:
        """What staff corrected of the school."""
        return Corrected(each for each in self.overrides if each.school_id)


@dataclass(frozen=True, slots=True)
class Read:
    """The programs in their order, and what is loaded at all."""

    programs: Sequence[ProgramFacts]
    releases: Releases
    loaded_on: dt.date | None


def read_programs(programs: Sequence[Program]) -> Read:
    """Five queries, whatever the number of programs (of `for_comparison`)."""
    schools = {program.school_id for program in programs}
    releases = list(Release.objects.order_by("-rank"))
    papers_of = Papers({release.pk: release for release in releases})
    records = list(_records(programs, schools))
    openings = _by(_openings(programs), "program_id")
    figures = _by(papers_of.on(SchoolFigure.objects.filter(school__in=schools).order_by("pk")), "school_id")
    read = []
    for program in programs:
        papers_of.on([program.school], *SCHOOL_RELEASES)
        own = compared_of(program)
        read.append(
            ProgramFacts(
                program,
                facts=list(papers_of.on(own.facts)),
                openings=openings[program.pk],
                records=[row for row in records if row.program_id == program.pk or _is_schools(row, program)],
                statements=own.statements,
                charges=list(papers_of.on(own.charges)),
                figures=figures[program.school_id],
                completions=list(papers_of.on(own.completions)),
                outcome=next(papers_of.on(filter(None, [own.outcome])), None),
                overrides=own.overrides,
            )
        )
    return Read(read, among(releases), newest_load(releases))


@dataclass(frozen=True, slots=True)
class Papers:
    """The releases, which every row names: a few dozen, read once instead of beside each row."""

    releases: Mapping[int, Release]

    def on(self, rows: Iterable[Row], *names: str) -> Iterator[Row]:
        """The same rows with their releases, so that none is asked for."""
        held = list(rows)
        for row in held:
            for name in names or ("release",):
                setattr(row, name, self.releases.get(getattr(row, f"{name}_id")))
        return iter(held)


def newest_load(releases: Iterable[Release]) -> dt.date | None:
    """The day of the newest load, which every page prints; None before the first one."""
    newest = max((release.loaded_at for release in releases), default=None)
    return newest.date() if newest else None


def _records(programs: Sequence[Program], schools: Iterable[int]) -> Iterable[Accreditation]:
    whole = Q(school__in=schools, program=None, program_name="")
    rows = Accreditation.objects.filter(Q(program__in=programs) | whole)
    return rows.select_related("agency", "release").order_by("agency__name", "-checked_on", "pk")


def _is_schools(row: Accreditation, program: Program) -> bool:
    return row.program_id is None and row.school_id == program.school_id


def _openings(programs: Sequence[Program]) -> Iterable[Opening]:
    found = Opening.objects.filter(program__in=programs)
    return found.select_related("certification__body", "route__rule_set", "deciding_condition").order_by(
        "certification__order", "certification__acronym"
    )


def _by(rows: Iterable[Row], name: str) -> defaultdict[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
