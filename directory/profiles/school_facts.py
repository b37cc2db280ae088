"""Facts of a school that are no figures, as rows of `partials/facts_table.html`, with source and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.utils import timezone

from directory.links import host_of, outbound
from directory.models import Accreditation, AccreditationStatement, Release, School
from directory.profiles.corrections import Corrected, Row, paper
from directory.profiles.reviews import next_review
from directory.profiles.school_words import CALENDAR, FEDERAL_AID, HIGHEST_AWARD, SETTING, SIZE
from directory.vocab import VETERAN_MEANINGS, Control, Missing, Reliability, Source

#: Releases that the rows below name: `School.objects.select_related(*SCHOOL_RELEASES)`.
SCHOOL_RELEASES: Final = ("release", "offerings_release", "accreditor_release", "eight_keys_release")


def _coded(label: str, code: int | None, words: Mapping[int, str], release: Release | None) -> Row:
    value = words.get(code) if code is not None else None
    missing = Missing.NOT_REPORTED if release else Missing.NOT_COLLECTED
    return {"label": label, "value": value or "", "missing": missing, **paper(release)}


def _yes_no(label: str, answer: bool | None, release: Release | None, *, note: str = "") -> Row:
    words = "" if answer is None else "Yes" if answer else "No"
    missing = Missing.NOT_REPORTED if release else Missing.NOT_COLLECTED
    return {
        "label": label,
        "value": words,
        "missing": missing,
        "note": note if words else "",
        **paper(release),
    }


def about_rows(school: School, corrected: Corrected) -> list[Row]:
    """Who runs the school, how large it is, what it offers at most, and its numbers in the federal files."""
    directory = paper(school.release)
    rows = [
        corrected.mark("control", {"label": "Who runs it", "value": str(Control(school.control).label), **directory}),
        _coded("Size", school.size, SIZE, school.release),
        _coded("Setting", school.locale, SETTING, school.release),
        _coded("Highest award", school.highest_award, HIGHEST_AWARD, school.release),
        _coded("Federal student aid", school.opeflag, FEDERAL_AID, school.release),
        corrected.mark(
            "county", {"label": "County", "value": school.county, "missing": Missing.NOT_REPORTED, **directory}
        ),
    ]
    if school.unitid:
        rows.append({"label": "Number in IPEDS (UNITID)", "value": str(school.unitid), **directory})
    if school.opeid:
        rows.append({"label": "Federal aid number (OPEID)", "value": school.opeid, **directory})
    return rows


def offering_rows(school: School, corrected: Corrected) -> list[Row]:
    """How the school as a whole admits and teaches; never a fact about one program."""
    release = school.offerings_release
    whole = "Of the school, not of each program"
    return [
        corrected.mark(
            "open_admission",
            _yes_no("Open admission", school.open_admission, release, note="Takes nearly everyone who applies"),
        ),
        _coded("Calendar", school.calendar, CALENDAR, release),
        _yes_no("Courses by distance", school.distance_courses, release, note=whole),
        _yes_no("Whole programs by distance", school.distance_programs, release, note=whole),
        _yes_no("Every program by distance", school.distance_only, release),
    ]


def pledges() -> Release | None:
    """The newest list of schools that have pledged the VA's 8 Keys; one query."""
    return Release.objects.filter(source=Source.EIGHT_KEYS).first()


def veteran_rows(school: School, corrected: Corrected, *, newest: Callable[[], Release | None] = pledges) -> list[Row]:
    """What the VA's list and the school's own pages offer. `newest` gives the list for a school that is not on it."""
    release = school.eight_keys_release or newest()
    if release is None:
        pledge: Row = {"label": "8 Keys to Veterans’ Success", "missing": Missing.NOT_COLLECTED}
    else:
        note = "A promise of that time, not an approval by the VA"
        value = "The school has pledged them" if school.eight_keys else "Not on the list of pledges"
        pledge = {"label": "8 Keys to Veterans’ Success", "value": value, "note": note, **paper(release)}
    offered = [fact for fact, meaning in VETERAN_MEANINGS.items() if meaning.source == Source.IPEDS_IC]
    rows = [
        corrected.mark(column, _yes_no(str(fact.label), getattr(school, column), school.offerings_release))
        for fact, column in ((fact, VETERAN_MEANINGS[fact].column) for fact in offered)
    ]
    rows.append(corrected.mark("eight_keys", pledge))
    for label, column in (
        ("The school’s page for veterans", "veterans_url"),
        ("Help for students with disabilities", "disability_url"),
    ):
        url = outbound(getattr(school, column))
        shown: Row = {"value": host_of(url), "url": url} if url else {"missing": Missing.NOT_REPORTED}
        rows.append(corrected.mark(column, {"label": label, **shown, **paper(school.release)}))
    return rows


def accreditor_rows(school: School, records: Iterable[Accreditation], corrected: Corrected) -> list[Row]:
    """Who accredits the whole school: DAPIP's records in force, then the name that Scorecard gives.

    DAPIP leaves "Accredited" standing after the end, so the end date decides.
    """
    rows: list[Row] = []
    today = timezone.localdate()
    for record in records:
        if record.ended_on is None:
            since = f"Since {record.since:%Y}" if record.since else ""
            review = next_review(record.next_review, today, of_a_file=record.release is not None)
            rows.append(
                {
                    "label": f"{record.get_status_display()} by",
                    "value": record.agency.name,
                    "note": ". ".join(f"{part[0].upper()}{part[1:]}" for part in (since, review) if part),
                    "source_url": record.evidence_url,
                    **(paper(record.release) or {"source": "Asked by us", "year": record.checked_on}),
                }
            )
    if school.accreditor:
        named: Row = {"label": "Accreditor", "value": school.accreditor, **paper(school.accreditor_release)}
        rows.append(corrected.mark("accreditor", named))
    return rows or [{"label": "Accreditor", "missing": Missing.NOT_COLLECTED}]


def statement_rows(statements: Iterable[AccreditationStatement]) -> list[Row]:
    """Statements of single pages, each with where it was read, and never a status by themselves."""
    return [
        {
            "label": statement.program_title_as_stated,
            "value": f"{statement.agency_as_stated}: {statement.status_as_stated}",
            "note": ". ".join(
                part
                for part in (
                    str(Reliability(statement.reliability).label),
                    "Says how things were" if statement.historical else "",
                    statement.note,
                )
                if part
            ),
            "source": host_of(statement.evidence_url),
            "source_url": statement.evidence_url,
            "year": statement.evidence_date or "undated",
        }
        for statement in statements
    ]
