"""Blanks that are missing or stand in the middle of a word: "codingcertificate", "med icalcoding", "de vry"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from directory.search.forms import SHORT, is_known
from directory.search.normalize import Token
from directory.search.place_names import REGION_STATES, REGIONS
from directory.search.recognizers.phrases import FILLING
from directory.search.vocabulary import Vocabulary

LEAST_SPLIT: Final = 7  # letters
LEAST_JOINED: Final = 5
OF_REGIONS: Final = frozenset(word for name in (*REGIONS, *REGION_STATES) for word in name.split(" "))


def respaced(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens with words joined that nobody has apart, and taken apart that nobody has joined.

    What a token says stays a piece of the text as it stands, blanks and all.
    """
    found: list[Token] = []
    for token in tokens:
        if found and (joined := _joined(found[-1], token, vocabulary)):
            found[-1] = joined
        else:
            found.append(token)
    return tuple(part for token in found for part in _parts(token, vocabulary))


def _joined(one: Token, other: Token, vocabulary: Vocabulary) -> Token | None:
    """Both as one word, where one of them is no word and together they are."""
    apart = other.after_comma or other.after_minus or other.after_dash or other.start > one.end + 1
    if apart or not (_is_plain(one) and _is_plain(other)):
        return None
    word = one.word + other.word
    if len(word) < LEAST_JOINED or not _makes_sense(word, len(one.word), vocabulary):
        return None
    unknown = [each for each in (one, other) if not _is_word(each.word, vocabulary)]
    split = word in vocabulary.spelling.core and not any(_is_common(each.word, vocabulary) for each in (one, other))
    if not (unknown or split) or any(_is_near(each.word, vocabulary) for each in unknown):
        return None
    return replace(one, said=f"{one.said} {other.said}", word=word, end=other.end)


def _parts(token: Token, vocabulary: Vocabulary) -> tuple[Token, ...]:
    word = token.word
    if not _is_plain(token) or len(word) < LEAST_SPLIT or _is_word(word, vocabulary):
        return (token,)
    if vocabulary.spelling.corrections(word):
        return (token,)  # "sinclare" is no sin; both stay ways to read the word (`forms`)
    words = vocabulary.spelling.parts(word)
    if len(words) < 2 or len(token.said) != len(word) or all(part in FILLING for part in words):
        return (token,)  # "nowhere" may be a name; "now here" says nothing
    found, at = [], token.start
    for part in words:
        said = token.said[at - token.start : at - token.start + len(part)]
        found.append(replace(token, said=said, word=part, start=at, end=at + len(part)))
        at += len(part)
    return tuple(found)


def _is_plain(token: Token) -> bool:
    return token.kind == "word" and not token.quoted and token.word.isalpha()


def _is_word(word: str, vocabulary: Vocabulary) -> bool:
    return word in SHORT or word in FILLING or word in OF_REGIONS or is_known(word, vocabulary)


def _is_common(word: str, vocabulary: Vocabulary) -> bool:
    return word in SHORT or word in FILLING or word in vocabulary.spelling.core


def _is_near(word: str, vocabulary: Vocabulary) -> bool:
    """Whether one letter is wrong: then that was meant, and no blank."""
    return any(off <= 1 for _, off in vocabulary.spelling.corrections(word))


def _makes_sense(word: str, blank: int, vocabulary: Vocabulary) -> bool:
    """Whether it is a word, or several of which none ends where the blank stood."""
    if word in vocabulary.spelling:
        return True
    ends, at = set(), 0
    for part in vocabulary.spelling.parts(word) if len(word) >= LEAST_SPLIT else ():
        at += len(part)
        ends.add(at)
    return bool(ends) and blank not in ends
