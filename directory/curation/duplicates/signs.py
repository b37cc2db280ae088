"""What speaks for two listings being one, or against it, and how much it takes to ask a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

#: Below this nobody is asked.
ENOUGH: Final = 50


class Sign(NamedTuple):
    """Something about a pair: points (negative ones speak against it), and what it is, in words."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two listings by their keys, the smaller first; `score` is 50 to 100."""

    one: int
    other: int
    score: int
    reasons: tuple[str, ...]


def found(one: int, other: int, signs: Iterable[Sign]) -> Iterator[Candidate]:
    """The pair, when enough speaks for it; the strongest sign stands first."""
    held = sorted(signs, key=lambda sign: -sign.points)
    score = sum(sign.points for sign in held)
    if score >= ENOUGH:
        yield Candidate(min(one, other), max(one, other), min(score, 100), tuple(sign.words for sign in held))
