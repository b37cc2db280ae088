"""From the words that are left to terms: which fields, schools and programs they stand for, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from directory.search.normalize import LITTLE, Token
from directory.search.recognizers.base import Reading
from directory.search.school_names import school_words
from directory.search.stems import stem
from directory.search.subject_names import LESSER, TITLE, Subject
from directory.search.understanding import Term
from directory.search.vocabulary import Vocabulary

#: Stems that say little beside another: left out, and named, when no program has them together with the rest.
WEAK: Final = frozenset(
    stem(word)
    for word in "health medical hospital care services science sciences office professional technology specialist"
    " studies clinic clinical general industry skills work worker physician doctor patient department data systems"
    " management business support staff development applied specialty association group center person people women men".split()
)
#: A school whose name is much less the words than the best one's is not meant.
LEAST_SHARE: Final = 0.3
MOST_MEMORY: Final = 5_000


@dataclass(slots=True)
class Match:
    """What some stems stand for together."""

    kind: str = "field"
    label: str = ""
    fields: dict[str, float] = field(default_factory=dict)
    programs: dict[int, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fields or self.programs)


def match(stems: Iterable[str], vocabulary: Vocabulary) -> Match:
    """Fields and programs that these words name, in any order; false when there are none."""
    key = ("subject", *sorted(set(stems)))
    held = vocabulary.memory.get(key)
    if held is None:
        if len(vocabulary.memory) > MOST_MEMORY:
            vocabulary.memory.clear()
        held = vocabulary.memory[key] = _match(key[1:], vocabulary)
    found: Match = held
    return found


def _match(stems: Sequence[str], vocabulary: Vocabulary) -> Match:
    subjects = vocabulary.subjects
    named = set(subjects.named(stems))
    found = Match()
    careers: list[tuple[Subject, int, float]] = []
    best = (0.0, 0.0)
    for name in subjects.holding(stems):
        subject, rank, exact = subjects.subjects[subjects.owner[name]], subjects.rank[name], name in named
        share = subjects.share(name, stems)
        if subject.kind == "career":
            careers.append((subject, rank, 1.0 if exact else share * 0.5))
            continue
        well = (1.0 if exact else 0.4 + 0.5 * share) * (0.85 if rank == LESSER else 1.0)
        if subject.kind == "program":
            found.programs[int(subject.key)] = max(round(well, 3), found.programs.get(int(subject.key), 0.0))
        elif len(subject.key) == 7 or exact or share >= 0.5:
            _add(found.fields, subject, well)
            if (well, subject.weight) > best:
                best, found.label = (well, subject.weight), subject.label
    _add_careers(found, careers, sure=best[0] >= 0.85)
    if not found:
        for number in subjects.covering(stems):
            _add(found.fields, subjects.subjects[number], 0.4)
    if not found:
        nearest = max((well for *_, well in careers), default=0.0)
        for subject, _, well in careers:
            if well >= 0.6 * nearest:
                _add(found.fields, subject, well)
        found.kind = "career" if careers else "field"
    if not found.fields:
        found.kind = "word"
    exact_fields = [cip for cip, well in found.fields.items() if well >= 0.85]
    if found.kind == "field" and len(exact_fields) != 1:
        found.label = ""
    return found


def _add(fields: dict[str, float], subject: Subject, well: float) -> None:
    for cip, answers in subject.fields.items():
        fields[cip] = max(round(well * answers, 3), fields.get(cip, 0.0))


def _add_careers(found: Match, careers: list[tuple[Subject, int, float]], *, sure: bool) -> None:
    """The fields of the jobs that are called exactly so; a curated everyday name of a field counts more.

    "medical coder" is both, so the programs in coding come first and those in health information after them;
    "medical coding" is a field, and stays one.
    """
    exact = [(subject, rank) for subject, rank, well in careers if well >= 1.0]
    titled = [subject for subject, rank in exact if rank == TITLE and not subject.key[0].isdigit()]
    if sure and not titled:
        return
    wanted = titled or [subject for subject, _ in exact]
    for subject in wanted:
        _add(found.fields, subject, 0.8 if sure else 1.0)
    if wanted:
        found.kind, found.label = "career", max(wanted, key=lambda subject: subject.weight).label


def said_by(readings: Sequence[Reading], tokens: tuple[Token, ...], text: str) -> str:
    """The reader's words; those that do not stand together are joined by " … "."""
    parts: list[tuple[int, int]] = []
    for reading in sorted(readings, key=lambda each: each.start):
        start, end = tokens[reading.start].start, tokens[reading.end - 1].end
        if parts and start <= parts[-1][1] + 1:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return " … ".join(text[start:end] for start, end in parts)


def subject_terms(
    readings: Sequence[Reading], tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary
) -> tuple[list[Term], list[Reading], list[Reading]]:
    """(terms, readings left out because nothing has them together with the rest, readings that match nothing)."""
    nothing = [reading for reading in readings if not match(reading.data, vocabulary)]
    readings = [reading for reading in readings if reading not in nothing]
    groups: list[list[Reading]] = [list(readings)] if readings else []
    if readings and not match(_stems(readings), vocabulary):
        groups = []
        for reading in readings:
            for group in groups:
                if match(_stems([*group, reading]), vocabulary):
                    group.append(reading)
                    break
            else:
                groups.append([reading])
    strong = [group for group in groups if not set(_stems(group)) <= WEAK]
    weak = [group for group in groups if group not in strong] if strong else []
    kept = strong or groups
    terms = [_term(group, tokens, text, vocabulary) for group in kept]
    return terms, [reading for group in weak for reading in group], nothing


def _stems(readings: Iterable[Reading]) -> list[str]:
    return [word for reading in readings for word in reading.data]


def _term(group: list[Reading], tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary) -> Term:
    found = match(_stems(group), vocabulary)
    said = said_by(group, tokens, text)
    read = corrected(group, tokens, text)
    label = found.label or (read or said.replace(" … ", " ")).capitalize()
    return Term(said, found.kind, label, dict(found.fields), {}, dict(found.programs), read)


def corrected(group: Sequence[Reading], tokens: tuple[Token, ...], text: str) -> str:
    """The whole of what was read, when any of it is not what was typed; empty otherwise."""
    if not any(reading.read for reading in group):
        return ""
    return " ".join(reading.read or said_by([reading], tokens, text) for reading in group)


def school_term(reading: Reading, tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary) -> Term:
    """The schools that a reading names: one by its name, several by the words."""
    shares: dict[int, float] = reading.data
    best = max(shares.values())
    kept = {pk: share for pk, share in shares.items() if share >= LEAST_SHARE * best}
    said = said_by([reading], tokens, text)
    near = [pk for pk, share in kept.items() if share >= 0.9 * best]
    label = vocabulary.schools.label[near[0]] if len(near) == 1 else f"Schools named “{reading.read or said}”"
    return Term(said, "school", label, {}, kept, {}, reading.read)


def literal_term(reading: Reading, tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary) -> Term | None:
    """Words in quotation marks, among names of every kind, as they stand; None when no name has them."""
    said = said_by([reading], tokens, text)
    words = [token.word for token in tokens[reading.start : reading.end]]
    found = match([stem(word) for word in words if word not in LITTLE] or ["\n"], vocabulary)
    run = school_words(" ".join(words))
    schools: dict[int, float] = {}
    if run:
        stretch = vocabulary.schools.phrases.start(run[0])
        for size in range(2, len(run) + 1):
            stretch = vocabulary.schools.phrases.narrow(stretch, " ".join(run[:size]))
        if stretch[0] < stretch[1]:
            schools = vocabulary.schools.holding(" ".join(run), stretch)
    if not found and not schools:
        return None
    return Term(f"“{said}”", "word", f"“{said}”", dict(found.fields), dict(schools), dict(found.programs))
