"""Many short texts in little memory, for what each worker holds: a text of its own costs some 60 bytes in Python, an
entry of a dict a hundred. Here a text costs its letters and a separator, and a key twelve bytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, overload

#: Stands after each text. It sorts before a blank and every letter, so what equals a text stands before what goes on.
END: Final = b"\n"
BLANK: Final = b" "


class Texts(Sequence[str]):
    """Texts without line breaks, by number."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        whole = bytearray()
        starts = array("I", (0,))
        for text in texts:
            whole += text.encode().replace(END, BLANK) + END
            starts.append(len(whole))
        self.bytes = bytes(whole)
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        return self.bytes[self._starts[number] : self._starts[number + 1] - 1].decode()

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def start(self, number: int) -> int:
        """Where in `bytes` a text begins."""
        return self._starts[number]

    def number_at(self, place: int) -> int:
        """The text that has a place of `bytes`."""
        return bisect_right(self._starts, place) - 1


class Ends:
    """The sorted ends of texts, each from the beginning of a word on: what begins so is one stretch of them.

    `places` are places in the bytes of the texts. A stretch is (low, high), empty when nothing begins so.
    """

    def __init__(self, texts: Texts, places: Iterable[int]) -> None:
        self._bytes = whole = texts.bytes
        self.places = array("I", sorted(places, key=lambda at: whole[at : whole.index(END, at)]))

    def __len__(self) -> int:
        return len(self.places)

    def beginning(self, start: bytes, low: int = 0, high: int | None = None) -> tuple[int, int]:
        """What begins with these letters."""
        whole, size = self._bytes, len(start)

        def front(at: int) -> bytes:
            return whole[at : at + size]

        low = bisect_left(self.places, start, low, high, key=front)
        if low == len(self.places) or front(self.places[low]) != start:
            return low, low
        return low, bisect_right(self.places, start, low, high, key=front)

    def words(self, run: bytes, low: int = 0, high: int | None = None) -> tuple[int, int]:
        """What begins with these letters as whole words."""
        whole, size = self._bytes, len(run) + 1

        def front(at: int) -> bytes:
            return whole[at : at + size]

        low = bisect_left(self.places, run + END, low, high, key=front)
        return low, bisect_right(self.places, run + BLANK, low, high, key=front)

    def exactly(self, text: bytes, low: int, high: int) -> Iterator[int]:
        """Of a stretch that begins so, the positions of the ends that say no more."""
        size = len(text) + 1
        for at in range(low, high):
            if self._bytes[self.places[at] : self.places[at] + size] != text + END:
                return
            yield at


class Index:
    """Key -> number of its first place among the keys, -1 for any other.

    Keys are held as their hashes only: of a hundred thousand, two share one of 2**64 once in three billion starts.
    """

    def __init__(self, keys: Iterable[str] = ()) -> None:
        numbered: dict[int, int] = {}
        for number, key in enumerate(keys):
            numbered.setdefault(hash(key), number)
        self._hashes = array("q", sorted(numbered))
        self._numbers = array("I", map(numbered.__getitem__, self._hashes))

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, key: str) -> bool:
        return self.get(key) >= 0

    def get(self, key: str) -> int:
        wanted = hash(key)
        at = bisect_left(self._hashes, wanted)
        return self._numbers[at] if at < len(self._hashes) and self._hashes[at] == wanted else -1


class Grouped:
    """Numbers by key; none for a key that is not there."""

    def __init__(self, groups: Iterable[tuple[str, Iterable[int]]] = ()) -> None:
        keys: list[str] = []
        self._numbers, self._starts = array("i"), array("I", (0,))
        for key, numbers in groups:
            keys.append(key)
            self._numbers.extend(numbers)
            self._starts.append(len(self._numbers))
        self._index = Index(keys)

    def __contains__(self, key: str) -> bool:
        return key in self._index

    def get(self, key: str) -> tuple[int, ...]:
        at = self._index.get(key)
        return tuple(self._numbers[self._starts[at] : self._starts[at + 1]]) if at >= 0 else ()

    def held(self, key: str) -> array[int]:
        """The same as an array, for many numbers."""
        at = self._index.get(key)
        return self._numbers[self._starts[at] : self._starts[at + 1]] if at >= 0 else self._numbers[:0]
