"""The fields of study that an exam is about, for the order of the programs that lead to it."""

from __future__ import annotations

from collections.abc import Iterable

from directory.search.normalize import name_words
from directory.search.vocabulary import Vocabulary


def own_fields(slugs: Iterable[str], vocabulary: Vocabulary) -> dict[str, float]:
    """CIP code -> how much the exams are about it, up to 1; empty where no field stands before another.

    "CPC" is open to everybody, so every program in its fields leads to it; one in coding is meant for it.
    """
    found: dict[str, float] = {}
    for slug in slugs:
        exam = vocabulary.exams.get(" ".join(name_words(slug)))
        for cip, well in exam.fields if exam else ():
            found[cip] = max(well, found.get(cip, 0.0))
    return found if len(set(found.values())) > 1 else {}
