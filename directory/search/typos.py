"""The word that was probably meant: up to two letters off, among the words that the data has."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import log10
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.texts import Index, Texts

SHORTEST: Final = 4
#: From this length two letters may be off wherever they stand; in shorter words the first of two must be right.
LONG: Final = 8
TWO_OFF: Final = 6  # letters, from which two may be wrong
MOST: Final = 3
MOST_PARTS: Final = 4
WEIGHTY: Final = 2.0  # what a word must weigh to be meant by one of four letters
LETTERS_CHECKED: Final = 30
MOST_REMEMBERED: Final = 5_000


class Spelling:
    """`words` -> how much each matters; `core` are those that a well-known wrong word gives way to."""

    def __init__(self, words: Mapping[str, float], core: Iterable[str] = ()) -> None:
        ordered = sorted(words)
        self._words = Texts(ordered)
        self._index = Index(ordered)
        self._weights = array("f", map(words.__getitem__, ordered))
        self.core = frozenset(core)
        self._core = sorted(word for word in self.core if len(word) >= 5)
        able = [word for word in ordered if len(word) >= SHORTEST and word.isalpha()]
        self._able = Texts(able)
        self._lengths = np.array([*map(len, able)], np.int16)
        self._letters = np.array([*map(_letters, able)], np.uint64)
        self._corrections: dict[str, tuple[tuple[str, int], ...]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._index

    def weight(self, word: str) -> float:
        """How much a word matters; 0 for one that nothing is called by."""
        at = self._index.get(word)
        return self._weights[at] if at >= 0 else 0.0

    def corrections(self, typed: str) -> tuple[tuple[str, int], ...]:
        """(word, letters off), likeliest first, three at most; nothing for short words and numbers."""
        held = self._corrections.get(typed)
        if held is None:
            if len(self._corrections) > MOST_REMEMBERED:
                self._corrections.clear()
            held = self._corrections[typed] = self._search(typed)
        return held

    def _search(self, typed: str) -> tuple[tuple[str, int], ...]:
        if not SHORTEST <= len(typed) <= LETTERS_CHECKED or not typed.isalpha():
            return ()
        most = 1 if len(typed) < TWO_OFF else 2
        near = self._near(typed, most)
        found = [(word, off) for word, off in near if word[0] == typed[0]]
        if not any(off == 1 for _, off in found):
            # A wrong first letter is rare: looked for only when the rest is right, or the word is long.
            limit = most if len(typed) >= LONG else 1
            found += [(word, off) for word, off in near if word[0] != typed[0] and off <= limit]
        ranked = sorted(
            (off + (0.6 if word[0] != typed[0] else 0.0) - self._pull(word), word, off)
            for word, off in found
            if len(typed) > SHORTEST or self.weight(word) >= WEIGHTY
        )
        return tuple((word, off) for _, word, off in ranked[:MOST])

    def _near(self, typed: str, most: int) -> list[tuple[str, int]]:
        """Words so few letters off. Most others are told by their length and by which letters they have at all."""
        apart = np.abs(self._lengths - np.int16(len(typed)))
        # A letter more or less changes one bit, another letter two.
        changed = np.bitwise_count(self._letters ^ np.uint64(_letters(typed)))
        near = np.flatnonzero((apart <= most) & (changed <= 2 * most - apart))
        words = [self._able[at] for at in near.tolist()]
        hits = process.extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
        return [(word, int(off)) for word, off, _ in hits]

    def _pull(self, word: str) -> float:
        """A common word is likelier than a rare one that is as near."""
        return min(1.2, 0.3 * log10(1 + self.weight(word)) + (0.35 if word in self.core else 0.0))

    def instead(self, known: str) -> tuple[str, ...]:
        """Core words one letter off from a word that exists but may be a slip: "heath" for "health"."""
        if len(known) < 5 or known in self.core:
            return ()
        key = f"={known}"
        held = self._corrections.get(key)
        if held is None:
            near = process.extract(known, self._core, scorer=OSA.distance, score_cutoff=1, limit=MOST)
            held = self._corrections[key] = tuple((word, 1) for word, *_ in near)
        return tuple(word for word, _ in held)

    def beginning(self, typed: str, *, core: bool = False) -> tuple[str, ...]:
        """The weightiest words (or core words) that begin so, three at most."""
        key = f"{typed}{'+' if core else '*'}"
        held = self._corrections.get(key)
        if held is None:
            low, high = bisect_left(self._words, typed), bisect_left(self._words, typed + "\U0010ffff")
            found = [word for word in self._words[low:high] if word != typed and (not core or word in self.core)]
            found.sort(key=lambda word: (-self.weight(word), word))
            held = self._corrections[key] = tuple((word, 0) for word in found[:MOST])
        return tuple(word for word, _ in held)

    def parts(self, typed: str) -> tuple[str, ...]:
        """Two to four known words that were written as one: "healthinformation"."""
        key = f"|{typed}"
        held = self._corrections.get(key)
        if held is None:
            held = self._corrections[key] = tuple((word, 0) for word in self._split(typed, MOST_PARTS))
        return tuple(word for word, _ in held)

    def _split(self, typed: str, most: int) -> tuple[str, ...]:
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        for at in range(3, min(len(typed), LETTERS_CHECKED) - 2):
            front, back = typed[:at], typed[at:]
            if front not in self:
                continue
            rest = (back,) if back in self else (self._split(back, most - 1) if most > 2 else ())
            if rest:
                words = (front, *rest)
                worth = min(map(self.weight, words)) / len(words)
                best = max(best, (worth, words))
        return best[1] if best[0] >= 0.3 else ()


def _letters(word: str) -> int:
    """Which letters a word has (one bit each) and which of them twice (another bit each), of thirty-two."""
    once = twice = 0
    for letter in word:
        bit = 1 << (ord(letter) & 31)
        twice |= once & bit
        once |= bit
    return once | twice << 32
