"""Towns that are also part of a school's name or a word: beside a subject, they are where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from directory.search.gazetteer import place_key
from directory.search.normalize import Token
from directory.search.place_names import STATE_NAMES
from directory.search.recognizers.base import Reading
from directory.search.recognizers.places import Found
from directory.search.stems import stem
from directory.search.subject_names import LESSER
from directory.search.vocabulary import Vocabulary

#: ZIP codes: a town that people may well live near, and one that is surely meant.
SIZEABLE, SURE = 2, 5
OF_TOWN: Final = 1.4  # in words, for each word
OF_SURE_TOWN: Final = 1.7
OF_CAMPUS: Final = 0.5
SURE_PLACE: Final = 1.2  # in words, for a place
WHOLE: Final = 0.99  # of a name
CAMPUS: Final = (
    "no official file names the campuses of a school, so the school is shown wherever it is. "
    "For a place write “near” before it."
)


def prefer_towns(starts: list[list[Reading]], tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
    """Make cities likelier, in place, where something to study stands elsewhere in the text.

    "medical coding Green Bay" is coding near Green Bay; "UW Green Bay" is a school, and so is "Long Beach State", whose
    name goes on. The name of a state and "City" is that city and never the state.
    """
    _leave_to_subjects(starts, tokens, vocabulary)
    studied = [reading for each in starts for reading in each if _is_studied(reading, vocabulary)]
    schools = [reading for each in starts for reading in each if reading.kind == "school"]
    for at, readings in enumerate(starts):
        if len(tokens) > 1 and (town := _in_capitals(at, tokens, vocabulary)):
            readings.append(town)
        for reading in list(readings):
            if reading.kind != "place" or reading.read or reading.data.kind != "city" or reading not in readings:
                continue  # the last: one that was raised together with another form of the same words
            words = [token.word for token in tokens[reading.start : reading.end]]
            least = _least(words, reading, tokens, vocabulary)
            beside = any(each.end <= reading.start or each.start >= reading.end for each in studied)
            if words[-1] == "city" and " ".join(words[:-1]) in STATE_NAMES:
                least, beside = OF_SURE_TOWN, True
            if any(_goes_on(school, reading) for school in schools):
                continue
            if beside and reading.score < least * len(words):
                _raise(starts, reading, least * len(words) - reading.score)


def _leave_to_subjects(starts: list[list[Reading]], tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
    """Take out, in place, schools whose last words are the beginning of a subject behind a place.

    "New York medical coding" is coding in New York, though there is a New York Medical College.
    """
    places = {(each.start, each.end) for readings in starts for each in readings if _is_place(each)}
    subjects = [
        each for readings in starts for each in readings if each.end - each.start > 1 and _is_studied(each, vocabulary)
    ]
    cut = {
        (place[0], subject.start + 1, subject.end)
        for place in places
        for subject in subjects
        if place[1] == subject.start
    }
    for start, least, end in cut:
        starts[start] = [each for each in starts[start] if _is_whole(each) or not least <= each.end < end]


def _is_whole(reading: Reading) -> bool:
    """Whether a reading is no part of a school's name: "Oregon Tech health information" is the school and a subject."""
    return reading.kind != "school" or max(reading.data.values()) > WHOLE


def _is_place(reading: Reading) -> bool:
    return reading.kind == "place" and (reading.data.kind == "state" or reading.score >= SURE_PLACE)


def campus_readings(starts: list[list[Reading]], tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
    """Add, in place, that a hamlet's name right behind a school's is rather one of its campuses.

    "Miami Dade Kendall" is not Miami Dade College near Kendall, Kansas. Which campuses a school has, no file says.
    """
    for each in starts:
        for school in (reading for reading in each if reading.kind == "school"):
            behind = list(starts[school.end]) if school.end < len(starts) else []
            schools = {other.end for other in behind if other.kind == "school"}
            for town in behind:
                if town.kind != "place" or town.data.kind != "city" or not _is_hamlet(town, tokens, vocabulary):
                    continue
                longer = any(other.kind == "school" and other.end >= town.end for other in each)  # "Saint Johns River"
                # Where two schools are named, no school answers to both.
                if town.end not in schools and not longer:
                    starts[school.end].append(replace(town, kind="note", score=town.score + OF_CAMPUS, data=CAMPUS))


def _is_hamlet(town: Reading, tokens: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether the run is the bare name of a place with one ZIP code; a comma or a state beside it makes it sure."""
    run = tokens[town.start : town.end]
    if run[0].after_comma or town.read:
        return False
    words = [token.word for token in run]
    found = vocabulary.gazetteer.cities(place_key(words))
    return bool(found) and found[0].size < SIZEABLE and not vocabulary.gazetteer.nickname(" ".join(words))


def _goes_on(school: Reading, town: Reading) -> bool:
    """Whether a school's name holds the town and more words."""
    longer = school.end - school.start > town.end - town.start
    return longer and school.start <= town.start and school.end >= town.end


def _raise(starts: list[list[Reading]], town: Reading, more: float) -> None:
    """Raise a town, and it with "in" before it or "area" after it just as much."""
    for readings in starts[: town.start + 1]:
        for place, each in enumerate(readings):
            if each.kind == "place" and each.data == town.data and each.end >= town.end:
                readings[place] = replace(each, score=each.score + more)


def _is_studied(reading: Reading, vocabulary: Vocabulary) -> bool:
    if reading.kind == "filter":
        return bool(reading.data.name == "leads_to")
    if reading.kind != "subject":
        return False
    subjects = vocabulary.subjects
    named = (
        (subjects.subjects[subjects.owner[name]], subjects.rank[name])
        for name in subjects.named(map(stem, reading.data))
    )
    return any(rank != LESSER and (subject.kind == "field" or not subject.key[0].isdigit()) for subject, rank in named)


def _least(words: list[str], town: Reading, tokens: Sequence[Token], vocabulary: Vocabulary) -> float:
    """What each word of a town counts at least beside a subject; 0 where it is no town to speak of."""
    found = vocabulary.gazetteer.cities(place_key(words))
    size = found[0].size if found else 0
    run = tokens[town.start : town.end]
    called = vocabulary.gazetteer.nickname(" ".join(words))
    if called and called.label == town.data.value:
        size = SURE
    if size < SIZEABLE or " ".join(words) in STATE_NAMES:
        return 0.0
    # "billings" may be the work; "Billings" among small letters, or a large one at the end, is the town.
    is_word = len(words) == 1 and stem(words[0]) in vocabulary.subjects.taught
    if is_word and not _is_name(run, tokens) and not (size >= 2 * SURE and run[-1] is tokens[-1]):
        return 0.0
    return OF_SURE_TOWN if size >= SURE or is_word else OF_TOWN


def _is_name(run: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a run is written as a name and the rest of the text is not."""
    small = any(token.said.islower() and len(token.said) > 2 for token in tokens if token not in run)
    return small and all(token.said[:1].isupper() and not token.is_upper for token in run)


def _in_capitals(at: int, tokens: Sequence[Token], vocabulary: Vocabulary) -> Reading | None:
    """ "State College" at the end of a text in small letters: a town, though the words have a meaning of their own."""
    run = tokens[at:]
    if len(run) != 2 or run[0].quoted or [token.word for token in run] != ["state", "college"]:
        return None
    found = vocabulary.gazetteer.cities("state college")
    if not found or not _is_name(run, tokens):
        return None
    city = found[0]
    place = Found("city", city.label, f"Within reach of {city.label}", city.state)
    return Reading(at, len(tokens), "place", OF_SURE_TOWN * 2, place)
