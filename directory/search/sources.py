"""What the directory contributes to the search entries: fields of study, certifications, schools, program titles."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from math import log10
from pathlib import Path
from typing import Any, Final

from django.db.models import Count, QuerySet
from rapidfuzz.distance import OSA

from directory.models import (
    Certification,
    Condition,
    FieldOfStudy,
    FormerSlug,
    Listing,
    Override,
    Program,
    School,
    SearchEntry,
)
from directory.search.entries import Entry, lines
from directory.vocab import CLOSED_STATES

Kind = SearchEntry.Kind
#: What people call schools and their own records do not say: unitid -> names.
NICKNAMES: Final = Path(__file__).resolve().parent.parent / "starter" / "school_nicknames.toml"
#: IALIAS has no fixed separator; these are the marks that separate in practice.
_SEPARATORS: Final = re.compile(
    r"\s*(?:[|;,/\n\r\t•]|\s-\s|--+|\bor\b|\baka\b|\b[fF]ormerly\b|\band\b(?=\s+[A-Z]{2,6}\b))\s*"
)
_ACRONYM: Final = re.compile(r"(?<![^\s(])[A-Z](?:[A-Za-z&]?[A-Z]){1,6}(?![^\s),.])|(?:\b[A-Z]\.\s?){2,6}")
#: "Examples: - Nursing (ASN), - Registered Nurse (RN)"
_EXAMPLE: Final = re.compile(r"-\s*(?P<name>[^,\-(]{4,60}?)\s*(?:\((?P<short>[^)]*)\))?\s*(?=,|$|\.)")
_BRACKETS: Final = re.compile(r"\s*\(([A-Z][A-Z-]{1,6})\)")


def fields(_: Collection[int] | None = None) -> Iterator[Entry]:
    """Every CIP code in force, by title and everyday names; the more programs, the likelier it is meant."""
    offered: Counter[str] = Counter()
    for cip, count in Listing.objects.values_list("cip").annotate(n=Count("pk")).order_by():
        offered.update({cip[:size]: count for size in (2, 5, 7)})
    for field in FieldOfStudy.objects.order_by("cip"):
        everyday = [name.strip() for name in field.everyday_names.split(",")]
        yield Entry(
            kind=Kind.FIELD,
            key=field.cip,
            label=field.title,
            names=lines(everyday, without=field.title),
            lesser_names=lines(_examples(field.examples), without=field.title),
            fields={field.cip: 1.0},
            weight=_weight(offered[field.cip]),
        )


def certifications(_: Collection[int] | None = None) -> Iterator[Entry]:
    """Every exam by acronym, name and former name; the body that issues it stands among the lesser names.

    Its fields answer as well as each other; where anybody may sit it, they answer in the exam's own order, because
    then nothing else tells a program for it from one that only does not stand in its way.
    """
    asking = set(_asking_something_of_a_program().values_list("route__rule_set__certification", flat=True))
    for exam in Certification.objects.select_related("body"):
        former = _BRACKETS.sub("", exam.former_name.partition(",")[0])
        once = _BRACKETS.findall(exam.former_name)
        yield Entry(
            kind=Kind.CERTIFICATION,
            key=exam.slug,
            label=exam.acronym,
            names=lines([exam.name, former, *once], without=exam.acronym),
            lesser_names=lines([exam.body.acronym, exam.body.name]),
            fields=dict.fromkeys(sorted(exam.related_cips), 1.0) if exam.pk in asking else _by_order(exam.related_cips),
            weight=2.0,
            url=exam.get_absolute_url(),
        )


def _asking_something_of_a_program() -> QuerySet[Condition]:
    """Required conditions of the newest rules that anybody could not meet without a program, work or a credential."""
    newest = Condition.objects.filter(required=True, route__rule_set__valid_to__isnull=True)
    return newest.exclude(kind__in=(Condition.Kind.NONE, Condition.Kind.DIPLOMA))


def _by_order(cips: Sequence[str]) -> dict[str, float]:
    """The first answers wholly, the others a little, each further one less."""
    return {cip: round(1 / (1 + at) ** 2, 2) for at, cip in enumerate(cips)}


def schools(school_ids: Collection[int] | None = None) -> Iterator[Entry]:
    """Every school by its official name, its aliases, and the names that it had before."""
    rows, listed = School.objects.public(), Listing.objects.listed()
    if school_ids is not None:
        rows, listed = rows.filter(pk__in=school_ids), listed.filter(school__in=school_ids)
    offered = dict(listed.order_by().values_list("school").annotate(n=Count("pk")))
    former = _former_names(school_ids)
    called: dict[str, list[str]] = tomllib.loads(NICKNAMES.read_text(encoding="utf-8"))
    for school in rows.only("unitid", "name", "aliases", "slug", "status").order_by("pk").iterator(chunk_size=2_000):
        official, campus = _without_suffix(school.name)
        yield Entry(
            kind=Kind.SCHOOL,
            key=str(school.pk),
            label=school.name,
            names=lines(
                [
                    *_spelt_right(split_aliases(school.aliases), school.name),
                    *campus,
                    *called.get(str(school.unitid), ()),
                ],
                without=school.name,
            ),
            lesser_names=lines(former[school.pk], without=official),
            weight=_weight(offered.get(school.pk, 0)) * (0.5 if school.status in CLOSED_STATES else 1.0),
            url=school.get_absolute_url(),
        )


def programs(school_ids: Collection[int] | None = None) -> Iterator[Entry]:
    """Programs that have a page and a title of their own; all others are found by their field."""
    rows = Program.objects.exclude(title="").filter(merged_into=None, listing__isnull=False).select_related("field")
    if school_ids is not None:
        rows = rows.filter(school__in=school_ids)
    for program in rows.order_by("pk").iterator(chunk_size=2_000):
        yield Entry(
            kind=Kind.PROGRAM,
            key=str(program.pk),
            label=program.title,
            fields={program.field.cip: 1.0},
            url=program.get_absolute_url(),
        )


def split_aliases(aliases: str) -> list[str]:
    """The names in an IALIAS text: cut at what separates, and each acronym that stands among other words."""
    found: list[str] = []
    for piece in _SEPARATORS.split(" ".join(aliases.split())):
        piece = piece.strip(" .,-–()\"'")
        if not piece:
            continue
        found.append(piece)
        if piece.count(" ") > 2:  # "UVA Wise" is one name, "UCSB UC Santa Barbara" is two
            found += [acronym.strip() for acronym in _ACRONYM.findall(piece) if len(acronym.strip()) > 2]
    return found


def _spelt_right(aliases: list[str], name: str) -> list[str]:
    """Without single words that are slips of a word of the name ("Ilinois"): the search reads slips by itself."""
    words = [word.casefold() for word in re.findall(r"\w{5,}", name)]
    return [
        alias
        for alias in aliases
        if " " in alias or not any(0 < OSA.distance(alias.casefold(), word, score_cutoff=2) <= 2 for word in words)
    ]


def _without_suffix(name: str) -> tuple[str, list[str]]:
    """ "Ohio State University-Main Campus" is also called without what follows the hyphen."""
    front, hyphen, back = name.partition("-")
    return name, ([front.strip()] if hyphen and back.strip().lower() in ("main campus", "main") else [])


def _examples(text: str) -> Iterable[str]:
    for match in _EXAMPLE.finditer(text.partition(":")[2]):
        yield match["name"]
        yield from (short.strip() for short in (match["short"] or "").split(",") if 2 <= len(short.strip()) <= 6)


def _former_names(school_ids: Collection[int] | None) -> defaultdict[int, list[str]]:
    """Names from former addresses, and official names that staff have corrected."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    slugs = _of(FormerSlug.objects.filter(school__isnull=False), school_ids)
    for key, slug in slugs.order_by("pk").values_list("school", "slug"):
        found[key].append(re.sub(r"-\d{6}$", "", slug).replace("-", " "))
    corrected = _of(Override.objects.filter(school__isnull=False, column="name"), school_ids)
    for key, official in corrected.order_by("pk").values_list("school", "official_value"):
        if isinstance(official, str):
            found[key].append(official)
    return found


def _of(rows: QuerySet[Any], school_ids: Collection[int] | None) -> QuerySet[Any]:
    return rows if school_ids is None else rows.filter(school__in=school_ids)


def _weight(programs: int) -> float:
    return round(1 + log10(1 + programs), 2)
