"""States in a text: two letters that may be a word, and a state after its city."""

from __future__ import annotations

from typing import Final

from directory.search.gazetteer import LONGEST_CITY, place_key
from directory.search.normalize import Token
from directory.search.place_names import (
    ALWAYS_STATE,
    CITY_NICKNAMES,
    NEVER_BARE,
    STATE_CODES,
    STATE_NAMES,
    WORD_CODES,
)
from directory.search.recognizers.base import Form
from directory.search.recognizers.phrases import FILLING, FILTERS
from directory.search.stems import stem
from directory.search.vocabulary import Vocabulary

SURE: Final = frozenset(("near", "around", "close", "located", "based", "outside", "nearby"))
LEADING: Final = SURE | {"in"}


def code_score(at: int, tokens: tuple[Token, ...]) -> float:
    """How likely two letters are a state by themselves; their city is looked at elsewhere."""
    token = tokens[at]
    word = token.word
    if word not in STATE_CODES:
        return 0.0
    if word not in WORD_CODES or word in ALWAYS_STATE:
        return 1.5
    if word == "or" and 0 < at < len(tokens) - 1 and not token.after_comma and tokens[at - 1].word not in LEADING:
        return 0.0  # "coding OR billing"
    small = any(other.said.islower() for other in tokens if other is not token and len(other.said) > 1)
    if token.after_comma or (token.is_upper and len(token.said) > 1 and small and word != "la"):
        return 1.5
    if word in NEVER_BARE:
        led = at > 0 and tokens[at - 1].word in ("near", "around", "in") and at == len(tokens) - 1
        return 1.2 if led and word not in ("in", "or", "me", "as", "la") else 0.0
    return 1.35 if at == len(tokens) - 1 or (at == 0 and len(tokens) > 1) else 0.4


def is_or_between(at: int, tokens: tuple[Token, ...], vocabulary: Vocabulary) -> bool:
    """Whether an "or" after one city stands before another: "Dallas or Houston" is no Dallas in Oregon."""
    if tokens[at].word != "or" or tokens[at].after_comma:
        return False
    words = [token.word for token in tokens[at + 1 : at + 1 + LONGEST_CITY]]
    for size in range(len(words), 0, -1):
        run, key = " ".join(words[:size]), place_key(words[:size])
        taught = size == 1 and stem(run) in vocabulary.subjects.taught
        if run in STATE_NAMES or run in CITY_NICKNAMES or (run in STATE_CODES and run not in WORD_CODES):
            return True
        if vocabulary.gazetteer.is_city(key) and not taught and not (size == 1 and run in FILLING | set(FILTERS)):
            return True
    return False


def states_at(at: int, tokens: tuple[Token, ...], ways: tuple[tuple[Form, ...], ...]) -> list[tuple[str, int, bool]]:
    """(USPS, end, whether it was written out) of a state that starts here, after a city."""
    if at >= len(tokens) or tokens[at].quoted:
        return []
    found = []
    if usps := STATE_CODES.get(tokens[at].word):
        found.append((usps, at + 1, False))
    names = [""]
    for end in range(at + 1, min(len(tokens), at + 4) + 1):
        names = [
            f"{name} {word}".strip() for name in names for form in ways[end - 1][:4] for word in (" ".join(form.words),)
        ][:8]
        found += [(STATE_NAMES[name], end, True) for name in names if name in STATE_NAMES]
    return found
