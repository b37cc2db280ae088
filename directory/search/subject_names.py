"""Names of subjects: fields of study, careers and programs' own titles, found by words in any order and form."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from directory.search.normalize import LITTLE, name_words
from directory.search.stems import stem
from directory.search.texts import Grouped, Index

TITLE, NAME, LESSER = 0, 1, 2
MOST_HITS: Final = 3_000
#: What a field weighs that has no program; `sources` counts them.
UNLISTED: Final = 1.0


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


class Group:
    """Numbers by word, each word's in ascending order."""

    def __init__(self, numbers: np.ndarray, starts: np.ndarray) -> None:
        self._numbers, self.starts = numbers, starts

    @classmethod
    def of(cls, words: np.ndarray, size: int, numbers: np.ndarray) -> Group:
        """From pairs of a word and a number, numbers ascending."""
        starts = np.concatenate(([0], np.cumsum(np.bincount(words, minlength=size)))).astype(np.int32)
        return cls(numbers[np.argsort(words, kind="stable")], starts)

    def numbers(self, word: int) -> np.ndarray:
        return self._numbers[self.starts[word] : self.starts[word + 1]] if word >= 0 else self._numbers[:0]


class SubjectNames:
    """`rows` are (subject, names, lesser names); the label is the first name of each."""

    def __init__(self, rows: Iterable[tuple[Subject, Sequence[str], Sequence[str]]]) -> None:
        self.subjects: list[Subject] = []
        self.by_code: dict[str, Subject] = {}  # CIP code or family -> its field, SOC code -> its occupation
        self.owner = array("i")
        self.rank = array("b")
        self._words: dict[str, int] = {}
        exact: defaultdict[str, list[int]] = defaultdict(list)
        stems_of, size_of = array("i"), array("H")  # of all names one after the other
        bigrams: set[str] = set()
        for subject, names, lesser in rows:
            at = len(self.subjects)
            self.subjects.append(subject)
            if subject.kind == "field" or (subject.kind == "career" and subject.key[:1].isdigit()):
                self.by_code[subject.key] = subject
            for rank, texts in ((TITLE, [subject.label]), (NAME, names), (LESSER, lesser)):
                for text in texts:
                    if stems := subject_stems(text):
                        exact[set_key(stems)].append(len(self.owner))
                        self.owner.append(at)
                        self.rank.append(rank)
                        if subject.kind != "career":
                            bigrams.update(map(" ".join, pairwise(stems)))
                        different = set(stems)
                        stems_of.extend(self._words.setdefault(stem, len(self._words)) for stem in different)
                        size_of.append(len(different))
        self.bigrams = Index(bigrams)
        self._exact = Grouped(exact.items())
        self._arrange(np.array(stems_of, np.int32), np.array(size_of, np.int64))

    def _arrange(self, stems: np.ndarray, sizes: np.ndarray) -> None:
        """Names by word, taught subjects by word, and how rare the words are."""
        names = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        owners = np.array(self.owner, np.int32)
        self._holding = Group.of(stems, len(self._words), names)
        self._rarity = np.log(1 + len(sizes) / np.maximum(1, np.diff(self._holding.starts)))
        whole = np.bincount(names, weights=self._rarity[stems], minlength=len(sizes))
        self._size = array("f", whole.tolist())
        is_taught = np.array([subject.kind != "career" for subject in self.subjects], bool)
        taught = is_taught[owners[names]] if len(names) else np.zeros(0, bool)
        pairs = np.unique(stems[taught].astype(np.int64) << 32 | owners[names][taught])
        self._known = Group.of(pairs >> 32, len(self._words), (pairs & 0xFFFFFFFF).astype(np.int32))
        spoken = set((pairs >> 32).tolist())
        self.taught = frozenset(word for word, at in self._words.items() if at in spoken)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def named(self, stems: Iterable[str]) -> tuple[int, ...]:
        """Names that have exactly these words."""
        return self._exact.get(set_key(stems))

    def holding(self, stems: Iterable[str]) -> list[int]:
        """Names that have all of these words."""
        return self._shared(self._holding, stems)[:MOST_HITS]

    def covering(self, stems: Iterable[str]) -> list[int]:
        """Taught subjects among all of whose names together these words stand."""
        return self._shared(self._known, stems)

    def _shared(self, group: Group, stems: Iterable[str]) -> list[int]:
        """The numbers that all of the words have, in their order."""
        lists = sorted((group.numbers(self._words.get(word, -1)) for word in set(stems)), key=len)
        if not lists or not len(lists[0]):
            return []
        found = lists[0]
        for numbers in lists[1:]:
            at = np.searchsorted(numbers, found)
            at[at == len(numbers)] = 0
            found = found[numbers[at] == found]
        kept: list[int] = found.tolist()
        return kept

    def importance(self, stems: Iterable[str]) -> float:
        """How much words say together, rare words more."""
        return sum(float(self._rarity[at]) for word in set(stems) if (at := self._words.get(word, -1)) >= 0)

    def share(self, name: int, importance: float) -> float:
        """How much of a name such words are; up to 1."""
        return min(1.0, importance / max(self._size[name], 0.001))
