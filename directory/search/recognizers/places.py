"""Places in a text: ZIP codes, cities, counties and states, with the words that lead to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log10
from typing import Final

from directory.search.gazetteer import City, place_key
from directory.search.normalize import LITTLE, Token, listed
from directory.search.place_names import (
    CITY_NICKNAMES,
    REGION_STATES,
    REGION_TITLES,
    REGIONS,
    STATE_CODES,
    STATE_NAMES,
    STATE_NICKNAMES,
)
from directory.search.recognizers.base import Filter, Form, Reading, Run
from directory.search.recognizers.phrases import FILLING, FILTERS, NOTES, ONE_LETTER
from directory.search.recognizers.schools import NOT_ALONE
from directory.search.recognizers.states import LEADING, SURE, code_score, is_or_between, states_at
from directory.search.school_names import GENERIC, school_words
from directory.search.stems import stem
from directory.search.vocabulary import Vocabulary
from directory.vocab import STATES

#: Words before a place that say so; the surest first.
BEFORE: Final = (
    ("located", "in"), ("based", "in"), ("close", "to"), ("outside", "of"), ("in", "the"), ("near", "the"),
    ("near",), ("around",), ("in",), ("by",), ("from",), ("outside",), ("at",), ("nearby",), ("for",), ("to",),
)  # fmt: skip
AREA: Final = frozenset(("area", "metro", "region", "vicinity", "suburbs", "metropolitan"))
COUNTIES: Final = ("county", "parish", "borough", "municipio")
OF_REGION: Final = 1.7
DIRECTIONS: Final = listed(
    "north south east west northern southern eastern western central upstate northeast northwest southeast southwest"
    " middle rural"
)
OF_DIRECTION: Final = 0.6
#: ZIP codes: a smaller city is not what a typing error was meant for, unless a place word or a state says so.
WORTH_A_SLIP: Final = 5
SHORT: Final = 6  # letters
LARGE: Final = 20  # ZIP codes: a city that is likelier meant than a word of the same letters


@dataclass(frozen=True, slots=True)
class Found:
    """A place as a reading holds it: `value` stands in `where`; `others` are cities of the same name elsewhere."""

    kind: str  # "zip", "city", "county" or "state"
    value: str
    label: str
    state: str
    others: tuple[str, ...] = ()
    part: str = ""  # of a state, which cannot be chosen: "northern"


def place_readings(
    run: Run, tokens: tuple[Token, ...], ways: tuple[tuple[Form, ...], ...], vocabulary: Vocabulary
) -> list[Reading]:
    """What a run is as a place, by itself and with what stands before and after it."""
    key = place_key(run.words)
    read = run.key if run.corrected else ""
    found = []
    if run.key in REGIONS:
        note = f"“{run.key.title()}” is several states: choose one, or a city, or a ZIP code."
        found.append(Reading(run.start, run.end, "note", OF_REGION * len(run.words), note, read))
    if states := REGION_STATES.get(run.key):
        filter_ = Filter("state", states, f"In {REGION_TITLES.get(run.key, run.key.title())} ({len(states)} states)")
        led = run.start > 0 and tokens[run.start - 1].word == "in"
        score = OF_REGION * len(run.words) - run.cost
        found.append(Reading(run.start - led, run.end, "filter", score + 0.8 * led, filter_, read))
    if usps := STATE_NAMES.get(run.key):
        part = run.words[0] if run.words[0] in DIRECTIONS and run.key in STATE_NICKNAMES else ""
        place = Found("state", usps, f"In {STATES[usps]}", usps, part=part)
        # "Washington state" is said by those who mean no school.
        each = OF_REGION + 0.2 if len(run.words) > 1 and "state" in run.words else 1.6
        found.append(Reading(run.start, run.end, "place", each * len(run.words) - run.cost, place, read))
        found += _part_of(found[-1], tokens)
    elif run.words == (tokens[run.start].word,) and (score := code_score(run.start, tokens)):
        usps = STATE_CODES[run.key]
        place = Found("state", usps, f"In {STATES[usps]}", usps)
        found.append(Reading(run.start, run.end, "place", score, place, read))
        found += _part_of(found[-1], tokens)
    found += _cities(key, run, tokens, ways, vocabulary, read)
    return [longer for reading in found for longer in _with_surroundings(reading, tokens, run, vocabulary)]


def _part_of(state: Reading, tokens: tuple[Token, ...]) -> list[Reading]:
    """ "Northern Ohio": the state, of which no part can be chosen."""
    before = tokens[state.start - 1].word if state.start else ""
    if before not in DIRECTIONS:
        return []
    data = replace(state.data, part=before)
    return [replace(state, start=state.start - 1, score=state.score + OF_DIRECTION, data=data)]


def _cities(
    key: str,
    run: Run,
    tokens: tuple[Token, ...],
    ways: tuple[tuple[Form, ...], ...],
    vocabulary: Vocabulary,
    read: str,
) -> list[Reading]:
    if _is_no_city(run, tokens):
        return []
    gazetteer = vocabulary.gazetteer
    kind = "county" if run.words[-1] in COUNTIES and len(run.words) > 1 else "city"
    cities = gazetteer.counties(key) if kind == "county" else gazetteer.cities(key)
    called = gazetteer.nickname(run.key)
    around = [(*run.words, tokens[run.end].word)] if run.end < len(tokens) else []
    around += [(tokens[run.start - 1].word, *run.words)] if run.start else []
    if called and any(gazetteer.is_city(place_key(words)) for words in around):
        called = None  # "Winston" of Winston-Salem, "Vegas" of Las Vegas
    if called and called not in cities[:1]:
        cities = [called, *(city for city in cities if city != called)]
    if not cities:
        return []
    count = len(run.words)
    word_like = count == 1 and (key in FILLING or key in GENERIC)
    found = []
    for usps, end, sure in states_at(run.end, tokens, ways):
        inside = [city for city in cities if city.state == usps]
        if inside and is_or_between(run.end, tokens, vocabulary):
            continue
        if inside and count == 1 and key in DIRECTIONS and not tokens[run.end].after_comma:
            continue  # "eastern Kentucky" is no hamlet
        if inside and not (word_like and not tokens[run.end].after_comma) and (sure or not tokens[run.end].after_dash):
            score = 1.6 * (count + 1) + 0.8 - run.cost
            found.append(Reading(run.start, end, "place", score, _found(kind, inside[:1], called), read))
    if word_like or run.key in FILTERS or run.key in NOTES:
        return found
    if run.corrected and not called and not _is_led(run, tokens) and _is_doubtful(run, cities[0].size, tokens):
        return found
    if not called and not run.corrected and (larger := _with_last_letter(key, cities[0], vocabulary)):
        kept = Found("city", larger.label, f"Within reach of {larger.label}", larger.state, _labels(cities[:3]))
        return [*found, Reading(run.start, run.end, "place", 1.8 - run.cost, kept, larger.name)]
    size = max(LARGE, cities[0].size) if called else cities[0].size
    bonus = 1.6 if kind == "county" else _of_city(key, run, size, vocabulary, is_nickname=called is not None)
    found.append(Reading(run.start, run.end, "place", bonus * count - run.cost, _found(kind, cities, called), read))
    return found


def _is_no_city(run: Run, tokens: tuple[Token, ...]) -> bool:
    """Letters only (the postal list has an "At&t" that nobody means by that), or a nickname written out: "LA" is read
    as itself and counts one word, because "LA Tech" is a school.
    """
    if all(len(word) == 1 or word in LITTLE for word in run.words):
        return True
    word = tokens[run.start].word
    return run.end == run.start + 1 and (len(word) == 1 or (len(run.words) > 1 and word in CITY_NICKNAMES))


def _with_last_letter(key: str, city: City, vocabulary: Vocabulary) -> City | None:
    """A far larger city whose last letter is missing: "Pittsburg" is rather Pittsburgh than a town of that name."""
    if " " in key or city.size >= LARGE:
        return None
    near = [vocabulary.gazetteer.cities(word)[:1] for word in vocabulary.spelling.instead(key) if word[:-1] == key]
    return next((one for found in near for one in found if one.size >= max(LARGE, 10 * city.size)), None)


def _of_city(key: str, run: Run, size: int, vocabulary: Vocabulary, *, is_nickname: bool) -> float:
    """How likely each word of a bare city is that city: the more ZIP codes, the likelier."""
    each = min(1.8, 0.75 + 0.5 * log10(size))
    if len(run.words) == 1 and size < LARGE and stem(key) in vocabulary.subjects:
        each = min(each, 0.8 if stem(key) in vocabulary.subjects.taught else 1.1)
    if len(run.words) == 1 and size < LARGE and key in NOT_ALONE:
        each = min(each, 0.3)  # there is a hamlet of Western
    if is_nickname and len(run.words) > 1 and vocabulary.schools.has(school_words(run.key)):
        each = 1.0  # "front range" alone is the college; `towns` decides beside a subject
    if key in STATE_NAMES and not is_nickname:
        each = min(each, 1.5)  # New York is the state, unless the state's name or code follows
    return each


def _is_doubtful(run: Run, size: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a mistyped city is too small, or too far from what was typed in a short word."""
    short = run.end - run.start == 1 and len(tokens[run.start].word) <= SHORT
    return size < WORTH_A_SLIP or (short and run.cost > ONE_LETTER)


def _is_led(run: Run, tokens: tuple[Token, ...]) -> bool:
    """Whether "near", "in" or the like stands right before, or "area" right after."""
    before = run.start > 0 and tokens[run.start - 1].word in LEADING
    return before or (run.end < len(tokens) and tokens[run.end].word in AREA)


def _found(kind: str, cities: list[City], called: City | None) -> Found:
    best = cities[0]
    # A hamlet of the same name is no alternative to a big city.
    others = () if called else _labels(city for city in cities[1:4] if city.size * 20 >= best.size)
    return Found(kind, best.label, f"Within reach of {best.label}", best.state, others)


def _labels(cities: Iterable[City]) -> tuple[str, ...]:
    return tuple(city.label for city in cities)


def _with_surroundings(reading: Reading, tokens: tuple[Token, ...], run: Run, vocabulary: Vocabulary) -> list[Reading]:
    """The reading, and the longer ones with "near" before it and "area" after it."""
    found = [reading]
    end = reading.end
    while reading.kind == "place" and end < len(tokens) and tokens[end].word in AREA:
        end += 1
        reading = Reading(reading.start, end, reading.kind, reading.score + 1.0, reading.data, reading.read)
        found.append(reading)
    if reading.kind != "place":
        return found
    for words in BEFORE:
        start = reading.start - len(words)
        if start >= 0 and tuple(token.word for token in tokens[start : reading.start]) == words:
            sure = words[0] in SURE
            is_subject = run.end - run.start == 1 and stem(run.words[0]) in vocabulary.subjects.taught
            more = 1.3 if sure else 0.25 if is_subject or words[0] in ("for", "to", "by", "at") else 0.8
            found += [
                Reading(start, each.end, "place", each.score + more + 0.3 * (len(words) - 1), each.data, each.read)
                for each in list(found)
                if each.start == reading.start
            ]
            break
    return found


def zip_reading(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> list[Reading]:
    """A ZIP code of five or nine digits; one that does not exist becomes a note."""
    word = tokens[at].word
    if tokens[at].kind != "number" or not word.isdecimal() or not word.isascii() or "$" in tokens[at].said:
        return []
    if len(word) not in (5, 9) or "," in tokens[at].said:
        return []
    end = at + 1
    follows = tokens[end] if end < len(tokens) else None
    if len(word) == 5 and follows and follows.after_dash and follows.word.isdecimal() and len(follows.word) == 4:
        end += 1
    found = vocabulary.gazetteer.zip_code(word[:5])
    if found is None:
        note = f"We know no ZIP code {word[:5]}. Check the digits, or type a city."
        return [Reading(at, end, "note", 1.2, note)]
    if found.latitude is None:
        note = f"{found.code} is a military mail code without a place on the map. Type a city or a state."
        return [Reading(at, end, "note", 1.2, note)]
    place = Found("zip", found.code, f"Within reach of {found.code} ({found.city}, {found.state})", found.state)
    reading = Reading(at, end, "place", 1.8 * (end - at), place)
    return _with_surroundings(reading, tokens, Run(at, end, (word,), key=word), vocabulary)
