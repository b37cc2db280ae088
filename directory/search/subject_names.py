"""Names of subjects: fields of study, careers and programs' own titles, found by words in any order and form."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from directory.search.normalize import LITTLE, name_words
from directory.search.stems import stem

TITLE, NAME, LESSER = 0, 1, 2
MOST_HITS: Final = 3_000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a name stands for. `fields` are six-digit CIP codes with how well each answers."""

    kind: str  # "field", "career" or "program"
    key: str
    label: str
    fields: Mapping[str, float]
    weight: float
    curated: bool = False  # staff gave it everyday names


def subject_stems(name: str) -> list[str]:
    return [stem(word) for word in name_words(name) if word not in LITTLE]


def set_key(stems: Iterable[str]) -> str:
    return " ".join(sorted(set(stems)))


class SubjectNames:
    """`rows` are (subject, names, lesser names); the label is the first name of each."""

    def __init__(self, rows: Iterable[tuple[Subject, Sequence[str], Sequence[str]]]) -> None:
        self.subjects: list[Subject] = []
        self.by_code: dict[str, Subject] = {}  # CIP code or family -> its field
        self.owner = array("l")
        self.rank = array("b")
        self.size = array("f")  # sum of the rarity of a name's words
        self._exact: dict[str, tuple[int, ...]] = {}
        self.bigrams: set[str] = set()
        kept: list[list[str]] = []
        exact: defaultdict[str, list[int]] = defaultdict(list)
        for subject, names, lesser in rows:
            at = len(self.subjects)
            self.subjects.append(subject)
            if subject.kind == "field":
                self.by_code[subject.key] = subject
            for rank, texts in ((TITLE, [subject.label]), (NAME, names), (LESSER, lesser)):
                for text in texts:
                    if stems := subject_stems(text):
                        exact[set_key(stems)].append(len(kept))
                        self.owner.append(at)
                        self.rank.append(rank)
                        if subject.kind != "career":
                            self.bigrams.update(map(" ".join, pairwise(stems)))
                        kept.append(sorted(set(stems)))
        self._exact = {key: tuple(numbers) for key, numbers in exact.items()}
        self._postings = _postings(kept)
        self.rarity = {word: log(1 + len(kept) / len(numbers)) for word, numbers in self._postings.items()}
        self.size.extend(sum(self.rarity[word] for word in stems) for stems in kept)
        self.taught = frozenset(word for at, stems in enumerate(kept) if self._is_taught(at) for word in stems)
        self._known: defaultdict[str, set[int]] = defaultdict(set)
        for at, stems in enumerate(kept):
            if self._is_taught(at):
                for word in stems:
                    self._known[word].add(self.owner[at])

    def _is_taught(self, name: int) -> bool:
        """A name of a field or a program, not of a job only."""
        return self.subjects[self.owner[name]].kind != "career"

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def named(self, stems: Iterable[str]) -> tuple[int, ...]:
        """Names that have exactly these words."""
        return self._exact.get(set_key(stems), ())

    def holding(self, stems: Iterable[str]) -> list[int]:
        """Names that have all of these words."""
        lists = sorted((self._postings.get(word, array("l")) for word in set(stems)), key=len)
        if not lists or not lists[0]:
            return []
        found = set(lists[0])
        for numbers in lists[1:]:
            found = {each for each in found if _in(each, numbers)} if len(found) < 50 else found.intersection(numbers)
        return sorted(found)[:MOST_HITS]

    def covering(self, stems: Iterable[str]) -> set[int]:
        """Taught subjects among all of whose names together these words stand."""
        sets = sorted((self._known.get(word, set()) for word in set(stems)), key=len)
        return set.intersection(*sets) if sets else set()

    def share(self, name: int, stems: Iterable[str]) -> float:
        """How much of a name the words are, rare words counting more; up to 1."""
        return min(1.0, sum(self.rarity.get(word, 0.0) for word in set(stems)) / max(self.size[name], 0.001))


def _in(number: int, numbers: array[int]) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _postings(kept: list[list[str]]) -> dict[str, array[int]]:
    found: dict[str, array[int]] = {}
    for at, stems in enumerate(kept):
        for word in stems:
            if word in found:
                found[word].append(at)
            else:
                found[word] = array("l", (at,))
    return found
