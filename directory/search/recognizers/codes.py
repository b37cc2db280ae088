"""Official codes as people copy them: "51.0707", "CIP 510707", "29-2072", "SOC 29-2072.00"."""

from __future__ import annotations

import re
from typing import Final

from directory.search.normalize import Token, listed
from directory.search.recognizers.base import Reading
from directory.search.vocabulary import Vocabulary

#: Words before a code that say what it is.
BEFORE: Final = listed("cip soc onet code codes")
OF_CODE: Final = 4.0  # surer than the ends of telephone numbers and prices
#: Left by the classification of 2018, and what took its place.
RETIRED: Final = {"29-2071": "29-2072"}
_MAJOR: Final = re.compile(r"\d\d")
_MINOR: Final = re.compile(r"\d{4}(?:\.\d\d)?")


def code_readings(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> list[Reading]:
    """The field or occupation of the code that starts here, with the words before it that say so."""
    start = at
    while at < len(tokens) and tokens[at].word in BEFORE:
        at += 1
    if at == len(tokens) or tokens[at].kind != "number" or "$" in tokens[at].said or "," in tokens[at].said:
        return []
    word = tokens[at].word
    said_so = start < at
    surely = OF_CODE * (1 + at - start)
    codes = vocabulary.subjects.by_code
    end, soc = _occupation(tokens, at)
    cip = word if not soc else ""
    if word.isdecimal() and (len(word) == 6 or (said_so and len(word) == 4)):
        cip = f"{word[:2]}.{word[2:]}"
    if cip in codes and ("." in cip or said_so):
        return [Reading(start, at + 1, "code", surely, codes[cip])]
    if not soc:
        return []
    now = RETIRED.get(soc, soc)
    if now in codes:
        return [Reading(start, end, "code", surely, codes[now], now if now != soc else "")]
    if said_so:
        return [Reading(start, end, "note", surely, f"We know no occupation {soc}.")]
    return []


def _occupation(tokens: tuple[Token, ...], at: int) -> tuple[int, str]:
    """Where a code of an occupation ends, and the code without the two digits of O*NET."""
    if not _MAJOR.fullmatch(tokens[at].word) or at + 1 == len(tokens):
        return at, ""
    follows = tokens[at + 1]
    if follows.kind != "number" or not follows.after_dash or not _MINOR.fullmatch(follows.word):
        return at, ""
    return at + 2, f"{tokens[at].word}-{follows.word[:4]}"
