"""Other readings of a text, for "did you mean"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from directory.search.gazetteer import city_key, place_key
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
QUOTES: Final = '"“”„ '
JOINING: Final = frozenset(("or", "and", "vs", "versus", "to"))
LEAST_SHARE: Final = 0.5
LARGE: Final = 20  # ZIP codes
SIZEABLE: Final = 2
#: Letters that are a degree and a state.
LETTER_STATES: Final = frozenset(letters.upper() for letters in LETTERS if letters.upper() in STATES)


def alternatives(
    text: str,
    tokens: tuple[Token, ...],
    chain: list[Reading],
    vocabulary: Vocabulary,
    used: Collection[Reading] = (),
) -> tuple[Alternative, ...]:
    """A place that is also a school, a school that is also a city, a city of another state, and the text as typed.

    `used` are the readings that became filters: a place that is not among them is offered first, in the place's stead.
    """
    found = [
        Alternative(f"Near {reading.data.value}", _in_its_stead(reading, text, tokens, chain))
        for reading in chain
        if reading.kind == "place" and reading.data.kind != "state" and used and reading not in used
    ]
    for reading in chain:
        start, end = tokens[reading.start].start, tokens[reading.end - 1].end
        said = text[start:end]

        def instead(words: str, start: int = start, end: int = end) -> str:
            return " ".join(f"{text[:start]} {words} {text[end:]}".split())

        if reading.read and reading.kind != "filler" and _is_named(tokens[reading.start : reading.end], vocabulary):
            found.append(Alternative(f"Search for “{said}” as typed", instead(f'"{said}"')))
        if reading.kind == "place":
            typed = [token.word for token in tokens[reading.start : reading.end]]
            offered = _of_place(reading, typed, vocabulary) if not used or reading in used else []
            found += [Alternative(label, instead(words)) for label, words in offered]
        elif reading.kind == "literal" and not _is_named(tokens[reading.start : reading.end], vocabulary):
            bare = f"{text[:start].rstrip(QUOTES)} {said} {text[end:].lstrip(QUOTES)}"
            found.append(Alternative(f"Search for {said} without quotation marks", " ".join(bare.split())))
        elif reading.kind == "filter" and reading.data.name == "leads_to" and _is_school(said, vocabulary):
            found.append(Alternative(f"Search for “{said}” in names", instead(f'"{said}"')))
        elif reading.kind == "filter" and reading.data.name == "level" and said in LETTER_STATES:
            state = STATES[said]
            found.append(Alternative(f"In {state}", instead(f"in {state}")))
        elif reading.kind == "unknown" and reading.end - reading.start > 1:
            found += [
                Alternative(label, instead(words))
                for label, words in _around(tokens[reading.start : reading.end], vocabulary)
            ]
        elif reading.kind in ("school", "subject"):
            city = next(
                iter(
                    vocabulary.gazetteer.cities(place_key(token.word for token in tokens[reading.start : reading.end]))
                ),
                None,
            )
            if city and (reading.kind == "school" or (len(chain) > 1 and city.size >= SIZEABLE)):
                found.append(Alternative(f"Near {city.label}", instead(f"near {city.label}")))
    return tuple(dict.fromkeys(found))[:MOST]


def _in_its_stead(kept: Reading, text: str, tokens: tuple[Token, ...], chain: list[Reading]) -> str:
    """The text with one of its places, and without the others and the "or" between them."""
    pieces: list[str] = []
    for at, reading in enumerate(chain):
        beside = [chain[each].kind for each in (at - 1, at + 1) if 0 <= each < len(chain)]
        if reading is kept:
            pieces.append(f"near {kept.data.value}")
        elif reading.kind != "place" and not (tokens[reading.start].word in JOINING and "place" in beside):
            start = tokens[reading.start].start
            end = tokens[reading.end - 1].end
            quoted = tokens[reading.start].quoted
            pieces.append(f'"{text[start:end]}"' if quoted else text[start:end])
    return " ".join(dict.fromkeys(pieces))


def _of_place(reading: Reading, typed: list[str], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The name as a school's, the city that is called like the state, larger cities spelt alike, others of the name."""
    found: list[tuple[str, str]] = []
    words = " ".join(typed)
    bare = words if words in CITY_NICKNAMES else reading.data.value.rpartition(",")[0] or reading.data.value
    near: list[str] = []
    if reading.data.kind == "city":
        found += [(f"Search for “{bare}” in names", f'"{bare}"')] if _is_school(bare, vocabulary) else []
        near += _alike(bare, vocabulary)
    if reading.data.kind == "state":
        near += [city.label for city in vocabulary.gazetteer.cities(words)[:1] if city.size >= LARGE]
    return found + [(f"Near {label}", f"near {label}") for label in (*near, *reading.data.others)]


def _alike(city: str, vocabulary: Vocabulary) -> list[str]:
    """Large cities one letter off from a small one: Pittsburgh for Pittsburg."""
    key = city_key(city)
    own = vocabulary.gazetteer.cities(key)
    if " " in key or not own or own[0].size >= LARGE:
        return []
    near = [vocabulary.gazetteer.cities(word)[:1] for word in vocabulary.spelling.instead(key)]
    return [each.label for cities in near for each in cities if each.size >= LARGE]


def _around(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The place in the name of a school that is not on file: "Boise" of "Boise State"."""
    for size in range(len(tokens) - 1, 0, -1):
        words = [token.word for token in tokens[:size]]
        if usps := STATE_NAMES.get(" ".join(words)):
            return [(f"In {STATES[usps]}", f"in {STATES[usps]}")]
        if cities := vocabulary.gazetteer.cities(place_key(words)):
            return [(f"Near {cities[0].label}", f"near {cities[0].label}")]
    return []


def _is_school(words: str, vocabulary: Vocabulary) -> bool:
    run = school_words(words)
    shares = vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run)) if run else {}
    return max(shares.values(), default=0.0) >= LEAST_SHARE


def _is_named(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> bool:
    """Whether any name has the words as they were typed: else a search for them finds nothing."""
    words = [token.word for token in tokens if token.word not in LITTLE]
    run = school_words(" ".join(words))
    return bool(words) and (bool(match(words, vocabulary)) or (bool(run) and vocabulary.schools.has(run)))
