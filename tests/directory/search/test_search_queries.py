"""The list of queries is read strictly, and its judge can tell a right answer from a wrong one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search_queries.facts import Facts
from tests.search_queries.judging import judge, mean_reciprocal_rank, recall_at_10
from tests.search_queries.reading import BadList, Query, read

FACTS = Facts({100001: "public"}, {100001: (40.0, -83.0)}, {"43215": (40.0, -83.0), "Far, OH": (41.0, -83.0)})


def query(tmp_path: Any, body: str) -> Query:
    path = tmp_path / "one.toml"
    path.write_text(f'theme = "t"\n[[query]]\nq = "coding"\nwhy = "w"\n{body}', encoding="utf-8")
    return read(path)[0]


def result(**changes: Any) -> dict[str, Any]:
    figure = {"value": None}
    return {
        "slug": "a", "cip": "51.0713", "level": "certificate", "length": None, "delivery": "unknown",
        "school": {"unitid": 100001, "slug": "s", "name": "Invented College", "city": "Far", "state": "OH"},
        "accreditation": {"status": "not-confirmed"}, "leads_to": ["cca"], "distance_miles": None,
        "price": figure, "earnings": figure, "completions": figure, **changes,
    }  # fmt: skip


def answer(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"count": len(results), "results": list(results), "interpretation": [], "notes": [], **more}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "first_ten = []\nanything = 1",
        'first_ten = ["12"]',
        "every = { colour = 1 }",
        "every = {}",
        "count = [5, 2]",
        'order = "beauty"',
        "nothing = true\ncount = [1, 2]",
        "every = ",
    ],
)
def test_a_line_that_cannot_be_checked_is_refused(tmp_path, body):
    with pytest.raises(BadList, match=r"one\.toml"):
        query(tmp_path, body)


@pytest.mark.parametrize(
    "body",
    [
        'first_ten = ["100001 51.0713 certificate"]',
        'every = { cip = "51.07", state = ["OH", "IN"], control = "public", leads_to = "cca", near = "43215 1" }',
        'first = { school = "invented" }',
        'none = [{ state = "IN" }]',
        "count = [1, 1]",
        'says = "EVENING"',
        'understood = { state = "OH" }',
    ],
)
def test_a_right_answer_misses_nothing(tmp_path, body):
    right = answer(
        result(), notes=["No evening hours are published."], interpretation=[{"kind": "state", "value": "OH"}]
    )
    verdict = judge(query(tmp_path, body), right, FACTS)
    assert (verdict.misses, verdict.recall, verdict.reciprocal_rank) == ((), 1.0, 1.0)


@pytest.mark.parametrize(
    "body",
    [
        'first_ten = ["100002"]',
        'first_ten = ["100001 51.0713 associate"]',
        'every = { control = "for-profit" }',
        'every = { near = "Far, OH 50" }',
        "every = { max_price = 5000 }",
        'first = { cip = "51.0714" }',
        'none = [{ state = "OH" }]',
        "count = [2, 9]",
        "nothing = true",
        'says = "weekend"',
        'understood = { state = "OH" }',
    ],
)
def test_a_wrong_answer_is_told_from_a_right_one(tmp_path, body):
    assert judge(query(tmp_path, body), answer(result()), FACTS).misses


def test_a_refusal_misses_everything(tmp_path):
    verdict = judge(query(tmp_path, "count = [1, 1]"), {"errors": {"q": ["No."]}}, FACTS)
    assert (bool(verdict.misses), verdict.recall, verdict.reciprocal_rank) == (True, 0.0, 0.0)


def test_unknown_prices_come_last_in_an_order_of_prices(tmp_path):
    wanted = query(tmp_path, 'order = "price"')
    known, dearer, unknown = (result(price={"value": price}) for price in (10, 20, None))
    assert not judge(wanted, answer(known, dearer, unknown), FACTS).misses
    assert judge(wanted, answer(unknown, known), FACTS).misses
    assert judge(wanted, answer(dearer, known), FACTS).misses


def test_recall_counts_parts_and_rank_counts_the_first_right_one(tmp_path):
    wanted = query(tmp_path, 'first_ten = [{ cip = "51.0714" }, { cip = "51.0716" }]')
    half = judge(wanted, answer(result(), result(cip="51.0714")), FACTS)
    none = judge(wanted, answer(result()), FACTS)
    assert (half.recall, half.reciprocal_rank) == (0.5, 0.5)
    assert recall_at_10([half, none]) == 0.25
    assert mean_reciprocal_rank([half, none]) == 0.25


def test_only_the_first_ten_count(tmp_path):
    wanted = query(tmp_path, 'first_ten = [{ cip = "51.0714" }]')
    ten = [result() for _ in range(10)]
    assert judge(wanted, answer(*ten, result(cip="51.0714")), FACTS).misses
    assert not judge(wanted, answer(*ten[1:], result(cip="51.0714")), FACTS).misses
