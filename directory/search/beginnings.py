"""Names found by how they, or one of their words, begin: the best few of thousands in some microseconds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from directory.search.texts import Ends, Texts

#: Counts more than any weight: to be the whole name, its beginning, a word in it, words here and there.
WHOLE, BEGINNING, WORD, SCATTERED = 300.0, 200.0, 100.0, 0.0
#: And within each of these, that the last word is a whole word of the name: "johns" is Johns Hopkins before Johnson.
WHOLE_WORD: Final = 50.0
#: No name is looked at beyond so many letters.
WIDEST: Final = 1024


class Name(NamedTuple):
    """A name as folded words with single spaces; `owner` is the number of what it names, `weight` is below 50.

    `inner` says whether it is also found by the words inside.
    """

    words: str
    owner: int
    weight: float
    inner: bool = True


class Hit(NamedTuple):
    """The place of a name among those given, what it names, and how well it fits: more is better."""

    name: int
    owner: int
    score: float


class Beginnings:
    """The names of one kind of thing."""

    def __init__(self, names: Iterable[Name]) -> None:
        owners, weights, places, inner = array("i"), array("f"), array("I"), array("b")

        def given() -> Iterator[str]:
            for name in names:
                owners.append(name.owner)
                weights.append(name.weight)
                inner.append(name.inner)
                yield name.words[:WIDEST]

        self._texts = Texts(given())
        for number, words in enumerate(self._texts):
            start = self._texts.start(number)
            places.extend(start + at for at in _starts(words, inner=bool(inner[number])))
        self._ends = Ends(self._texts, places)
        found = map(self._texts.number_at, self._ends.places)
        self._names = np.fromiter(found, np.int32, len(self._ends))
        self._owners = np.array(owners, dtype=np.int32)
        self._weights = np.array(weights, dtype=np.float32)
        first = np.isin(np.array(self._ends.places), [self._texts.start(each) for each in range(len(self))])
        self._scores = np.where(first, BEGINNING, WORD).astype(np.float32) + self._weights[self._names]

    def __len__(self) -> int:
        return len(self._texts)

    def best(self, start: str, most: int) -> list[Hit]:
        """The best names that begin with the text or hold a word from which on they do, one for each owner."""
        letters = start.encode()
        low, high = self._ends.beginning(letters)
        if low == high:
            return []
        scores = self._scores[low:high].copy()
        scores[: self._ends.words(letters, low, high)[1] - low] += WHOLE_WORD
        near = max(32, most * 8)  # several names of one owner fit, and only the best of them counts
        top = np.argpartition(-scores, near)[:near] if len(scores) > near else np.arange(len(scores))
        hits = [self._hit(int(self._names[low + at]), float(scores[at])) for at in top]
        hits += [self._hit(name, WHOLE + float(self._weights[name])) for name in self._exact(letters, low, high)]
        return _one_each(hits, most)

    def scattered(self, words: Sequence[str], most: int) -> list[Hit]:
        """The best names that hold all words in any order, each perhaps only by its beginning."""
        stretches = sorted((self._ends.beginning(word.encode()) for word in words), key=lambda each: each[1] - each[0])
        if not stretches or stretches[0][0] == stretches[0][1]:
            return []
        low, high = stretches[0]
        found = np.unique(self._names[low:high])
        for low, high in stretches[1:]:
            found = found[np.isin(found, self._names[low:high])]
        top = found[np.argsort(-self._weights[found], kind="stable")[: most * 8]]
        return _one_each([self._hit(int(name), SCATTERED + float(self._weights[name])) for name in top], most)

    def knows(self, start: str) -> bool:
        """Whether any word begins so."""
        low, high = self._ends.beginning(start.encode())
        return low < high

    def _hit(self, name: int, score: float) -> Hit:
        return Hit(name, int(self._owners[name]), score)

    def _exact(self, text: bytes, low: int, high: int) -> Iterator[int]:
        for at in self._ends.exactly(text, low, high):
            name = int(self._names[at])
            if self._ends.places[at] == self._texts.start(name):
                yield name


def _starts(words: str, *, inner: bool) -> Iterator[int]:
    """Where in the bytes of a name its words begin, or its first one only."""
    yield 0
    whole = words.encode()
    at = whole.find(b" ") + 1 if inner else 0
    while at:
        yield at
        at = whole.find(b" ", at) + 1


def _one_each(hits: Iterable[Hit], most: int) -> list[Hit]:
    """Best first; of equals the one that was given first."""
    found: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda each: (-each.score, each.name)):
        found.setdefault(hit.owner, hit)
    return list(found.values())[:most]
