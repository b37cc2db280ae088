"""A reading: what some words of the text may be, and how likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from directory.search.normalize import Token

LONGEST_RUN: Final = 8  # words


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a token: the word itself, what it abbreviates, or what it was mistyped for."""

    words: tuple[str, ...]
    cost: float = 0.0
    corrected: bool = False
    slip: bool = False  # the word exists, and only neighbours can show that another was meant


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring tokens in one of their forms."""

    start: int
    end: int
    words: tuple[str, ...]
    cost: float = 0.0
    corrected: bool = False
    slip: bool = False  # of the last word
    key: str = ""  # the words with blanks between them


@dataclass(frozen=True, slots=True)
class Reading:
    """Tokens `start` to `end` as a "filter", "place", "note", "filler", "school", "subject", "literal" or "unknown".

    `score` is in words: a word that is certainly meant so counts 1 to 2. `data` depends on the kind.
    """

    start: int
    end: int
    kind: str
    score: float
    data: Any = None
    read: str = ""  # what was read, when that is not what was typed


@dataclass(frozen=True, slots=True)
class Filter:
    """A contract parameter with its values."""

    name: str
    values: tuple[str, ...]
    label: str
    note: str = ""  # what the reader must know when it is applied


def numbers(tokens: tuple[Token, ...], at: int) -> float | None:
    """The amount of a number token ("5,000", "5k", "$5000"); None for other tokens and codes like 51.0707."""
    if at >= len(tokens) or tokens[at].kind != "number":
        return None
    word = tokens[at].word
    thousand = word.endswith("k")
    try:
        amount = float(word.removesuffix("k"))
    except ValueError:
        return None
    return amount * 1000 if thousand else amount
