"""The facts of programs as one table, from the rows that their own pages show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from directory.compare.distance import distance_row
from directory.compare.heads import breakable
from directory.compare.reading import ProgramFacts, Read
from directory.compare.table import Entry, Group, Row, Table, by_label, merged, row
from directory.models import Certification, Opening
from directory.profiles.corrections import paper
from directory.profiles.figures import awards_by_year, outcome_figures, price_label, program_price
from directory.profiles.program_costs import cost_lines
from directory.profiles.program_outcomes import published_rows
from directory.profiles.program_study import study_rows
from directory.profiles.school_facts import about_rows, accreditor_rows, offering_rows
from directory.profiles.school_figures import distance_shares, school_figures
from directory.search.places import Place
from directory.templatetags.badges import LOOKS
from directory.vocab import ListingState, Missing, SchoolMeasure, Standing

NOT_FILED: Final = "Not in the files that we hold"
NOT_CHECKED: Final = str(Missing.NOT_CHECKED.label)
NO_OUTCOME: Final = "College Scorecard has no such figure for this field, school and award"
NO_OPENING: Final = "None that we know of"
#: Numbers of the school in official files, and its address: no help in a choice.
NOT_COMPARED: Final = ("Number in IPEDS (UNITID)", "Federal aid number (OPEID)", "County")


def program_table(read: Read, place: Place | None = None) -> Table:
    """Every fact of the programs, in the order in which their pages show them. Asks nothing of the database."""
    programs = read.programs
    return Table.of(
        (
            Group("The program", tuple(_program(programs, place))),
            Group("What it costs", tuple(_costs(programs))),
            Group("Accreditation", tuple(_accreditation(programs))),
            Group("Exams it opens", tuple(_exams(programs))),
            Group("How you study", tuple(_study(read))),
            Group("What became of graduates", tuple(_outcomes(read))),
            Group("The school", tuple(_school(programs))),
        )
    )


def _program(programs: Sequence[ProgramFacts], place: Place | None) -> list[Row]:
    awards = [Entry(value=each.program.get_award_level_display(), **paper(each.program.release)) for each in programs]
    fields = [
        Entry(
            value=breakable(each.program.field.title),
            note=f"CIP {each.program.field.cip}",
            counts=each.program.field.cip,
            **paper(each.program.field.release),
        )
        for each in programs
    ]
    rows = [row("Award", awards), row("Field of study", fields)]
    return [*rows, distance_row(place, [each.program.school for each in programs])] if place else rows


def _costs(programs: Sequence[ProgramFacts]) -> list[Row]:
    prices = []
    for each in programs:
        kind = price_label(each.listing)
        prices.append(Entry(figure=program_price(each.listing), kind=kind if kind != "Price" else ""))
    tables = [cost_lines(each.listing, each.charges, each.figures, each.facts) for each in programs]
    return [row("Price of the whole program", prices), *by_label(tables, absent=NOT_FILED)]


def _accreditation(programs: Sequence[ProgramFacts]) -> list[Row]:
    standings = [_standing(each) for each in programs]
    schools = [accreditor_rows(each.program.school, each.of_school, each.corrected) for each in programs]
    rows = by_label(schools, absent=NOT_FILED)
    return [
        row("CAHIIM, for the program", standings),
        *(Row(f"The school: {each.label[0].lower()}{each.label[1:]}", each.cells) for each in rows),
    ]


def _standing(each: ProgramFacts) -> Entry:
    standing, papers = each.listing.standing, each.papers
    as_of = papers.as_of(each.listing)
    look = LOOKS[standing]
    badge = {"status": standing, "as_of": as_of}
    if standing == Standing.NOT_CONFIRMED:
        return Entry(missing=look.label, badge=badge)
    url = papers.sources.get(each.program.pk, "")
    source = "A page states it" if standing == Standing.STATED else "Checked with the accreditor"
    return Entry(value=look.label, badge=badge, source=source, year=as_of, source_url=url)


def _exams(programs: Sequence[ProgramFacts]) -> list[Row]:
    opened = [{opening.certification: opening for opening in each.openings} for each in programs]
    exams = merged([list(each) for each in opened])
    exams.sort(key=lambda exam: (exam.order, exam.acronym))
    if not exams:
        return [row("Exams", [Entry(missing=NO_OPENING) for _ in programs])]
    return [
        row(
            exam.acronym,
            [
                _opening(found[exam]) if exam in found else _not_opened(exam, each)
                for each, found in zip(programs, opened, strict=True)
            ],
            url=exam.get_absolute_url(),
        )
        for exam in exams
    ]


def _not_opened(exam: Certification, each: ProgramFacts) -> Entry:
    """Why a program does not open an exam that another one opens. That it does not is only known where its
    accreditation is: most exams ask for it, and of most programs nobody has said anything."""
    program = each.program
    if program.school.is_closed or program.state != ListingState.LISTED:
        return Entry(missing="Not worked out for a program that left the list")
    if not program.field.cip.startswith(tuple(exam.related_cips)):
        return Entry(value="No: the exam is not meant for this field", counts="no")
    if each.listing.standing == Standing.NOT_CONFIRMED:
        return Entry(missing="Not known: nobody has confirmed its accreditation")
    return Entry(value="Not by this program alone", counts="no")


def _opening(opening: Opening) -> Entry:
    """The same words as on the program's page, shorter."""
    body, rules = opening.certification.body, opening.route.rule_set
    own = rules.grade == "A"
    confirmed = opening.basis == Opening.Basis.CONFIRMED
    return Entry(
        value="Open: it meets every condition" if confirmed else f"Stated, not confirmed: ask {body.acronym}",
        note=f"What decides: {opening.deciding_condition.text}",
        source=body.name if own else "A rule by another party’s word",
        year=rules.as_of or "undated",
        source_url=rules.source_url if own else "",
    )


def _study(read: Read) -> list[Row]:
    asked = read.releases.distance
    tables = [study_rows(each.listing, each.facts, each.program, asked=asked) for each in read.programs]
    return by_label(tables, absent=NOT_CHECKED)


def _outcomes(read: Read) -> list[Row]:
    years = read.releases.completions_years
    awards = [
        [
            {"label": f"Awards given in {figure.year}", "figure": figure}
            for figure in reversed(awards_by_year(each.completions, loaded=years))
        ]
        for each in read.programs
    ]
    earned = [_lines(outcome_figures(each.outcome) if each.outcome else ()) for each in read.programs]
    rates = [published_rows(each.listing.standing, each.facts) for each in read.programs]
    return [
        *by_label(awards, absent=NOT_FILED),
        *by_label(earned, absent=NO_OUTCOME),
        *by_label(rates, absent=NOT_CHECKED),
    ]


def _school(programs: Sequence[ProgramFacts]) -> list[Row]:
    tables = []
    for each in programs:
        school, corrected = each.program.school, each.corrected
        about = [line for line in about_rows(school, corrected) if line["label"] not in NOT_COMPARED]
        students = [found for found in school_figures(each.figures) if found.measure == SchoolMeasure.ENROLLED]
        online = [
            {"label": "Study wholly online", "figure": share.figure} for share in distance_shares(each.figures)[:1]
        ]
        tables.append([*about, *_lines(students), *online, *offering_rows(school, corrected)])
    return by_label(tables, absent=NOT_FILED)


def _lines(found: Any) -> list[dict[str, Any]]:
    return [{"label": line.label, "figure": line.figure} for line in found]
