"""Other readings of a text, for "did you mean"."""

from __future__ import annotations

from typing import Final

from directory.search.gazetteer import city_key
from directory.search.matching import match
from directory.search.normalize import LITTLE, Token
from directory.search.place_names import CITY_NICKNAMES, STATE_NAMES
from directory.search.recognizers.awards import LETTERS
from directory.search.recognizers.base import Reading
from directory.search.school_names import school_words
from directory.search.understanding import Alternative
from directory.search.vocabulary import Vocabulary
from directory.vocab import STATES

MOST: Final = 4
LEAST_SHARE: Final = 0.5
LARGE: Final = 20  # ZIP codes
SIZEABLE: Final = 2
#: Letters that are a degree and a state.
LETTER_STATES: Final = frozenset(letters.upper() for letters in LETTERS if letters.upper() in STATES)


def alternatives(
    text: str, tokens: tuple[Token, ...], chain: list[Reading], vocabulary: Vocabulary
) -> tuple[Alternative, ...]:
    """A place that is also a school, a school that is also a city, a city of another state, and the text as typed."""
    found: list[Alternative] = []
    for reading in chain:
        start, end = tokens[reading.start].start, tokens[reading.end - 1].end
        said = text[start:end]

        def instead(words: str, start: int = start, end: int = end) -> str:
            return " ".join(f"{text[:start]} {words} {text[end:]}".split())

        if reading.read and reading.kind != "filler" and _is_named(tokens[reading.start : reading.end], vocabulary):
            found.append(Alternative(f"Search for “{said}” as typed", instead(f'"{said}"')))
        if reading.kind == "place":
            typed = " ".join(token.word for token in tokens[reading.start : reading.end])
            bare = typed if typed in CITY_NICKNAMES else reading.data.value.rpartition(",")[0] or reading.data.value
            if reading.data.kind == "city" and _is_school(bare, vocabulary):
                found.append(Alternative(f"Search for “{bare}” in names", instead(f'"{bare}"')))
            if reading.data.kind == "state":
                same = vocabulary.gazetteer.cities(
                    " ".join(token.word for token in tokens[reading.start : reading.end])
                )
                found += [
                    Alternative(f"Near {city.label}", instead(f"near {city.label}"))
                    for city in same[:1]
                    if city.size >= LARGE
                ]
            if reading.data.kind == "city":
                found += [Alternative(f"Near {label}", instead(f"near {label}")) for label in _alike(bare, vocabulary)]
            found += [Alternative(f"Near {label}", instead(f"near {label}")) for label in reading.data.others]
        elif reading.kind == "filter" and reading.data.name == "leads_to" and _is_school(said, vocabulary):
            found.append(Alternative(f"Search for “{said}” in names", instead(f'"{said}"')))
        elif reading.kind == "filter" and reading.data.name == "level" and said in LETTER_STATES:
            state = STATES[said]
            found.append(Alternative(f"In {state}", instead(f"in {state}")))
        elif reading.kind == "unknown" and (usps := STATE_NAMES.get(tokens[reading.start].word)):
            found.append(Alternative(f"In {STATES[usps]}", instead(f"in {STATES[usps]}")))
        elif reading.kind in ("school", "subject"):
            city = next(
                iter(
                    vocabulary.gazetteer.cities(" ".join(token.word for token in tokens[reading.start : reading.end]))
                ),
                None,
            )
            if city and (reading.kind == "school" or (len(chain) > 1 and city.size >= SIZEABLE)):
                found.append(Alternative(f"Near {city.label}", instead(f"near {city.label}")))
    return tuple(dict.fromkeys(found))[:MOST]


def _alike(city: str, vocabulary: Vocabulary) -> list[str]:
    """Large cities one letter off from a small one: Pittsburgh for Pittsburg."""
    key = city_key(city)
    own = vocabulary.gazetteer.cities(key)
    if " " in key or not own or own[0].size >= LARGE:
        return []
    near = [vocabulary.gazetteer.cities(word)[:1] for word in vocabulary.spelling.instead(key)]
    return [each.label for cities in near for each in cities if each.size >= LARGE]


def _is_school(words: str, vocabulary: Vocabulary) -> bool:
    run = school_words(words)
    shares = vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run)) if run else {}
    return max(shares.values(), default=0.0) >= LEAST_SHARE


def _is_named(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> bool:
    """Whether any name has the words as they were typed: else a search for them finds nothing."""
    words = [token.word for token in tokens if token.word not in LITTLE]
    run = school_words(" ".join(words))
    return bool(words) and (bool(match(words, vocabulary)) or (bool(run) and vocabulary.schools.has(run)))
