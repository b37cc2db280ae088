"""Names in which a run of words can be found wherever it stands, a few microseconds each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence


class Phrases:
    """A sorted list of the ends of all names, word by word: a run of words is one stretch of it.

    `names` are folded words with single spaces. A stretch is (low, high); empty when nothing continues so.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        ends: list[tuple[str, int]] = []
        for at, name in enumerate(names):
            offset = 0
            while offset >= 0:
                ends.append((name[offset:], at * 1024 + offset))
                offset = name.find(" ", offset) + 1 or -1
        ends.sort()
        self._ends = array("q", [packed for _, packed in ends])
        self._first: dict[str, tuple[int, int]] = {}
        for at, (end, _) in enumerate(ends):
            word = end.partition(" ")[0]
            low, _high = self._first.get(word, (at, at))
            self._first[word] = (low, at + 1)

    def __contains__(self, word: str) -> bool:
        return word in self._first

    def words(self) -> Iterator[str]:
        return iter(self._first)

    def start(self, word: str) -> tuple[int, int]:
        """The stretch of the ends that begin with a word."""
        return self._first.get(word, (0, 0))

    def narrow(self, stretch: tuple[int, int], run: str) -> tuple[int, int]:
        """The part of a stretch that begins with the whole run (the run of the stretch and one word more)."""
        low, high = stretch
        if high - low == 1:
            end = self._end(self._ends[low])
            return stretch if end == run or end.startswith(run + " ") else (0, 0)
        # A blank sorts before "!", letters after it.
        low = bisect_left(self._ends, run, low, high, key=self._end)
        return low, bisect_left(self._ends, run + "!", low, high, key=self._end)

    def at(self, stretch: tuple[int, int], most: int) -> Iterator[tuple[int, int]]:
        """(name, offset of the run in it) of a stretch, `most` at most."""
        for packed in self._ends[stretch[0] : min(stretch[1], stretch[0] + most)]:
            yield divmod(packed, 1024)

    def _end(self, packed: int) -> str:
        at, offset = divmod(packed, 1024)
        return self.names[at][offset:]
