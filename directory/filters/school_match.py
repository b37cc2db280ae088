"""Which schools answer to the words of a question, and how well: those that are called so, and those that teach it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from directory.filters.school_text import called
from directory.search.freshness import Snapshot
from directory.search.table.answer import Answer
from directory.search.table.matching import match
from directory.search.table.question import Meaning, Question
from directory.search.understanding import Term

#: Whose name has the words stands before who teaches what they mean.
BY_NAME = 1.0


def answering(terms: Iterable[Term], programs: Question, snapshot: Snapshot) -> dict[int, float]:
    """School.pk -> how well it answers to all the terms, on average to a hundredth; only those that answer to each.

    What is taught counts in the programs that fit `programs`, which holds no words itself.
    """
    every = [_answering(term, programs, snapshot) for term in terms]
    first, *others = every
    return {
        pk: round(sum(each[pk] for each in every) / len(every), 2) for pk in first if all(pk in each for each in others)
    }


def _answering(term: Term, programs: Question, snapshot: Snapshot) -> dict[int, float]:
    if term.kind == "school":
        return {pk: BY_NAME + share for pk, share in term.schools.items()}
    schools = _teaching(term, programs, snapshot)
    named = called(term.corrected or term.said, snapshot.vocabulary)
    for pk, share in (*term.schools.items(), *named.items()):
        schools[pk] = BY_NAME + share
    return schools


def _teaching(term: Term, programs: Question, snapshot: Snapshot) -> dict[int, float]:
    """School.pk -> how well its best program fits the term."""
    if not (term.fields or term.programs):
        return {}
    columns = snapshot.columns
    meaning = Meaning(term.fields, {}, term.programs)
    condition = match(Question(meanings=(meaning,)), columns).conditions[0]
    rows = Answer(Question(facets=programs.facets, meanings=(meaning,), min_price=programs.min_price,
                           max_price=programs.max_price), columns).rows  # fmt: skip
    best = np.zeros(len(columns.schools.latitude), np.float32)
    np.maximum.at(best, columns.school[rows], condition.weights(columns, rows))
    return {pk: float(best[at]) for pk, at in columns.schools.position.items() if best[at] > 0}


def having(programs: Question, snapshot: Snapshot) -> list[int]:
    """Keys of the schools that have a program which fits."""
    columns = snapshot.columns
    some = np.zeros(len(columns.schools.latitude), bool)
    some[columns.school[Answer(programs, columns).rows]] = True
    return [pk for pk, at in columns.schools.position.items() if some[at]]
