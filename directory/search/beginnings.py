"""Names found by how they, or one of their words, begin: the best few of thousands in some microseconds."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

#: Counts more than any weight: to be the whole name, its beginning, a word in it, words here and there.
WHOLE, BEGINNING, WORD, SCATTERED = 300.0, 200.0, 100.0, 0.0
#: And within each of these, that the last word is a whole word of the name: "johns" is Johns Hopkins before Johnson.
WHOLE_WORD: Final = 50.0
#: No name is looked at beyond so many letters; an end is packed as name * WIDEST + offset.
WIDEST: Final = 1024
#: After the last letter of any alphabet.
_LAST: Final = "\U0010ffff"


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
        given = list(names)
        self._words = [name.words[: WIDEST - 1] for name in given]
        ends = sorted(
            (name.words[at : WIDEST - 1], number * WIDEST + at)
            for number, name in enumerate(given)
            for at in _starts(name)
        )
        self._ends = array("q", (packed for _, packed in ends))
        packed = np.array(self._ends, dtype=np.int64)
        self._names = (packed // WIDEST).astype(np.int32)
        self._owners = np.array([name.owner for name in given], dtype=np.int32)
        self._weights = np.array([name.weight for name in given], dtype=np.float32)
        self._scores = np.where(packed % WIDEST == 0, BEGINNING, WORD).astype(np.float32) + self._weights[self._names]

    def __len__(self) -> int:
        return len(self._words)

    def best(self, start: str, most: int) -> list[Hit]:
        """The best names that begin with the text or hold a word from which on they do, one for each owner."""
        low, high = self._range(start)
        if low == high:
            return []
        scores = self._scores[low:high].copy()
        # A blank sorts before "!", letters after it.
        scores[: bisect_left(self._ends, start + "!", low, high, key=self._end) - low] += WHOLE_WORD
        near = max(32, most * 8)  # several names of one owner fit, and only the best of them counts
        top = np.argpartition(-scores, near)[:near] if len(scores) > near else np.arange(len(scores))
        hits = [self._hit(int(self._names[low + at]), float(scores[at])) for at in top]
        hits += [self._hit(name, WHOLE + float(self._weights[name])) for name in self._exact(start, low, high)]
        return _one_each(hits, most)

    def scattered(self, words: Sequence[str], most: int) -> list[Hit]:
        """The best names that hold all words in any order, each perhaps only by its beginning."""
        stretches = sorted((self._range(word) for word in words), key=lambda each: each[1] - each[0])
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
        low, high = self._range(start)
        return low < high

    def _hit(self, name: int, score: float) -> Hit:
        return Hit(name, int(self._owners[name]), score)

    def _exact(self, text: str, low: int, high: int) -> Iterator[int]:
        # What equals the text sorts before what goes on after it.
        for at in range(low, high):
            packed = self._ends[at]
            if self._end(packed) != text:
                return
            if packed % WIDEST == 0:
                yield packed // WIDEST

    def _range(self, start: str) -> tuple[int, int]:
        low = bisect_left(self._ends, start, key=self._end)
        return low, bisect_left(self._ends, start + _LAST, low, key=self._end)

    def _end(self, packed: int) -> str:
        return self._words[packed // WIDEST][packed % WIDEST :]


def _starts(name: Name) -> Iterator[int]:
    yield 0
    at = name.words.find(" ", 0, WIDEST - 2) + 1 if name.inner else 0
    while at:
        yield at
        at = name.words.find(" ", at, WIDEST - 2) + 1


def _one_each(hits: Iterable[Hit], most: int) -> list[Hit]:
    """Best first; of equals the one that was given first."""
    found: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda each: (-each.score, each.name)):
        found.setdefault(hit.owner, hit)
    return list(found.values())[:most]
