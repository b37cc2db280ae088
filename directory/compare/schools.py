"""The facts of schools as one table, from the rows that their own pages show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, QuerySet

from directory.compare.distance import distance_row
from directory.compare.table import Entry, Group, Row, Table, by_label, row
from directory.models import Accreditation, Override, Release, School, SchoolFigure
from directory.profiles.corrections import Corrected, paper
from directory.profiles.school import OTHER_COSTS, OUTCOMES, TUITION
from directory.profiles.school_facts import SCHOOL_RELEASES, about_rows, accreditor_rows, offering_rows, veteran_rows
from directory.profiles.school_figures import distance_shares, school_figures
from directory.profiles.school_list import programs_by_level
from directory.querysets.gathered import Gathered, instances
from directory.search.places import Place
from directory.templatetags.levels import level_tab
from directory.vocab import STATES, LevelGroup, SchoolMeasure, Source

NOT_FILED: Final = "Not in the files that we hold"
NOT_COMPARED: Final = ("Number in IPEDS (UNITID)", "Federal aid number (OPEID)")


@dataclass(frozen=True, slots=True)
class SchoolRead:
    """The schools in their order with what is known of each."""

    schools: Sequence[School]
    figures: defaultdict[int, list[SchoolFigure]]
    accreditors: defaultdict[int, list[Accreditation]]
    corrected: dict[int, Corrected]
    counts: defaultdict[int, Counter[str]]
    releases: Sequence[Release]


def read_schools(schools: Sequence[School]) -> SchoolRead:
    """Four queries, whatever the number of schools (of `for_comparison`)."""
    ids = [school.pk for school in schools]
    figures, accreditors = defaultdict(list), defaultdict(list)
    for figure in SchoolFigure.objects.filter(school__in=ids).select_related("release"):
        figures[figure.school_id].append(figure)
    whole = Accreditation.objects.filter(school__in=ids, program=None, program_name="")
    for record in whole.select_related("agency", "release"):
        accreditors[record.school_id].append(record)
    return SchoolRead(
        schools=schools,
        figures=figures,
        accreditors=accreditors,
        corrected={school.pk: Corrected(corrections_of(school)) for school in schools},
        counts=programs_by_level(ids),
        releases=list(Release.objects.order_by("-rank")),
    )


def for_comparison(schools: QuerySet[School]) -> QuerySet[School]:
    """The schools with everything that their column's head and `corrections_of` read, in one query."""
    held = Override.objects.filter(school=OuterRef("pk"), active=True)
    columns = (field.attname for field in Override._meta.concrete_fields)
    return schools.select_related(*SCHOOL_RELEASES).annotate(overrides_read=Gathered(held, *columns))


def corrections_of(school: Any) -> list[Override]:
    """What staff corrected of a school of `for_comparison`; asks nothing of the database."""
    return sorted(instances(Override, school.overrides_read), key=lambda row: row.pk)


def school_table(read: SchoolRead, place: Place | None = None) -> Table:
    """Every fact of the schools, in the order in which their pages show them. Asks nothing of the database."""
    measures = [school_figures(read.figures[school.pk]) for school in read.schools]

    def of(wanted: Iterable[SchoolMeasure]) -> list[Row]:
        chosen = [[found for found in each if found.measure in wanted] for each in measures]
        return by_label([_lines(each) for each in chosen], absent=NOT_FILED)

    def facts(rows: Any) -> list[Row]:
        return by_label([rows(school, read.corrected[school.pk]) for school in read.schools], absent=NOT_FILED)

    pledged = next((each for each in read.releases if each.source == Source.EIGHT_KEYS), None)
    accreditors = [
        accreditor_rows(school, read.accreditors[school.pk], read.corrected[school.pk]) for school in read.schools
    ]
    return Table.of(
        (
            Group("The school", (*_place(read, place), *facts(_about), *of([SchoolMeasure.ENROLLED]))),
            Group("Its programs on our list", tuple(_programs(read))),
            Group("What it costs", tuple(of((*TUITION, *OTHER_COSTS)))),
            Group("Studying online", (*_shares(read), *facts(offering_rows))),
            Group("After the school", tuple(of(OUTCOMES))),
            Group("Accreditation of the whole school", tuple(by_label(accreditors, absent=NOT_FILED))),
            Group(
                "Veterans and support",
                tuple(facts(lambda school, corrected: veteran_rows(school, corrected, newest=lambda: pledged))),
            ),
        )
    )


def _place(read: SchoolRead, place: Place | None) -> list[Row]:
    places = [
        Entry(value=f"{each.city}, {STATES.get(each.state, each.state)}", **paper(each.release))
        for each in read.schools
    ]
    states = [Entry(value=str(each.get_status_display()), **paper(each.release)) for each in read.schools]
    rows = [row("Place", places), row("Is it open?", states)]
    return [*rows, distance_row(place, list(read.schools))] if place else rows


def _about(school: School, corrected: Corrected) -> list[dict[str, Any]]:
    return [line for line in about_rows(school, corrected) if line["label"] not in NOT_COMPARED]


def _programs(read: SchoolRead) -> list[Row]:
    """How many programs are listed, in all and of each award. None of an award is a count, too."""
    reported = next((each for each in read.releases if each.source == Source.IPEDS_COMPLETIONS), None)
    counts = [read.counts[school.pk] for school in read.schools]
    levels = [level for level in LevelGroup if any(each[level] for each in counts)]
    numbers = [("All", [each.total() for each in counts])]
    numbers += [(level_tab(level), [each[level] for each in counts]) for level in levels]
    return [row(label, [Entry(value=f"{number:,}", **paper(reported)) for number in line]) for label, line in numbers]


def _shares(read: SchoolRead) -> list[Row]:
    newest = [distance_shares(read.figures[school.pk])[:1] for school in read.schools]
    tables = [[{"label": "Study wholly online", "figure": share.figure} for share in each] for each in newest]
    return by_label(tables, absent=NOT_FILED)


def _lines(found: Any) -> list[dict[str, Any]]:
    return [{"label": line.label, "figure": line.figure} for line in found]
