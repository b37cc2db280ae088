"""A stencil shows what its template would, for every question."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string

from directory.models import Listing
from directory.profiles.cards import for_cards, program_cards
from directory.profiles.store import Store
from directory.search.freshness import Snapshot
from directory.search.table.answer import Hit
from directory.views.stencil import Stencil, stencil
from tests.directory.filters.asking import cards_on


def test_a_filled_stencil_is_the_rendered_template():
    assert stencil("partials/card_distance.html", ("miles",)).fill(miles="12 miles") == (
        ' <span class="num">(12 miles away)</span>'
    )


def test_percent_signs_and_braces_of_the_template_are_text():
    made = Stencil("partials/notice.html", ("text",), {"title": "100% {sure} %(text)s"})
    assert "100% {sure} %(text)s" in made.fill(text="yes")
    assert "yes" in made.fill(text="yes")


def test_a_hole_that_nobody_fills_is_an_error():
    with pytest.raises(KeyError):
        stencil("partials/card_distance.html", ("miles",)).fill()


def hits(*programs: int) -> list[Hit]:
    return [Hit(program, miles=None, near=True, match=1) for program in programs]


class Maker:
    """Remembers what it was asked to make."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, wanted, snapshot):
        self.asked.append([hit.program for hit in wanted])
        return {hit.program: f"card {hit.program} {snapshot.token}" for hit in wanted if hit.program != 404}


class TestStore:
    def test_each_thing_is_made_once_and_the_missing_ones_together(self):
        make = Maker()
        store, now = Store(make, size=10), Snapshot("a", "")
        assert store.of(hits(1, 2), now) == {1: "card 1 a", 2: "card 2 a"}
        assert store.of(hits(2, 3, 404, 1), now) == {1: "card 1 a", 2: "card 2 a", 3: "card 3 a"}
        assert make.asked == [[1, 2], [3, 404]]

    def test_a_change_of_the_data_drops_everything(self):
        store = Store(Maker(), size=10)
        assert store.of(hits(1), Snapshot("a", "")) == {1: "card 1 a"}
        assert store.of(hits(1), Snapshot("b", "")) == {1: "card 1 b"}

    def test_it_stays_small_and_keeps_what_was_asked_last(self):
        make = Maker()
        store = Store(make, size=3)
        for program in (1, 2, 3, 1, 4):
            store.of(hits(program), Snapshot("a", ""))
        make.asked.clear()
        store.of(hits(1, 3, 4), Snapshot("a", ""))
        assert make.asked == []
        store.of(hits(2), Snapshot("a", ""))
        assert make.asked == [[2]]

    def test_a_page_larger_than_the_store_is_whole(self):
        store = Store(Maker(), size=2)
        assert len(store.of(hits(*range(50)), Snapshot("a", ""))) == 50


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
class TestOnThePage:
    def test_words_of_the_reader_are_text_everywhere(self, client):
        evil = '<script>alert("x")</script>%s%(q)s'
        for query in ({"q": evil}, {"where": evil}, {"level": evil}, {evil: "1"}, {"q": "coding", "cip": evil}):
            page = client.get("/programs/", query).content.decode()
            assert "<script>alert" not in page
            assert "&lt;script&gt;" in page

    def test_no_hole_is_left_open(self, client):
        for query in ("", "q=coding", "where=43901", "q=zzzz", "level=phd&max_price=x", "sort=best&where=x&q=..."):
            page = client.get(f"/programs/?{query}").content.decode()
            assert "\ue000" not in page
            assert "%(" not in page

    def test_one_question_leaves_nothing_behind_for_the_next(self, client):
        plain = client.get("/programs/").content
        client.get("/programs/?q=coding&where=43901&level=associate&sort=price&online_too=1")
        client.get("/programs/?level=phd&where=nowhere&max_price=x")
        assert client.get("/programs/").content == plain

    def test_the_distance_belongs_to_the_question(self, client):
        near = cards_on(client.get("/programs/?where=43901&within=100"))
        assert "miles away" in near["birch-hit-associate"]
        assert "under 1 mile away" in near["maple-hit-associate"]
        assert not any("away)" in card for card in cards_on(client.get("/programs/")).values())

    def test_a_card_of_the_list_is_the_card_of_the_other_pages(self, client):
        """The list reads light rows and shared stencils; school and exam pages read models and the template."""
        listings = list(for_cards(Listing.objects.listed()).order_by("pk"))
        shown = cards_on(client.get("/programs/?per_page=100"))
        assert len(shown) == len(listings) > 10
        for card in program_cards(listings):
            text = render_to_string("partials/program_card.html", {"card": card, "id": card["slug"]})
            (expected,) = cards_on(HttpResponse(text)).values()
            before, _, after = shown[card["slug"]].partition("Why it stands here")
            _, box, acts = after.partition("Compare")
            assert f"{before}{box}{acts}".split() == expected.split()
