"""How near two names are, whatever the order of their words and the small ones among them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[a-z0-9]+")
#: Words that say little in a name, and short forms that mean a longer word.
SMALL: Final = frozenset({"the", "of", "and", "at", "in", "for", "inc", "llc", "a", "an"})
LONG: Final = {
    "coll": "college", "univ": "university", "inst": "institute", "tech": "technology", "technical": "technology",
    "comm": "community", "cc": "community", "st": "saint", "mt": "mount", "ctr": "center", "acad": "academy",
    "med": "medical", "mgmt": "management", "info": "information", "admin": "administration", "cert": "certificate",
}  # fmt: skip
#: Words that many schools share; by them alone no two are near.
COMMON: Final = frozenset(
    {"college", "university", "school", "institute", "community", "technology", "academy", "campus", "state", "center"}
)


@lru_cache(maxsize=100_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, sorted, without the small ones, short forms spelt out."""
    plain = WORD.findall(name.lower().replace("'", "").replace("’", ""))
    return tuple(sorted(LONG.get(word, word) for word in plain if word not in SMALL))


def nearness(one: str, other: str) -> float:
    """0 to 1; 1 for names of the same words. Names that share only common words are not near at all."""
    ours, theirs = words_of(one), words_of(other)
    if ours == theirs:
        return 1.0 if ours else 0.0
    if not (set(ours) & set(theirs)) - COMMON and not _misspelt(ours, theirs):
        return 0.0
    return SequenceMatcher(None, " ".join(ours), " ".join(theirs), autojunk=False).ratio()


def _misspelt(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    left, right = " ".join(w for w in ours if w not in COMMON), " ".join(w for w in theirs if w not in COMMON)
    return bool(left and right) and SequenceMatcher(None, left, right, autojunk=False).ratio() >= 0.8
