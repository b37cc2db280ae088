"""Programs that a question about accreditation leaves out because nobody has said anything about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from directory.filters.program import ProgramFilter
from directory.filters.query_string import address
from directory.search.table.answer import Answer
from directory.search.table.codes import WORDS
from directory.search.table.columns import Columns
from directory.vocab import Standing

SAYS_SO: Final = frozenset({Standing.ACCREDITED, Standing.STATED})


def unconfirmed(chosen: ProgramFilter) -> tuple[str, str] | None:
    """A label with the number of such programs, and the address that lists them; None where there are none.

    A list narrowed to accredited programs, or to an exam that only those open, reads like a list of all of them:
    of most programs it is merely not known.
    """
    silent = str(Standing.NOT_CONFIRMED)
    facets = chosen.question.facets
    if silent in facets.get("accreditation", ()):
        return None
    exams = [slug for slug in facets.get("leads_to", ()) if _levels(chosen.snapshot.columns, slug)]
    if not exams and not facets.get("accreditation"):
        return None
    wanted = {**facets, "accreditation": (silent,)}
    change: dict[str, Any] = {"accreditation": silent}
    if exams:
        levels = {level for slug in exams for level in _levels(chosen.snapshot.columns, slug)}
        wanted["leads_to"] = ()
        wanted["level"] = tuple(sorted(levels & set(facets["level"]) if facets.get("level") else levels))
        if not wanted["level"] or (len(wanted["level"]) > 1 and not facets.get("level")):
            return None  # an address for several levels at once says more than the question did
        change["level"] = wanted["level"][0]
    question = replace(chosen.question, facets=wanted, confirmed=False)
    count = Answer(question, chosen.snapshot.columns).count
    if not count:
        return None
    noun = "program" if count == 1 else "programs"
    label = f"{count:,} more {noun} of which nobody has said whether CAHIIM accredits {'it' if count == 1 else 'them'}"
    return label, address(chosen.data, without=["leads_to", "confirmed"] if exams else [], **change)


def _levels(columns: Columns, slug: str) -> set[str]:
    """The levels of the programs that open the exam, when all of them are said to be accredited; else none."""
    if slug not in columns.certifications:
        return set()
    opens = columns.combinations.opens[:, columns.certifications.index(slug)].astype(bool)
    facets = columns.combinations.facets
    said = {WORDS["accreditation"][code] for code in facets["accreditation"][opens]}
    return set() if said - SAYS_SO else {WORDS["level"][code] for code in facets["level"][opens]}
