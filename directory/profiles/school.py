"""One school as its page shows it: programs, prices, distance study, accreditation, facts, corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from directory.figures import Figure
from directory.links import enrol_links, silent_links
from directory.models import Accreditation, AccreditationStatement, Override, School, SchoolFigure
from directory.profiles.corrections import DAY, Corrected, paper
from directory.profiles.figures import LabelledFigure
from directory.profiles.school_facts import (
    about_rows,
    accreditor_rows,
    offering_rows,
    statement_rows,
    veteran_rows,
)
from directory.profiles.school_figures import UNIT_OF, MeasureFigures, distance_shares, school_figures
from directory.profiles.school_programs import programs_of
from directory.profiles.school_words import KIND
from directory.profiles.ways_out import actions, silent
from directory.vocab import (
    STATES,
    Control,
    Level,
    Missing,
    SchoolMeasure,
    SchoolState,
    Unit,
)

TUITION: Final = (
    SchoolMeasure.TUITION_IN_DISTRICT,
    SchoolMeasure.TUITION_IN_STATE,
    SchoolMeasure.TUITION_OUT_OF_STATE,
)
OTHER_COSTS: Final = (
    SchoolMeasure.CREDIT_IN_DISTRICT,
    SchoolMeasure.CREDIT_IN_STATE,
    SchoolMeasure.CREDIT_OUT_OF_STATE,
    SchoolMeasure.BOOKS,
    SchoolMeasure.COST_OF_ATTENDANCE,
    SchoolMeasure.NET_PRICE,
)
OUTCOMES: Final = (SchoolMeasure.EARNINGS_6, SchoolMeasure.EARNINGS_10, SchoolMeasure.DEBT)
JACKET: Final = {
    SchoolMeasure.TUITION_IN_STATE: "In-state tuition and fees",
    SchoolMeasure.NET_PRICE: "Net price after grants",
    SchoolMeasure.ENROLLED: "Students",
}

#: What the page says in its address, and what about the end of a school.
ADDRESS: Final = ("name", "address", "city", "state", "zip_code", "latitude", "longitude")
CLOSING: Final = ("status", "closed_on", "successor_unitid")

Measures = Mapping[SchoolMeasure, MeasureFigures]


def school_profile(school: School) -> dict[str, Any]:
    """The context of the page. The number of queries does not depend on the number of programs.

    Load the school with SCHOOL_RELEASES.
    """
    rows = list(SchoolFigure.objects.filter(school=school).select_related("release"))
    measures = {found.measure: found for found in school_figures(rows)}
    shares = distance_shares(rows)
    levels, unlisted = programs_of(school)
    state = STATES.get(school.state, school.state)
    whole = Accreditation.objects.filter(school=school, program=None, program_name="")
    unmatched = AccreditationStatement.objects.filter(school=school, program=None)
    count = sum(level["count"] for level in levels)
    corrected = Corrected(Override.objects.filter(school=school, active=True))
    links = enrol_links(school)
    return {
        "school": school,
        "place": f"{school.city}, {state}",
        "state": state,
        "crumbs": [
            {"label": "Schools", "url": reverse("school_list")},
            {"label": state, "url": reverse("state_detail", args=[school.state.lower()])},
        ],
        "lead": _lead(school, count),
        "notice": _notice(school, corrected, timezone.localdate()),
        "keyfigs": _keyfigs(measures, shares),
        "levels": levels,
        "unlisted": unlisted,
        "count": count,
        "tuition": _tuition_years(measures),
        "costs": _lines(measures, OTHER_COSTS),
        "outcomes": _lines(measures, OUTCOMES),
        "shares": [{"label": share.label, "figure": share.figure} for share in shares],
        "offerings": offering_rows(school, corrected),
        "accreditors": accreditor_rows(school, whole.select_related("agency", "release"), corrected),
        "statements": statement_rows(unmatched),
        "about": about_rows(school, corrected),
        "veterans": veteran_rows(school, corrected),
        "corrections": corrected.rows(school.release),
        "address_corrections": corrected.among(*ADDRESS),
        "sections": _sections(outcomes=any(measure in measures for measure in OUTCOMES)),
        "actions": actions(links),
        "silent": silent(silent_links(school), links),
        "page_key": f"school:{school.slug}",
        "map_url": _map_url(school),
    }


def _sections(*, outcomes: bool) -> list[dict[str, str]]:
    names = {
        "programs": "Programs",
        "costs": "What it costs",
        "distance": "Studying online",
        "outcomes": "After the school",
        "accreditation": "Accreditation",
        "veterans": "Veterans and support",
        "about": "About the school",
    }
    return [{"id": key, "label": label} for key, label in names.items() if key != "outcomes" or outcomes]


def _map_url(school: School) -> str:
    """A public map at the school's point; "" when the directory gives none."""
    if school.latitude is None or school.longitude is None:
        return ""
    point = f"{school.latitude:.5f}", f"{school.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={point[0]}&mlon={point[1]}#map=15/{point[0]}/{point[1]}"


def _lead(school: School, count: int) -> str:
    kind = f"{KIND[school.iclevel]} " if school.iclevel in KIND else ""
    control = f"{Control(school.control).label}, " if school.control != Control.UNKNOWN else ""
    programs = f"{count:,} listed program{'' if count == 1 else 's'}" if count else "no listed program"
    words = f"{control}{kind}school with {programs}"
    return f"{words[0].upper()}{words[1:]}."


def _notice(school: School, corrected: Corrected, today: dt.date) -> dict[str, Any] | None:
    """What a reader must know first about a school that is not simply open, and where to go instead."""
    state = SchoolState(school.status)
    ours = corrected.sentence(CLOSING, school.release)
    if state == SchoolState.OPEN:
        # The file calls it closed, and so do others who read the file.
        text = f"This school is open. ({ours})"
        return (
            {"kind": "none", "title": "Open.", "text": text, "links": []} if "status" in corrected.by_column else None
        )
    when, to_come = "", False
    if school.closed_on:
        when, to_come = f" on {date_format(school.closed_on, DAY)}", school.closed_on > today
    elif school.closed_year:
        when, to_come = f" in {school.closed_year}", school.closed_year > today.year
    closed, became = ("closes", "becomes") if to_come else ("closed", "became")
    texts = {
        SchoolState.CLOSING: f"This school {closed}{when}. Its last figures are still reported.",
        SchoolState.CLOSED: f"This school {closed}{when}.",
        SchoolState.COMBINED: f"This school {became} part of another one{when}.",
        SchoolState.GONE: "The newest federal directory does not list this school any more. "
        "It may have closed, merged, or left the federal aid programs.",
        SchoolState.CAMPUS: "This campus is open. Its figures are reported together with another school’s.",
    }
    links = []
    if school.successor_unitid and school.successor_unitid != school.unitid:
        named = School.objects.filter(unitid=school.successor_unitid).select_related("merged_into").first()
        successor = named and (named.merged_into or named)
        if successor and successor != school:
            words = "The school it reports with" if state == SchoolState.CAMPUS else "What it became"
            links = [{"label": f"{words}: {successor.name}", "url": successor.get_absolute_url()}]
    given = paper(school.release)
    said = f"{'last listed in ' if state == SchoolState.GONE else ''}{given['source']}, {given['year']}"
    return {
        "kind": "none" if state == SchoolState.CAMPUS else "warn",
        "title": f"{state.label}.",
        "text": f"{texts[state]} ({ours or said})",
        "links": links,
    }


def _keyfigs(measures: Measures, shares: list[LabelledFigure]) -> list[dict[str, Any]]:
    """The jacket's figures. Tuition always stands there, with its reason when nobody knows it."""
    figures = []
    for measure, label in JACKET.items():
        if measure in measures:
            figures.append({"label": label, "figure": measures[measure].newest})
        elif measure == SchoolMeasure.TUITION_IN_STATE:
            unknown = Figure.unknown(Missing.NOT_COLLECTED, unit=UNIT_OF[measure], level=Level.INSTITUTION)
            figures.append({"label": label, "figure": unknown})
    if shares:
        figures.append({"label": "Study wholly online", "figure": shares[0].figure})
    return figures


def _tuition_years(measures: Measures) -> list[dict[str, Any]]:
    """One line per year and source, newest first: local, state and other residents; None if nobody says.

    The figures are dollars of one year, which the table says once.
    """
    lines: dict[tuple[str, str], dict[str, Figure]] = {}
    for measure in TUITION:
        for figure in measures[measure].all if measure in measures else ():
            lines.setdefault((figure.year, figure.source), {})[measure] = replace(figure, unit=Unit.USD)
    return [
        {"year": year, "source": source, "figures": [found.get(measure) for measure in TUITION]}
        for (year, source), found in sorted(lines.items(), reverse=True)
    ]


def _lines(measures: Measures, wanted: Iterable[SchoolMeasure]) -> list[MeasureFigures]:
    return [measures[measure] for measure in wanted if measure in measures]
