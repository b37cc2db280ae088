"""Letters that are a degree in one place and a word or a state in another: AS, AA, MS, MA."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import Token
from directory.search.recognizers.awards import LETTERS
from directory.search.recognizers.base import Reading

BESIDE: Final = frozenset(("in", "of"))


def letter_readings(tokens: tuple[Token, ...], at: int) -> list[Reading]:
    """The degree, when the letters stand in capitals before "in", or before a word that says so."""
    token = tokens[at]
    filter_ = LETTERS.get(token.word)
    if filter_ is None:
        return []
    follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if follows in ("degree", "degrees"):
        return [Reading(at, at + 2, "filter", 3.0, filter_)]
    dotted, first = "." in token.said, at == 0 and len(tokens) > 2
    if follows in BESIDE and (token.is_upper or dotted or first):
        return [Reading(at, at + 1, "filter", 1.6, filter_)]
    if token.word == "ms" and token.is_upper and first:
        return [Reading(at, at + 1, "filter", 1.6, filter_)]
    if token.word == "aa":
        return [Reading(at, at + 1, "filter", 1.4 if dotted else 0.9, filter_)]
    return []
