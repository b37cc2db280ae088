"""Schools that nobody here has heard of: their names are no places and no subjects.

"Wake Tech" without a Wake Technical College on file is not the hamlet of Wake, and "Penn State" is not Pennsylvania.
"""

from __future__ import annotations

from typing import Final

from directory.search.gazetteer import place_key
from directory.search.normalize import Token, listed
from directory.search.place_names import STATE_CODES, STATE_NAMES, WORD_CODES
from directory.search.recognizers.base import Form, Reading
from directory.search.school_names import school_words
from directory.search.vocabulary import Vocabulary

#: After a name these make it a school's.
MARKS: Final = listed("tech state college university cc academy")
MORE: Final = listed("university college u univ")
#: "Texas state approved", "Ohio state schools" speak of the state.
OF_STATE: Final = (
    "approv", "certif", "licens", "accred", "fund", "aid", "grant", "schools", "colleges", "universities", "board",
    "law", "residen", "program", "employee",
)  # fmt: skip
#: ZIP codes: "Dallas tech" may be technology in Dallas, "Toledo college" any college there.
#: "Liberty university" is one in Virginia and no university near Liberty, however large that is.
SIZEABLE: Final = {"tech": 5, "technical": 2, "state": 1_000, "college": 2, "university": 1_000, "cc": 2, "academy": 2}
LONGEST: Final = 3  # words before the mark
OF_WORD: Final = 2.2
WHOLE: Final = 0.9  # of a name


def absent_readings(
    tokens: tuple[Token, ...], ways: tuple[tuple[Form, ...], ...], at: int, vocabulary: Vocabulary
) -> list[Reading]:
    """The name of a school that is not on file, as a reading that means nothing."""
    for mark in range(at + 1, min(len(tokens), at + LONGEST + 1)):
        token = tokens[mark]
        if token.quoted or token.after_comma or tokens[mark - 1].kind != "word":
            return []
        if (ends := _of_mechanics(tokens, at, mark, vocabulary)) is not None:
            return ends
        technical = token.word == "technical" and tokens[mark + 1 : mark + 2] and tokens[mark + 1].word == "university"
        if token.word not in MARKS and not technical:
            continue
        words = [tokens[each].word for each in range(at, mark)]
        whole = [*words, token.word]
        if words[-1] == "community":
            return []
        if " ".join(whole) in STATE_NAMES or not _is_name(words, ways[at], vocabulary, token.word):
            return []
        end = mark + 1
        follows = tokens[end].word if end < len(tokens) else ""
        if follows in MORE:
            end += 1
        elif follows.startswith(OF_STATE):
            return []
        if at and vocabulary.schools.has(school_words(" ".join((tokens[at - 1].word, *whole)))):
            return []  # "Northern Kentucky Tech", and no Kentucky Tech behind a word
        if _on_file(whole, words, ways[at], vocabulary):
            return _of_its_name(at, mark + 1, whole, vocabulary) if " ".join(words) in STATE_NAMES else []
        return [Reading(at, end, "unknown", OF_WORD * (end - at))]
    return []


def _of_mechanics(tokens: tuple[Token, ...], at: int, mark: int, vocabulary: Vocabulary) -> list[Reading] | None:
    """ "Alabama A&M" without it is neither the state nor an M; None for other words."""
    words = [token.word for token in tokens[at : mark + 3]]
    if words[mark - at :] != ["a", "and", "m"] or " ".join(words[: mark - at]) not in STATE_NAMES:
        return None
    end = mark + 3
    end += end < len(tokens) and tokens[end].word in MORE
    if vocabulary.schools.has(school_words(" ".join(words))):
        return []
    return [Reading(at, end, "unknown", OF_WORD * (end - at))]


def _is_code(name: str, mark: str) -> bool:
    return (
        mark == "tech" and name in STATE_CODES and name not in WORD_CODES
    )  # "NY tech"; "in tech" and "NY state" are words and the state


def _of_its_name(at: int, end: int, whole: list[str], vocabulary: Vocabulary) -> list[Reading]:
    """The school whose name begins with a state and a mark, though "near" stands before it: "near Ohio State"."""
    run = school_words(" ".join(whole))
    begun = vocabulary.schools.beginning(run)
    held = vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run))
    schools = {pk: share for pk, share in held.items() if pk in begun}
    return [Reading(at, end, "school", OF_WORD * (end - at), schools)] if schools else []


def _is_name(words: list[str], ways: tuple[Form, ...], vocabulary: Vocabulary, mark: str) -> bool:
    """Whether the words are a state or a small town; written short too before "state"."""
    name = " ".join(words)
    if (
        name in STATE_NAMES
        or _is_code(name, mark)
        or any(" ".join(form.words) in STATE_NAMES for form in ways if len(words) == 1)
    ):
        return mark in ("tech", "technical", "state") and (name not in STATE_CODES or _is_code(name, mark))
    cities = vocabulary.gazetteer.cities(place_key(words))
    return bool(cities) and cities[0].size < SIZEABLE[mark]


def _on_file(whole: list[str], words: list[str], ways: tuple[Form, ...], vocabulary: Vocabulary) -> bool:
    """Whether a name of some school begins so, or has all of it."""
    names = vocabulary.schools
    if whole[-1] != "state":  # "Waukesha Tech" is Waukesha County Technical College
        begun = {
            pk
            for pk in names.beginning(school_words(" ".join(words)))
            if not whole[-1].startswith("tech") or "tech" in school_words(names.label[pk])
        }
        if begun and " ".join(words) not in STATE_NAMES:
            return True
        called = names.called(" ".join(school_words(" ".join(words))))
        if any(not whole[-1].startswith("tech") or _is_technical(names.label[pk]) for pk in called):
            return True  # "Virginia Tech" is neither Virginia College nor the University of Virginia
    runs = [school_words(" ".join(whole))]
    if len(words) == 1:
        runs += [school_words(" ".join((*form.words, whole[-1]))) for form in ways]
    if " ".join(words) in STATE_NAMES:  # "Georgia Tech" is not Central Georgia Tech
        return any(names.beginning(run) or _is_whole(run, vocabulary) for run in runs)
    return any(names.has(run) for run in runs)


def _is_technical(name: str) -> bool:
    return any(word.startswith(("tech", "polytech")) for word in school_words(name))


def _is_whole(run: list[str], vocabulary: Vocabulary) -> bool:
    shares = vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run))
    return max(shares.values(), default=0.0) >= WHOLE
