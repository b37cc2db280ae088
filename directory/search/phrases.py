"""Names in which a run of words can be found wherever it stands, a few microseconds each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from directory.search.texts import BLANK, END, Ends, Index, Texts


class Phrases:
    """The sorted ends of all names, word by word: a run of words is one stretch of them.

    `names` are folded words with single spaces. A stretch is (low, high); empty when nothing continues so.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = Texts(names)
        self._ends = Ends(self.names, _word_starts(self.names.bytes))
        words: list[str] = []
        self._starts = array("I")
        whole = self.names.bytes
        before = b""
        for at, place in enumerate(self._ends.places):
            word = whole[place : whole.index(END, place)].partition(BLANK)[0]
            if word != before:
                words.append(word.decode())
                self._starts.append(at)
                before = word
        self._starts.append(len(self._ends))
        self._words = Index(words)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def start(self, word: str) -> tuple[int, int]:
        """The stretch of the ends that begin with a word."""
        at = self._words.get(word)
        return (self._starts[at], self._starts[at + 1]) if at >= 0 else (0, 0)

    def narrow(self, stretch: tuple[int, int], run: str) -> tuple[int, int]:
        """The part of a stretch that begins with the whole run (the run of the stretch and one word more)."""
        return self._ends.words(run.encode(), *stretch)

    def at(self, stretch: tuple[int, int], most: int) -> Iterator[tuple[int, int]]:
        """(name, offset of the run in it) of a stretch, `most` at most."""
        for place in self._ends.places[stretch[0] : min(stretch[1], stretch[0] + most)]:
            name = self.names.number_at(place)
            yield name, place - self.names.start(name)


def _word_starts(whole: bytes) -> Iterator[int]:
    before = END[0]
    for at, letter in enumerate(whole):
        if before in (BLANK[0], END[0]) and letter not in (BLANK[0], END[0]):
            yield at
        before = letter
