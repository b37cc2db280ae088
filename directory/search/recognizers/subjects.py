"""Words of fields of study and careers: which of them may belong to a subject."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from directory.search.normalize import LITTLE
from directory.search.recognizers.base import Reading, Run
from directory.search.recognizers.fillers import WORDS
from directory.search.recognizers.phrases import FILLING, FILTERS, NOTES
from directory.search.recognizers.schools import NOT_ALONE
from directory.search.school_names import GENERIC
from directory.search.stems import stem
from directory.search.subject_names import LESSER
from directory.search.vocabulary import Vocabulary

OF_SCHOOLS: Final = GENERIC | {"public", "private", "state", "city"}
OF_LITTLE: Final = 0.4  # "western", "national": rather of a school's name


def subject_readings(run: Run, vocabulary: Vocabulary) -> list[Reading]:
    """A name as a whole, neighbours that stand so in a name, or one word of some name."""
    if run.words[0] in LITTLE or run.words[-1] in LITTLE:
        return []
    subjects = vocabulary.subjects
    stems = tuple(stem(word) for word in run.words if word not in LITTLE)
    count = len(stems)
    read = run.key if run.corrected else ""
    little = 0.2 * (len(run.words) - count)
    named = subjects.named(stems)
    score = 0.0
    if named:
        surest = min(subjects.rank[each] for each in named)
        taught = any(subjects.subjects[subjects.owner[each]].kind != "career" for each in named)
        score = 0.8 * count + 0.4 * (count - 1) + 0.1 if surest == LESSER else 1.0 * count + 0.5 * (count - 1) + 0.2
        score += 0.1 if taught else 0.0
        if surest == LESSER and not taught:  # "tech programs" is no job
            score -= sum(word in WORDS for word in run.words)
    if count > 1 and all(pair in subjects.bigrams for pair in map(" ".join, pairwise(stems))):
        score = max(score, 1.0 * count + 0.5 * (count - 1))
        if not named and all(word in OF_SCHOOLS for word in run.words):
            return []  # "public community college" stands in several titles and is a kind of school
    elif count == 1:
        score = max(score, 1.0 if stems[0] in subjects.taught else 0.7 if stems[0] in subjects else 0.0)
        if run.key in NOT_ALONE:
            score = min(score, OF_LITTLE)
    if count == 1 and (len(run.key) < 2 or run.key in FILLING or run.key in FILTERS or run.key in NOTES):
        return []
    if not score:
        return []
    return [Reading(run.start, run.end, "subject", score + little - run.cost, run.words, read)]
