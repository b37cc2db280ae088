"""The order of a list: as chosen, unknowns last, ties settled, nothing shown twice."""

from __future__ import annotations

from typing import Any

import pytest

from directory.models import Listing
from directory.search.freshness import touch
from tests.directory.catalogue import LISTED
from tests.directory.filters.asking import ask, cards_on, on_page, slugs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def values(query: str, column: str) -> list[Any]:
    rows = dict(Listing.objects.values_list("program__slug", column))
    return [rows[slug] for slug in slugs(query)]


@pytest.mark.parametrize(
    ("sort", "column", "falling"),
    [("price", "price", False), ("earnings", "earnings", True), ("completions", "awards", True)],
)
def test_figures_are_in_order_and_unknown_ones_last(sort, column, falling):
    found = values(f"sort={sort}", column)
    known = [value for value in found if value is not None]
    assert known == sorted(known, reverse=falling)
    assert 1 < len(known) < len(found)
    assert found[len(known) :] == [None] * (len(found) - len(known))


def test_a_known_zero_is_no_unknown():
    order = slugs("sort=completions")
    assert order.index("maple-coding-short") == len(order) - 2  # no awards this year
    assert order[-1] == "elm-him-postbacc"  # withheld


def test_the_nearest_first_is_usual_with_a_point_and_best_match_without():
    assert ask("where=43901").sort_key == "distance"
    assert ask("where=Ohio").sort_key == ask("").sort_key == ask("q=coding").sort_key == "relevance"
    # Also with words: every result fits them, and the place was named.
    for query in ("q=coding&where=43901", "q=coding 43901", "q=maple coding near 43911"):
        assert ask(query).sort_key == "distance", query
    assert ask("q=coding 43901&sort=relevance").sort_key == "relevance"
    assert ask("q=cheap coding 43901").sort_key == "price"
    assert slugs("where=43901&within=100") == slugs("where=43901&within=100&sort=distance")
    found = slugs("where=43911&within=100&level=associate&level=certificate")
    assert [slug.partition("-")[0] for slug in found] == ["birch"] * 2 + ["maple"] * 3 + ["cedar"] * 2


def test_best_match_falls_by_the_published_points():
    points = values("sort=relevance", "rank_points")
    assert points == sorted(points, reverse=True)
    assert slugs("")[0] == "maple-hit-associate"


def test_by_name_is_by_the_name_of_the_school():
    names = values("sort=name", "school_name")
    assert names == sorted(names)


@pytest.mark.parametrize("sort", ["relevance", "price", "earnings", "completions", "name"])
def test_pages_never_overlap_and_leave_nothing_out(client, sort):
    pages = [on_page(client.get(f"/programs/?sort={sort}&per_page=5&page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [5, 5, 2]
    together = [slug for page in pages for slug in page]
    assert together == slugs(f"sort={sort}")
    assert set(together) == set(LISTED)


def test_equal_rows_keep_one_order():
    Listing.objects.update(rank_points=1.0, price=None, price_note="not-reported", school_name="Same")
    touch()
    first = slugs("sort=price")
    assert first == slugs("sort=price") == slugs("sort=name") == slugs("")


def test_each_result_says_why_it_stands_there(client):
    cards = cards_on(client.get("/programs/?where=43901&sort=price"))
    why = {slug: card.partition("Why it stands here:")[2].split("; ") for slug, card in cards.items()}
    assert why["maple-hit-associate"][0].strip() == "lowest price first"
    assert any("accreditation known" in reason for reason in why["maple-hit-associate"])
    assert not any("accreditation" in reason for reason in why["maple-coding-short"])
