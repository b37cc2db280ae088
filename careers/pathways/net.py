"""A net of stops: programs, the exams that open after them, and the work that both lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from careers.figures import CIP_SOC, OEWS, PROJECTIONS, annual_range, pay_year, projection_words, projection_years
from careers.pathways.after import after
from careers.pathways.facts import Facts, Opened, is_meant_for
from careers.pathways.starts import AWARDS, Start
from directory.models import Certification, Opening
from directory.profiles.figures import source_of
from directory.templatetags.levels import level_class

#: BLS's phrases for the usual way in, from the least education to the most.
EDUCATION: Final = (
    "No formal educational credential",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Postsecondary nondegree award",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
)


def net(facts: Facts, starts: Sequence[Start], *, only: Certification | None = None, work: str = "") -> dict[str, Any]:
    """{programs, exams, closed, work, one_exam, sources}: stops with the keys of what each leads to.

    `only` keeps one exam, and the first stops that open it; `work` keeps one occupation; `closed` are exams in these
    fields that no program opens by itself.
    """
    exams = [each for each in facts.certifications if only is None or each.pk == only.pk]
    opened = {start.key: _opened_by(facts, start) for start in starts}
    if only is not None and any(only.pk in found for found in opened.values()):
        starts = [start for start in starts if only.pk in opened[start.key]]
    cips = {cip for start in starts for cip in start.cips}
    open_ = [exam for exam in exams if any(exam.pk in opened[start.key] for start in starts)]
    fields = {exam.pk: {cip for cip in cips if is_meant_for(exam, cip)} for exam in exams}
    # Of a net around one exam, only the work after the fields that the exam is meant for.
    reached = set().union(*fields.values()) if only is not None else cips
    socs = [soc for soc in facts.socs_of(reached) if work in ("", soc)]
    return {
        "programs": [
            _group(heading, [_program_stop(facts, start, opened[start.key], open_, socs) for start in group])
            for heading, group in groupby(starts, key=lambda start: start.heading)
        ],
        "exams": [_exam_stop(facts, exam, starts, opened, _within(socs, facts, fields[exam.pk])) for exam in open_],
        "closed": [_link(exam) for exam in exams if exam not in open_],
        "work": [_work_stop(facts, soc) for soc in sorted(socs, key=lambda soc: _entry_rank(facts, soc))],
        "one_exam": only is not None,
        "sources": list(_sources(facts)),
    }


def _within(socs: Sequence[str], facts: Facts, cips: Collection[str]) -> list[str]:
    """Those of the occupations that the crosswalk names for some fields."""
    named = facts.socs_of(cips)
    return [soc for soc in socs if soc in named]


def _opened_by(facts: Facts, start: Start) -> dict[int, Opened]:
    if start.opened is not None:
        return start.opened
    found: dict[int, Opened] = {}
    for cip in start.cips:
        for pk, more in facts.opened.get((start.level, cip), {}).items():
            held = found.get(pk, Opened())
            found[pk] = Opened(held.programs + more.programs, held.sure + more.sure)
    return found


def _program_stop(
    facts: Facts, start: Start, opened: dict[int, Opened], exams: Sequence[Certification], socs: Sequence[str]
) -> dict[str, Any]:
    offers = [facts.offers[start.level, cip] for cip in start.cips if (start.level, cip) in facts.offers]
    programs = sum(offer.programs for offer in offers)
    # Schools of several fields cannot be added up: one school may teach them all.
    schools = f" at {offers[0].schools:,} school{'' if offers[0].schools == 1 else 's'}" if len(offers) == 1 else ""
    work = _within(socs, facts, start.cips)
    mine = [exam for exam in exams if exam.pk in opened]
    return {
        "key": start.key,
        "css": level_class(start.level),
        "award": AWARDS[start.level],
        "label": start.label,
        "url": start.url,
        "text": "This program" if start.opened is not None else _programs(programs, schools),
        "exams": [
            {**_link(exam), "some": start.opened is None and opened[exam.pk].programs < programs} for exam in mine
        ],
        "to": " ".join([*map(_exam_key, mine), *map(_work_key, work)]),
    }


def _group(heading: str, stops: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Stops under a heading; what every program there opens is said once, in `common`."""
    common = [
        exam
        for exam in stops[0]["exams"]
        if len(stops) > 1 and heading and all({**exam, "some": False} in stop["exams"] for stop in stops)
    ]
    keys = {exam["key"] for exam in common}
    for stop in stops:
        stop["more"] = [exam for exam in stop["exams"] if exam["key"] not in keys]
    return {"heading": heading, "stops": stops, "common": common, "none": not any(stop["exams"] for stop in stops)}


def _programs(count: int, schools: str) -> str:
    return f"{count:,} program{'' if count == 1 else 's'}{schools}"


def _exam_stop(
    facts: Facts,
    exam: Certification,
    starts: Sequence[Start],
    opened: dict[str, dict[int, Opened]],
    socs: Sequence[str],
) -> dict[str, Any]:
    return {
        "key": _exam_key(exam),
        "label": exam.acronym,
        "name": exam.name,
        "url": exam.get_absolute_url(),
        "after": after(facts, exam, starts, opened),
        "to": " ".join(map(_work_key, socs)),
    }


def single(basis: str) -> Opened:
    """What one program opens."""
    return Opened(1, 1 if basis == Opening.Basis.CONFIRMED else 0)


def _work_stop(facts: Facts, soc: str) -> dict[str, Any]:
    occupation, pay = facts.occupations[soc], facts.pay.get(soc)
    figures = annual_range(pay)
    return {
        "key": _work_key(soc),
        "label": occupation.title,
        "url": occupation.get_absolute_url(),
        "careers": facts.careers.get(soc, ()),
        "asks": projection_words(facts.outlook.get(soc), "entry_education", "Usual way in"),
        "low": figures[1],
        "high": figures[3],
    }


def _entry_rank(facts: Facts, soc: str) -> tuple[int, str]:
    """What asks for the least stands first, as the awards do; what BLS tells nothing of stands last."""
    outlook = facts.outlook.get(soc)
    words = (outlook.entry_education or "") if outlook else ""
    return (EDUCATION.index(words) if words in EDUCATION else len(EDUCATION)), soc


def _sources(facts: Facts) -> Iterator[dict[str, str]]:
    """The record marks of the whole net: a column shares its source and year."""
    if facts.release:
        yield {
            "what": "Programs",
            "source": source_of(facts.release),
            "year": facts.release.vintage,
            "url": "",
            "about_work": "",
        }
    pay = next(iter(facts.pay.values()), None)
    if pay:
        yield {"what": "Pay", "source": OEWS.name, "year": pay_year(pay), "url": OEWS.url, "about_work": "pay"}
    outlook = next(iter(facts.outlook.values()), None)
    if outlook:
        years = projection_years(outlook)
        mark = {"source": PROJECTIONS.name, "year": years, "url": PROJECTIONS.url}
        yield {"what": "Usual way in", "about_work": "", **mark}
    if facts.crosswalk_year:
        yield {
            "what": "Which work a field prepares for",
            "source": CIP_SOC.name,
            "year": facts.crosswalk_year,
            "url": CIP_SOC.url,
            "about_work": "crosswalk",
        }


def _link(exam: Certification) -> dict[str, str]:
    return {"key": _exam_key(exam), "label": exam.acronym, "url": exam.get_absolute_url()}


def _exam_key(exam: Certification) -> str:
    return f"stop-{exam.slug}"


def _work_key(soc: str) -> str:
    return f"stop-{soc}"
