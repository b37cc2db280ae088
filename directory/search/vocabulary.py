"""Everything that a text can mean, in the memory of one worker."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log10
from typing import Any, Final

from directory.models import SearchEntry, Synonym
from directory.search.gazetteer import Gazetteer, city_key, load_gazetteer
from directory.search.normalize import fold, name_words, tokenize
from directory.search.place_names import STATE_NAMES
from directory.search.recognizers.phrases import PHRASE_WORDS
from directory.search.school_names import SchoolNames
from directory.search.stems import singular, stem
from directory.search.subject_names import Subject, SubjectNames
from directory.search.typos import Spelling

Kind = SearchEntry.Kind
#: A family answers a little less surely than the field itself, a whole series hardly.
LARGE: Final = 20  # ZIP codes of a city whose name is worth a slip of the pen
MOST_SLASHES: Final = 3
_EITHER: Final = re.compile(r"([\w-]+)/([\w-]+)")
OF_PREFIX: Final = {7: 1.0, 5: 0.8, 2: 0.5}


@dataclass(frozen=True, slots=True)
class Exam:
    """A certification as the search knows it."""

    slug: str
    acronym: str
    name: str
    bodies: tuple[str, ...]
    fields: tuple[tuple[str, float], ...] = ()  # CIP code -> how much the exam is about it


@dataclass(slots=True)
class Vocabulary:
    """Read once per worker and token by `load`; `understand` asks it and never the database."""

    schools: SchoolNames
    subjects: SubjectNames
    exams: dict[str, Exam]  # folded name or acronym -> exam
    bodies: dict[str, tuple[str, ...]]  # folded name of a professional body -> acronyms of its exams
    synonyms: dict[str, str]  # folded words -> what is read instead
    gazetteer: Gazetteer
    spelling: Spelling
    memory: dict[Any, Any] = field(default_factory=dict)  # what was worked out once, and how large that is; see
    remembered: int = 0  # `matching`


def load() -> Vocabulary:
    """Read the search entries, the synonyms and the places: five queries, a second or two at national size."""
    rows: dict[str, list[Any]] = defaultdict(list)
    columns = ("kind", "key", "label", "names", "lesser_names", "fields", "weight")
    for row in SearchEntry.objects.order_by("kind", "pk").values_list(*columns).iterator(chunk_size=2_000):
        rows[row[0]].append(row[1:])
    synonyms = Synonym.objects.filter(active=True).values_list("words", "means")
    found = build(rows, dict(synonyms), load_gazetteer())
    # These hold every word of every name now; readers' words come by themselves.
    for remembered in (city_key, fold, singular, stem):
        remembered.cache_clear()
    return found


def build(rows: Mapping[str, list[Any]], synonyms: Mapping[str, str], gazetteer: Gazetteer) -> Vocabulary:
    """From rows by kind: (key, label, names, lesser names, fields, weight), names one to a line."""
    rows = {kind: list(rows.get(kind, ())) for kind in Kind.values}
    schools = SchoolNames(
        (int(key), label, _lines(names, lesser)) for key, label, names, lesser, *_ in rows[Kind.SCHOOL]
    )
    subjects = SubjectNames(_subjects(rows))
    exams, bodies = _exams(rows[Kind.CERTIFICATION])
    read = {" ".join(token.word for token in tokenize(words)): means for words, means in synonyms.items()}
    core = {
        *_core_words(rows),
        *(word for name, size in gazetteer.names() if size >= LARGE for word in name.split(" ")),
    }
    spelling = Spelling(_words(rows, gazetteer, read, core), core)
    return Vocabulary(schools, subjects, exams, bodies, read, gazetteer, spelling)


def _lines(*texts: str) -> list[str]:
    return [line for text in texts for line in text.split("\n") if line]


def _subjects(rows: dict[str, list[Any]]) -> Iterator[tuple[Subject, list[str], list[str]]]:
    codes = sorted(key for key, *_ in rows[Kind.FIELD] if len(key) == 7)
    below: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        for size in OF_PREFIX:
            below[code[:size]].append(code)
    answers: dict[float, float] = {}  # each number once, as each code
    for kind in (Kind.FIELD, Kind.CAREER, Kind.PROGRAM):
        for key, label, names, lesser, fields, weight in rows[kind]:
            spread = {
                code: answers.setdefault(well * OF_PREFIX[len(cip)], well * OF_PREFIX[len(cip)])
                for cip, well in fields.items()
                for code in below.get(cip, () if len(cip) < 7 else (cip,))
            }
            subject = Subject(kind.value, key, label, spread, weight, curated=bool(names))
            yield subject, [*_lines(names), *variants(label)], [*_lines(lesser), *sides(label)]


def variants(title: str) -> list[str]:
    """What an official title also says: "Medical/Clinical Assistant" is both, "Public Health, General" the front."""
    found = [title.removesuffix(", General").removesuffix(", Other")]
    for _ in range(MOST_SLASHES):
        if any("/" in each for each in found):
            found = [_EITHER.sub(side, each, count=1) for each in found for side in (r"\1", r"\2")]
    return [each for each in dict.fromkeys(found) if each != title and "/" not in each]


def sides(title: str) -> list[str]:
    """What stands between the slashes of a title, where it is more than a word: "Unit Coordinator/Ward Clerk"."""
    found = [side.strip() for side in title.split("/")]
    return [side for side in found if " " in side and "," not in side] if len(found) > 1 else []


def _exams(rows: list[Any]) -> tuple[dict[str, Exam], dict[str, tuple[str, ...]]]:
    exams: dict[str, Exam] = {}
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    for slug, acronym, names, lesser, fields, _ in rows:
        exam = Exam(slug, acronym, (_lines(names) or [acronym])[0], tuple(_lines(lesser)), tuple(fields.items()))
        for name in (acronym, slug, *_lines(names)):
            words = name_words(name)
            exams.setdefault(" ".join(words), exam)
            if name in (acronym, slug):
                exams.setdefault("".join(words), exam)
        for body in exam.bodies:
            bodies[" ".join(name_words(body))].append(acronym)
    return exams, {body: tuple(acronyms) for body, acronyms in bodies.items()}


def _core_words(rows: dict[str, list[Any]]) -> Iterator[str]:
    """Words of the fields that have programs and everyday names, of our careers, and of the filters."""
    for _, label, names, _, _, weight in rows[Kind.FIELD]:
        if names and weight > 1:
            yield from name_words(f"{label} {names}")
    for key, label, names, *_ in rows[Kind.CAREER]:
        if names or not key[0].isdigit():
            yield from name_words(f"{label} {names}")
    for _, _, names, *_ in rows[Kind.CERTIFICATION]:
        yield from name_words(names)
    yield from PHRASE_WORDS
    for name in STATE_NAMES:
        yield from name.split(" ")


def _words(
    rows: dict[str, list[Any]], gazetteer: Gazetteer, synonyms: dict[str, str], core: Iterable[str]
) -> dict[str, float]:
    """Every word of every name -> how much it matters, from a tenth for a rare job title to some hundred."""
    words: defaultdict[str, float] = defaultdict(float)

    def count(text: str, worth: float) -> None:
        for word in name_words(text):
            words[word] += worth

    for _, label, names, lesser, _, weight in rows[Kind.FIELD]:
        count(f"{label} {names}", weight)
        count(lesser, 0.2)
    for kind, worth in ((Kind.PROGRAM, 1.0), (Kind.CERTIFICATION, 2.0)):
        for _, label, names, lesser, *_ in rows[kind]:
            count(f"{label} {names} {lesser}", worth)
    for _, label, names, lesser, *_ in rows[Kind.CAREER]:
        count(f"{label} {names}", 0.5)
        count(lesser, 0.1)
    for _, label, names, lesser, _, weight in rows[Kind.SCHOOL]:
        count(label, 0.3 * weight)
        count(f"{names} {lesser}", 0.1)
    for name, size in gazetteer.names():
        for word in name.split(" "):
            words[word] += 0.2 + log10(size)
    for text in synonyms:
        count(text, 1.0)
    for word in core:
        words[word] += 5.0
    return dict(words)
