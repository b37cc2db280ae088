"""Which fields and programs some words name together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from directory.search.normalize import LITTLE, name_words
from directory.search.stems import singular, stem
from directory.search.subject_names import LESSER, TITLE, UNLISTED, Subject
from directory.search.vocabulary import Vocabulary

MOST_MEMORY: Final = 40_000  # fields and programs, in all matches together
MOST_LABELLED: Final = 20  # a word that means more fields than that is its own label
OF_SEVERAL: Final = 0.6  # words that stand in different names of one field
NAMED: Final = 0.6  # a field that is named so well needs no crosswalk from jobs
SURE: Final = 0.85
#: What has less of the words than that does not stand in for a field without programs.
NEAR: Final = 0.45
#: A job of another field may have one of the words in its title.
HARDLY: Final = 0.3
MOST_NEAREST: Final = 3


@dataclass(slots=True)
class Match:
    """What some stems stand for together."""

    kind: str = "field"
    label: str = ""
    fields: dict[str, float] = field(default_factory=dict)
    programs: dict[int, float] = field(default_factory=dict)
    missing: str = ""  # the field that is meant, when no program of it is listed
    named: bool = False  # whether that field is called so
    nearest: tuple[str, ...] = ()  # the fields that are listed and nearest to it

    def __bool__(self) -> bool:
        return bool(self.fields or self.programs)


def match(words: Iterable[str], vocabulary: Vocabulary) -> Match:
    """Fields and programs that these words name, in any order and form; false when there are none."""
    key = ("subject", *sorted({word for word in words if word not in LITTLE}))
    held = vocabulary.memory.get(key)
    if held is None:
        held = _match(key[1:], vocabulary)
        vocabulary.remembered += 1 + len(held.fields) + len(held.programs)
        if vocabulary.remembered > MOST_MEMORY:
            vocabulary.memory.clear()
            vocabulary.remembered = 0
        vocabulary.memory[key] = held
    found: Match = held
    return found


def _match(words: Sequence[str], vocabulary: Vocabulary) -> Match:
    stems = sorted(set(map(stem, words)))
    found, careers = Match(), list[tuple[Subject, int, float]]()
    best, well = _named(stems, found, careers, vocabulary)
    if len(stems) > 1 and _add_covering(stems, found, vocabulary, named=well > 0.0):
        best, well = max(best, OF_SEVERAL), max(well, OF_SEVERAL)
    _add_careers(found, careers, set(map(singular, words)), best=best, well=well)
    if not found and careers:
        nearest = max(near for *_, near in careers)
        for subject, _, near in careers:
            if near >= 0.6 * nearest:
                _add(found.fields, subject, near)
        found.kind = "career"
    _leave_out_strays(found, vocabulary)
    if not found.fields:
        found.kind = "word"
    sure = [cip for cip, well in found.fields.items() if well >= SURE]
    if (found.kind == "field" and len(sure) != 1) or len(found.fields) > MOST_LABELLED:
        found.label = ""
    return found


def _leave_out_strays(found: Match, vocabulary: Vocabulary) -> None:
    """Where the field that is meant has no program, say so, and let no other pass for it.

    "medical assistant" without programs in that: the medical administrative assistants are shown, and called the
    nearest. What shares hardly a word with it is not shown.
    """
    if not found.fields or found.programs:
        return
    codes = vocabulary.subjects.by_code
    best = min(found.fields, key=lambda cip: (-found.fields[cip], -_weight(codes.get(cip)), cip))
    listed = {cip: well for cip, well in found.fields.items() if _weight(codes.get(cip)) > UNLISTED}
    well = found.fields[best]
    near = max(listed.values(), default=0.0)
    hardly = found.kind == "career" and well < HARDLY
    if not hardly and (best in listed or (listed and well < SURE)):
        return
    found.missing, found.named = (codes[best].label if best in codes else best), well >= SURE
    if near < NEAR and not hardly:
        found.fields = {cip: fit for cip, fit in found.fields.items() if cip not in listed}
        return
    ranked = sorted(listed, key=lambda cip: (-listed[cip], cip))
    found.nearest = tuple(codes[cip].label for cip in ranked[:MOST_NEAREST])


def _weight(subject: Subject | None) -> float:
    return subject.weight if subject else 0.0


def _named(
    stems: Sequence[str], found: Match, careers: list[tuple[Subject, int, float]], vocabulary: Vocabulary
) -> tuple[float, float]:
    """Fill in what has all the words in one name; returns how well the best field does, and the best with programs."""
    subjects = vocabulary.subjects
    named = set(subjects.named(stems))
    importance, best, listed = subjects.importance(stems), (0.0, 0.0), 0.0
    for name in subjects.holding(stems):
        subject, rank, exact = subjects.subjects[subjects.owner[name]], subjects.rank[name], name in named
        share = subjects.share(name, importance)
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
            if subject.weight > UNLISTED:
                listed = max(listed, well)
    return best[0], listed


def _add_covering(stems: Sequence[str], found: Match, vocabulary: Vocabulary, *, named: bool) -> bool:
    """Fields that have the words in several names: all of them when no name has all, else the curated ones.

    Whether a curated one is among them.
    """
    curated = False
    for number in vocabulary.subjects.covering(stems):
        subject = vocabulary.subjects.subjects[number]
        if subject.curated or not named:
            _add(found.fields, subject, OF_SEVERAL / 2 if named else OF_SEVERAL)
            curated = curated or subject.curated
    return curated


def _add(fields: dict[str, float], subject: Subject, well: float) -> None:
    for cip, answers in subject.fields.items():
        fields[cip] = max(round(well * answers, 3), fields.get(cip, 0.0))


def _add_careers(
    found: Match, careers: list[tuple[Subject, int, float]], words: set[str], *, best: float, well: float
) -> None:
    """The fields of the jobs that are called exactly so; a curated everyday name of a field counts more.

    "medical coder" is both: it is shown as the career, and finds the programs in coding. The crosswalk ties that
    job to four fields, and a list by distance would put all of them before the one that is meant.
    """
    exact = [(subject, rank) for subject, rank, well in careers if well >= 1.0]
    titled = [
        subject
        for subject, rank in exact
        if rank == TITLE and not subject.key[0].isdigit() and set(map(singular, name_words(subject.label))) == words
    ]
    wanted = titled or ([subject for subject, _ in exact] if best < NAMED else [])
    if well < SURE:
        for subject in wanted:
            _add(found.fields, subject, 1.0)
    if wanted:
        found.kind, found.label = "career", max(wanted, key=lambda subject: subject.weight).label
