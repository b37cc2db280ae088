"""All phrases with a fixed meaning in one table."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import COMPOUNDS
from directory.search.place_names import CITY_NICKNAMES
from directory.search.recognizers import (
    accreditation,
    awards,
    control,
    delivery,
    fillers,
    negation,
    sorting,
    unpublished,
)
from directory.search.recognizers.base import Filter, Reading, Run

_TABLES: Final = (
    (delivery.PHRASES, 1.45),
    (awards.PHRASES, 1.4),
    (control.PHRASES, 1.25),
    (accreditation.PHRASES, 1.5),
    (sorting.PHRASES, 1.4),
)
FILTERS: Final[dict[str, tuple[Filter, float]]] = {
    phrase: (filter_, score) for table, score in _TABLES for phrase, filter_ in table.items()
}
NOTES: Final = unpublished.PHRASES
#: Only long words are surely mistyped filling words: others may be names.
LONG: Final = 7
ONE_LETTER: Final = 0.31
OF_MISTYPED: Final = 0.05
DENYING: Final = negation.WORDS | negation.PHRASES
FILLING: Final = fillers.WORDS | fillers.PHRASES | DENYING
#: The words of all of these, for spelling: "assocaite", "onlin".
PHRASE_WORDS: Final = frozenset(
    word for phrase in (*FILTERS, *NOTES, *FILLING) for word in phrase.split(" ") if word.isalpha()
) | frozenset((*COMPOUNDS, *(name for name in CITY_NICKNAMES if name.isalpha())))


def phrase_readings(run: Run) -> list[Reading]:
    """What a run of words means by itself. Longer phrases win by having more words."""
    found = []
    count = len(run.words)
    read = run.key if run.corrected else ""
    if run.key in FILTERS:
        filter_, score = FILTERS[run.key]
        found.append(Reading(run.start, run.end, "filter", score * count + 0.2 * (count - 1) - run.cost, filter_, read))
    if run.key in NOTES:
        score = 1.3 * count + 0.2 * (count - 1) - run.cost
        found.append(Reading(run.start, run.end, "note", score, NOTES[run.key], read))
    if run.key in DENYING:
        score = 2.5 if count > 1 else 0.2
        found.append(Reading(run.start, run.end, "denial", score - run.cost, None, read))
    elif run.key in FILLING:
        score = 0.2 * count + 0.1 * (count - 1) - run.cost
        if run.corrected and len(run.key) >= LONG and run.cost <= ONE_LETTER:
            score = max(score, OF_MISTYPED)  # "programms"
        found.append(Reading(run.start, run.end, "filler", score, None, read))
    return found
