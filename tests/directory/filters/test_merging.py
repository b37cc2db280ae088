"""What a text asks for joins the chosen filters, can be undone, and can be kept."""

from __future__ import annotations

import html
import re

import pytest
from django.http import QueryDict

from directory.filters.applied import chips
from directory.filters.notes import notes
from directory.filters.ways_on import ways_on
from directory.search.understanding import Understanding
from tests.directory.filters.asking import ask, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("coding ohio", "q=coding&where=OH"),
        ("associate in kentucky", "level=associate&where=KY"),
        ("coding certificate near 43901", "q=coding&level=certificate&level=postbacc-certificate&where=43901"),
        ("rhit", "leads_to=rhit"),
        ("online", "delivery=online"),
        ("public coding under $9,000", "q=coding&control=public&max_price=9000"),
    ],
)
def test_a_text_finds_what_its_parameters_find(text, parameters):
    asked = QueryDict(mutable=True)
    asked["q"] = text
    assert found(asked.urlencode()) == found(parameters)
    assert ask(asked.urlencode()).question.facets == ask(parameters).question.facets or "certificate" in text


def test_a_chosen_filter_wins_over_the_text():
    assert ask("q=coding ohio&where=KY").chosen("where").state == "KY"
    assert ask("q=associate&level=masters").chosen("level") == ["masters"]
    assert set(found("q=associate&level=masters")) == set(found("level=masters"))


def test_undoing_what_the_text_asked_for_leaves_the_rest():
    chosen = ask("q=coding ohio associate&control=public")
    kinds = {chip.kind: chip for chip in chips(chosen)}
    assert {"field", "state", "level", "control"} <= set(kinds)
    assert kinds["state"].origin == "ohio"
    assert found(kinds["state"].remove_url[1:]) == found("q=coding&level=associate&control=public")
    assert found(kinds["field"].remove_url[1:]) == found("where=OH&level=associate&control=public")
    for chip in chips(chosen):
        assert chip.label not in [left.label for left in chips(ask(chip.remove_url[1:]))]


def test_undoing_everything_one_by_one_ends_with_everything():
    query = "q=coding certificate in ohio under 9000&control=public"
    for _ in range(20):
        left = chips(ask(query))
        if not left:
            break
        query = left[0].remove_url[1:]
    assert found(query) == found("")


def test_the_forms_carry_the_question_as_it_was_understood(client):
    page = client.get("/programs/?q=coding+ohio&level=associate").content.decode()
    panel = page[page.index('class="facets"') : page.index("</form>", page.index('class="facets"'))]
    assert '<input type="hidden" name="q" value="coding">' in panel
    assert '<input type="hidden" name="where" value="OH">' in panel
    head = page[page.index('class="search') : page.index("</form>", page.index('class="search'))]
    assert 'value="coding ohio"' in head  # what the reader typed stays where it was typed


class TestLasting:
    @pytest.mark.parametrize(
        ("query", "kept"),
        [
            ("q=coding ohio&page=1&per_page=5&sort=price", "q=coding&where=OH"),
            ("state=OH&level=associate&state=KY&level=associate", "level=associate&state=KY&state=OH"),
            ("leads_to=RHIT", "leads_to=rhit"),
            ("", ""),
        ],
    )
    def test_it_is_what_was_understood_in_one_order(self, client, query, kept):
        assert ask(query).lasting == kept
        assert client.get(f"/api/v1/programs/?{query}").json()["query"] == kept

    def test_asking_it_again_finds_the_same(self):
        for query in (
            "q=coding certificate in ohio",
            "q=rhit&where=43901&within=250",
            "max_price=$9,000&control=Public",
        ):
            again = ask(query).lasting
            assert found(again) == found(query)
            assert ask(again).lasting == again


def test_a_text_without_any_meaning_finds_nothing_and_says_so():
    chosen = ask("q=zzzqqqxx")
    assert chosen.count == 0
    assert any("zzzqqqxx" in sentence for sentence in notes(chosen))
    assert ask("q=zzzqqqxx coding").count == ask("q=coding").count
    assert isinstance(chosen.understood, Understanding)


class TestTheSearchForm:
    """It shows the text as it was typed, so what was read out of it must not stick when the text changes."""

    def fields(self, client, query: str) -> list[tuple[str, str]]:
        page = client.get(f"/programs/?{query}").content.decode()
        form = page[page.index('<form class="search') : page.index("</form>", page.index('<form class="search'))]
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
        return [(name, html.unescape(value)) for name, value in hidden]

    def test_what_the_text_was_read_as_is_not_carried(self, client):
        assert self.fields(client, "q=cheap coding associate online") == []

    def test_what_the_reader_chose_is(self, client):
        assert self.fields(client, "q=coding ohio&level=associate&sort=price") == [
            ("level", "associate"), ("sort", "price"),
        ]  # fmt: skip

    def test_another_text_in_the_same_form_is_read_afresh(self, client):
        carried = self.fields(client, "q=cheap coding associate online")
        again = QueryDict(mutable=True)
        again.update({"q": "coding certificate", **dict(carried)})
        assert found(again.urlencode()) == found("q=coding certificate")


def test_an_order_that_the_text_asks_for_is_a_chip_to_undo():
    chosen = ask("q=cheap coding")
    (chip,) = [chip for chip in chips(chosen) if chip.kind == "sort"]
    assert (chip.value, chip.origin) == ("price", "cheap")
    assert ask(chip.remove_url[1:]).sort_key == "relevance"
    assert not [chip for chip in chips(ask("q=coding&sort=price")) if chip.kind == "sort"]


def test_a_value_that_cannot_be_read_takes_nothing_from_the_text():
    chosen = ask("q=coding ohio&where=Xyzzyville")
    assert "where" in chosen.problems
    assert chosen.chosen("where").state == "OH"
    assert chosen.count == ask("q=coding ohio").count
    assert "level" in ask("q=coding associate&level=phd").problems
    assert ask("q=coding associate&level=phd").chosen("level") == ["associate"]


def test_the_file_of_a_page_answers_whatever_could_not_be_read(client):
    for query in ("q=coding&within=7&where=43901", "level=phd&colour=red&q=coding", "page=99&max_price=x"):
        page = client.get(f"/programs/?{query}").content.decode()
        (url,) = re.findall(r'href="(/programs/results\.csv[^"]*)"', page)
        assert client.get(html.unescape(url)).status_code == 200, url


def test_one_word_is_one_chip_though_it_takes_several_values():
    chosen = ask("q=accredited coding&where=KY")
    (chip,) = [chip for chip in chips(chosen) if chip.kind == "accreditation"]
    assert chip.origin == "accredited"
    assert found(chip.remove_url[1:]) == found("q=coding&where=KY")
    assert len(chips(ask("accreditation=stated&accreditation=accredited"))) == 2
    if not chosen.count:
        assert chip.remove_url in [way.url for way in ways_on(chosen)]
