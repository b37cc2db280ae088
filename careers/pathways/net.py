"""A net of stops: programs, the exams that open after them, and the work that both lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from careers.figures import CIP_SOC, annual_range, pay_year, projection_words
from careers.pathways.facts import Facts, Opened, is_meant_for
from directory.models import Certification, Opening
from directory.profiles.figures import source_of
from directory.templatetags.levels import level_class
from directory.vocab import LevelGroup

#: Of a program, in the order of the tabs.
AWARDS: Final[dict[str, str]] = {
    LevelGroup.CERTIFICATE: "Certificate",
    LevelGroup.ASSOCIATE: "Associate degree",
    LevelGroup.BACHELORS: "Bachelor’s degree",
    LevelGroup.POSTBACC_CERTIFICATE: "Certificate after a bachelor’s",
    LevelGroup.MASTERS: "Master’s degree",
    LevelGroup.DOCTORATE: "Doctorate",
}
#: What goes with a number, of one and of many: "12 of 30 associate programs".
NOUNS: Final[dict[str, tuple[str, str]]] = {
    LevelGroup.CERTIFICATE: ("certificate program", "certificate programs"),
    LevelGroup.ASSOCIATE: ("associate program", "associate programs"),
    LevelGroup.BACHELORS: ("bachelor’s program", "bachelor’s programs"),
    LevelGroup.POSTBACC_CERTIFICATE: ("certificate after a bachelor’s", "certificates after a bachelor’s"),
    LevelGroup.MASTERS: ("master’s program", "master’s programs"),
    LevelGroup.DOCTORATE: ("doctorate", "doctorates"),
}


@dataclass(frozen=True, slots=True)
class Start:
    """A first stop: programs of one award level in some fields, or one program (`opened` says what it opens)."""

    key: str
    level: str
    cips: tuple[str, ...]
    label: str
    url: str = ""
    heading: str = ""
    opened: dict[int, Opened] | None = None


def by_field_and_level(facts: Facts) -> list[Start]:
    """One first stop for each award level in each field that is taught, under the fields as headings."""
    return [
        Start(
            f"stop-{cip.replace('.', '')}-{level}",
            level,
            (cip,),
            label,
            programs_url(level=[level], cip=[cip]),
            heading=facts.titles[cip],
        )
        for cip in sorted(facts.titles)
        for level, label in AWARDS.items()
        if (level, cip) in facts.offers
    ]


def by_level(facts: Facts, *, leads_to: str = "") -> list[Start]:
    """One first stop for each award level, all fields together; the links narrow to an exam where one is named."""
    starts = []
    for level, label in AWARDS.items():
        cips = tuple(cip for cip in sorted(facts.titles) if (level, cip) in facts.offers)
        if cips:
            narrow: dict[str, Iterable[str]] = {"leads_to": [leads_to]} if leads_to else {"cip": cips}
            starts.append(Start(f"stop-{level}", level, cips, label, programs_url(level=[level], **narrow)))
    return starts


def programs_url(**parameters: Iterable[str]) -> str:
    """The program list with some parameters, each of which may stand several times."""
    pairs = [(name, value) for name, values in parameters.items() for value in values]
    return f"{reverse('program_list')}?{urlencode(pairs)}"


def net(facts: Facts, starts: Sequence[Start], *, only: Certification | None = None) -> dict[str, Any]:
    """{programs, exams, closed, work, sources}: stops with the keys of what each leads to, programs in groups.

    `only` keeps one exam, and the first stops that open it; `closed` are exams in these fields that no program
    opens by itself.
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
    socs = facts.socs_of(reached)
    return {
        "programs": [
            _group(heading, [_program_stop(facts, start, opened[start.key], open_, socs) for start in group])
            for heading, group in groupby(starts, key=lambda start: start.heading)
        ],
        "exams": [_exam_stop(facts, exam, starts, opened, facts.socs_of(fields[exam.pk])) for exam in open_],
        "closed": [_link(exam) for exam in exams if exam not in open_],
        "work": [_work_stop(facts, soc) for soc in socs],
        "sources": list(_sources(facts)),
    }


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
    work = [soc for soc in facts.socs_of(start.cips) if soc in socs]
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
        if heading and all({**exam, "some": False} in stop["exams"] for stop in stops)
    ]
    keys = {exam["key"] for exam in common}
    for stop in stops:
        stop["more"] = [exam for exam in stop["exams"] if exam["key"] not in keys]
    return {"heading": heading, "stops": stops, "common": common}


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
        "after": list(_after(facts, exam, starts, opened)),
        "to": " ".join(map(_work_key, socs)),
    }


class After(NamedTuple):
    """What opens an exam at one award level: so many of so many programs."""

    level: str
    opened: Opened
    of: int


def _after(
    facts: Facts, exam: Certification, starts: Sequence[Start], opened: dict[str, dict[int, Opened]]
) -> list[dict[str, str]]:
    """What opens the exam, a line for each award level; one line where every program does: {css, words, basis}."""
    if any(start.opened is not None for start in starts):
        (start,) = starts
        return [_line(level_class(start.level), "this program", opened[start.key][exam.pk])]
    lines = list(_counted(facts, exam, starts, opened))
    every = sum(line.of for line in lines)
    asked = {start.level for start in starts if any(is_meant_for(exam, cip) for cip in start.cips)}
    if len(lines) > 1 and all(line.opened.programs == line.of for line in lines) and len(lines) == len(asked):
        total = Opened(every, sum(line.opened.sure for line in lines))
        return [_line("", f"any of the {every:,} programs in its fields", total)]
    return [_line(level_class(line.level), _of(line), line.opened) for line in lines]


def _counted(
    facts: Facts, exam: Certification, starts: Sequence[Start], opened: dict[str, dict[int, Opened]]
) -> Iterator[After]:
    for level in AWARDS:
        mine = [opened[start.key][exam.pk] for start in starts if start.level == level and exam.pk in opened[start.key]]
        if mine:
            cips = {cip for start in starts if start.level == level for cip in start.cips if is_meant_for(exam, cip)}
            of = sum(facts.offers[level, cip].programs for cip in cips if (level, cip) in facts.offers)
            total = Opened(sum(each.programs for each in mine), sum(each.sure for each in mine))
            yield After(level, total, max(of, total.programs))


def _of(line: After) -> str:
    one, many = NOUNS[line.level]
    if line.opened.programs == line.of:
        return f"the one {one}" if line.of == 1 else f"all {line.of:,} {many}"
    return f"{line.opened.programs:,} of {line.of:,} {many}"


def _line(css: str, words: str, opened: Opened) -> dict[str, str]:
    return {"css": css, "words": words, "basis": _basis(opened)}


def _basis(opened: Opened) -> str:
    if opened.sure == opened.programs:
        return "confirmed"
    return f"{opened.sure:,} confirmed" if opened.sure else "stated"


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
        "pay_year": pay_year(pay),
        "fields": [cip for cip in facts.titles if soc in facts.work.get(cip, ())],
    }


def _sources(facts: Facts) -> Iterator[dict[str, str]]:
    """The record marks of the whole net; pay and entry education carry their own."""
    if facts.release:
        yield {"what": "Programs", "source": source_of(facts.release), "year": facts.release.vintage, "url": ""}
    if facts.crosswalk_year:
        yield {
            "what": "Which work a field prepares for",
            "source": CIP_SOC.name,
            "year": facts.crosswalk_year,
            "url": CIP_SOC.url,
        }


def _link(exam: Certification) -> dict[str, str]:
    return {"key": _exam_key(exam), "label": exam.acronym, "url": exam.get_absolute_url()}


def _exam_key(exam: Certification) -> str:
    return f"stop-{exam.slug}"


def _work_key(soc: str) -> str:
    return f"stop-{soc}"
