"""Exams by acronym and name, as "leads to"; and the bodies that issue them."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import Token, listed
from directory.search.recognizers.base import Filter, Reading, Run
from directory.search.vocabulary import Vocabulary

#: Words after an exam's name that belong to it: "RHIT certification" is no certificate.
AFTER: Final = listed(
    """
    exam exams certification certifications certified credential credentials test tests cert certs license licensure
    registered
    """
)


def exam_readings(run: Run, tokens: tuple[Token, ...], vocabulary: Vocabulary) -> list[Reading]:
    """The exam that a run names; or a note for a body, which issues several."""
    exam = vocabulary.exams.get(run.key)
    read = run.key if run.corrected else ""
    if exam is None:
        if acronyms := vocabulary.bodies.get(run.key):
            note = (
                f"Of the exams of {tokens[run.start].said.upper() if run.end - run.start == 1 else run.key.title()}"
                f" we list {', '.join(acronyms)}: name one of them to see the programs that lead to it."
            )
            return [Reading(run.start, run.end, "note", 1.5 * len(run.words) - run.cost, note, read)]
        return []
    filter_ = Filter("leads_to", (exam.slug,), f"Leads to {exam.acronym}")
    count = len(run.words)
    score = 1.75 * count + 0.2 * (count - 1) - run.cost
    found = [Reading(run.start, run.end, "filter", score, filter_, read)]
    end = run.end
    while end < len(tokens) and tokens[end].word in AFTER:
        end += 1
        score += 1.5
        found.append(Reading(run.start, end, "filter", score, filter_, read))
    return found
