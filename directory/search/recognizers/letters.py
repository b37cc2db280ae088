"""Letters that are a degree in one place and a word or a state in another: AS, AA, MS, MA."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import Token
from directory.search.recognizers.awards import LETTERS, PHRASES
from directory.search.recognizers.base import Reading
from directory.search.stems import stem
from directory.search.vocabulary import Vocabulary

BESIDE: Final = frozenset(("in", "of"))


#: A degree before a subject: "MS nursing", "AS health information".
BEFORE_SUBJECT: Final = frozenset(("as", "ms"))
#: What is rather taught for a master's degree than in Mississippi.
OF_MASTERS: Final = ("informatic", "administ", "manage", "analy", "nurs", "science", "public")
OF_CAPITALS: Final = 1.6
OF_HAD: Final = 4.0
HAD: Final = "what you have already is not searched by; shown is the award that it leads to."


def letter_readings(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> list[Reading]:
    """The degree, when the letters stand in capitals before "in" or a subject, or before a word that says so."""
    token = tokens[at]
    if had := _had(tokens, at):
        return [had]
    filter_ = LETTERS.get(token.word)
    if filter_ is None:
        return []
    follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if follows in ("degree", "degrees"):
        return [Reading(at, at + 2, "filter", 3.0, filter_)]
    dotted, first = "." in token.said, at == 0 and len(tokens) > 2
    if follows in BESIDE and (token.is_upper or dotted or first):
        return [Reading(at, at + 1, "filter", 1.6, filter_)]
    before_subject = (token.word == "ms" and first) or stem(follows) in vocabulary.subjects.taught
    if token.word in BEFORE_SUBJECT and before_subject and token.is_upper and not token.after_comma:
        return [Reading(at, at + 1, "filter", OF_CAPITALS, filter_)]
    if token.word == "ms" and at == 0 and any(each.word.startswith(OF_MASTERS) for each in tokens[1:4]):
        return [Reading(at, at + 1, "filter", OF_CAPITALS, filter_)]
    if token.word == "aa":
        return [Reading(at, at + 1, "filter", 1.4 if dotted else 0.9, filter_)]
    return []


def _had(tokens: tuple[Token, ...], at: int) -> Reading | None:
    """ "AS to BS", "associate to bachelors": the degree that the reader has is not looked for."""
    words = [token.word for token in tokens[at : at + 3]]
    if len(words) < 3 or words[1] != "to" or not all(_is_degree(word) for word in (words[0], words[2])):
        return None
    return Reading(at, at + 2, "note", OF_HAD, HAD)


def _is_degree(word: str) -> bool:
    return word in LETTERS or getattr(PHRASES.get(word), "name", "") == "level"
