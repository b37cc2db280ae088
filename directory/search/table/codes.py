"""The small codes that columns hold instead of words: what a facet can say, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import numpy as np

from directory.vocab import CONTROL_SLUG, STATES, VETERAN_FACTS, Delivery, Length, LevelGroup, Standing

#: Whole dollars at which a band of prices begins; the last band has no end.
PRICE_STEPS: Final = (0, 2_500, 5_000, 10_000, 20_000, 40_000)
PRICE_UNKNOWN: Final = "unknown"
#: One slug per band, "0-2499" to "40000-", and the prices that nobody knows.
PRICE_BANDS: Final = (
    *(f"{low}-{high - 1}" for low, high in pairwise(PRICE_STEPS)),
    f"{PRICE_STEPS[-1]}-",
    PRICE_UNKNOWN,
)

#: Facet (the parameter's name) -> the words that a row can have; a row's code is the word's position.
#: A word that the reader cannot choose (no length, control not known, a doctorate) has a code all the same.
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "level": tuple(map(str, LevelGroup)),
    "accreditation": tuple(map(str, Standing)),
    "delivery": tuple(map(str, Delivery)),
    "length": (*map(str, Length), ""),
    "control": (*CONTROL_SLUG.values(), ""),
    "state": (*STATES, ""),
    "price": PRICE_BANDS,
}
CODES: Final[dict[str, dict[str, int]]] = {
    name: {word: code for code, word in enumerate(words)} for name, words in WORDS.items()
}


def band_limits(band: str) -> tuple[int, int | None]:
    """The lowest and highest price of a band in whole dollars; None has no end. Not for unknown prices."""
    low, _, high = band.partition("-")
    return int(low), int(high) if high else None


def price_codes(prices: np.ndarray) -> np.ndarray:
    """The band of each price in whole dollars; -1 is a price that nobody knows."""
    bands = np.searchsorted(PRICE_STEPS, prices, side="right") - 1
    return np.where(prices < 0, len(PRICE_BANDS) - 1, bands).astype(np.uint8)


def allowed(name: str, chosen: Iterable[str]) -> np.ndarray:
    """Code -> whether one of the chosen words has it."""
    found = np.zeros(len(WORDS[name]), bool)
    found[[CODES[name][word] for word in chosen]] = True
    return found


def veteran_bits(chosen: Iterable[str]) -> int:
    """The bits of some of VETERAN_FACTS."""
    return sum(1 << VETERAN_FACTS.index(fact) for fact in set(chosen))


#: Mask × fact -> whether the mask has it.
VETERAN_BITS: Final = np.array(
    [[mask >> bit & 1 for bit in range(len(VETERAN_FACTS))] for mask in range(1 << len(VETERAN_FACTS))], np.int64
)
