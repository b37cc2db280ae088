"""How well an answer does: what it misses, recall within the first ten, and the rank of the first right result.

One function for the tests and for `script/bench search`, so that both speak of the same figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Any, Final

from tests.search_queries.facts import Facts
from tests.search_queries.predicates import Predicate, Result
from tests.search_queries.reading import Query

TEN: Final = 10
#: Not read for `says`: the results themselves, and the chips, which repeat whatever was typed.
NOT_SAID: Final = frozenset(("results", "facets", "next", "previous", "interpretation"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer misses (nothing: it is right), and its two figures, each 0 to 1."""

    query: Query
    misses: tuple[str, ...]
    recall: float
    reciprocal_rank: float


def results(answer: Mapping[str, Any], facts: Facts) -> list[Result]:
    """The results of an answer of /api/v1/programs/, in order."""
    return [_result(each, facts) for each in answer.get("results", ())]


def judge(query: Query, answer: Mapping[str, Any], facts: Facts) -> Verdict:
    """Compare an answer with what is expected of it. An answer without `count` is a refusal: all is missed."""
    if "count" not in answer:
        return Verdict(query, (f"refused: {answer.get('errors') or answer.get('detail')}",), 0.0, 0.0)
    first = results(answer, facts)[:TEN]
    misses = [*_missing(query, first, facts), *_wrong(query, first, facts), *_unsaid(query, answer)]
    low, high = (0, 0) if query.nothing else query.count or (0, answer["count"])
    if not low <= answer["count"] <= high:
        misses.append(f"{answer['count']} found, not {low} to {high}")
    return Verdict(query, tuple(misses), _recall(query, answer, first, facts), _rank(query, answer, first, facts))


def recall_at_10(verdicts: Iterable[Verdict]) -> float:
    """Of what must come within the first ten, the part that does; each query weighs the same."""
    return fmean(verdict.recall for verdict in verdicts)


def mean_reciprocal_rank(verdicts: Iterable[Verdict]) -> float:
    """1 when the first result is right everywhere, 0.5 when the second is …, 0 when none of ten is."""
    return fmean(verdict.reciprocal_rank for verdict in verdicts)


def _missing(query: Query, first: Sequence[Result], facts: Facts) -> list[str]:
    said = [f"not in the first ten: {one}" for one in query.first_ten if not _among(one, first, facts)]
    if query.first and not (first and query.first.fits(first[0], facts)):
        said.append(f"first is {first[0] if first else 'nothing'}, not {query.first}")
    if query.every and not first:
        said.append(f"nothing found of {query.every}")
    return said


def _wrong(query: Query, first: Sequence[Result], facts: Facts) -> list[str]:
    said = []
    if query.every:
        said += [f"not {query.every}: {each}" for each in first if not query.every.fits(each, facts)][:1]
    for bad in query.none:
        said += [f"must not come: {each}" for each in first if bad.fits(each, facts)][:1]
    if query.order and not _ordered(query.order, first):
        said.append(f"not in order of {query.order}")
    return said


def _unsaid(query: Query, answer: Mapping[str, Any]) -> list[str]:
    chips = {(chip.get("kind"), str(chip.get("value"))) for chip in answer.get("interpretation", ())}
    said = [f"not understood: {kind} {value}" for kind, value in query.understood if (kind, value) not in chips]
    words = json.dumps({name: part for name, part in answer.items() if name not in NOT_SAID}, ensure_ascii=False)
    if query.says and query.says.casefold() not in words.casefold():
        said.append(f"nothing is said of {query.says!r}")
    return said


def _recall(query: Query, answer: Mapping[str, Any], first: Sequence[Result], facts: Facts) -> float:
    """Each predicate of `first_ten` is one part, and `every` is one part, fulfilled by the share that fits."""
    parts = [float(_among(one, first, facts)) for one in query.first_ten]
    if query.every:
        parts.append(fmean(query.every.fits(each, facts) for each in first) if first else 0.0)
    return fmean(parts) if parts else _all_or_nothing(query, answer, first, facts)


def _rank(query: Query, answer: Mapping[str, Any], first: Sequence[Result], facts: Facts) -> float:
    wanted = query.first_ten or ((query.every,) if query.every else ())
    if not wanted:
        return _all_or_nothing(query, answer, first, facts)
    ranks = (rank for rank, each in enumerate(first, 1) if any(one.fits(each, facts) for one in wanted))
    return 1 / next(ranks, float("inf"))


def _all_or_nothing(query: Query, answer: Mapping[str, Any], first: Sequence[Result], facts: Facts) -> float:
    """For a query that names no result: 1 when nothing that must not come comes, and the number fits."""
    low, high = (0, 0) if query.nothing else query.count or (0, answer["count"])
    wrong = _wrong(query, first, facts) or _unsaid(query, answer)
    return float(low <= answer["count"] <= high and not wrong)


def _among(one: Predicate, first: Sequence[Result], facts: Facts) -> bool:
    return any(one.fits(each, facts) for each in first)


def _ordered(name: str, first: Sequence[Result]) -> bool:
    """Lowest first for price and distance, highest first for the others; unknown last in either case."""
    sign = 1 if name in ("price", "distance") else -1
    values = [float("inf") if (value := each.figures[name]) is None else sign * value for each in first]
    return all(one <= other for one, other in pairwise(values))


def _result(each: Mapping[str, Any], facts: Facts) -> Result:
    school = each["school"]
    return Result(
        slug=each["slug"], unitid=school["unitid"], school=school["name"], city=school["city"], state=school["state"],
        cip=each["cip"], level=each["level"], length=each["length"] or "", delivery=each["delivery"],
        control=facts.control.get(school["unitid"], ""), accreditation=each["accreditation"]["status"],
        leads_to=tuple(each["leads_to"]),
        figures={
            **{name: each[name]["value"] for name in ("price", "earnings", "completions")},
            "distance": each["distance_miles"],
        },
    )  # fmt: skip
