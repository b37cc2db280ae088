"""A list that is sorted, narrowed, kept or freed of a choice goes on asking what was asked.

The real forms are read from the pages and sent as a browser sends them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

import pytest
from django.http import QueryDict

from directory.filters.applied import chips
from tests.directory.filters.asking import ask, ask_schools
from tests.search_queries.reading import read_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

#: A word that nothing has.
UNKNOWN: Final = "zzqqx"
LISTS: Final[dict[str, Any]] = {"/programs/": ask, "/schools/": ask_schools}
#: Texts from these, one to four at a time, bring words together that lean on one another.
FRAGMENTS: Final = (
    "medical coding", "billing", "health information", "HIT", "tc", "certification", "hour", "degree", "bachelor's",
    "associate", "certificate", "two year", "RHIT", "rhia", "ccs", "online", "-online", "except online", "hybrid",
    "public", "no for-profit", "for profit", "city college", "community college", "cheap", "nearest", "near me",
    "under $10,000", "within 25 miles", "50 miles", "an hour", "43215", "phoenix", "az", "saint paul", "mn",
    "kansas city", "new york city", "penn state", "california", "central ohio", "bay area", "ohio state", "asu", "suny",
    "miami", "accredited", "evening", "not", "or", "5107", "cip 51.0707", '"coding"', "😀", UNKNOWN, "westbridgeville",
)  # fmt: skip


def _address(**parameters: str) -> str:
    query = QueryDict(mutable=True)
    query.update(parameters)
    return query.urlencode()


def _texts() -> list[str]:
    return [text for query in read_all() for text in (query.text, f"{query.text} {UNKNOWN}")]


def _mixtures(number: int) -> Iterator[dict[str, str]]:
    """The same ones each time; some with something chosen beside the text."""
    chance = random.Random(20261122)  # noqa: S311 - a choice of words
    beside: tuple[dict[str, str], ...] = (
        {},
        {},
        {},
        {"within": "25"},
        {"level": "certificate"},
        {"where": "OH"},
        {"control": "public"},
    )
    for _ in range(number):
        words = chance.choices(FRAGMENTS, k=chance.randint(1, 4))
        yield {"q": " ".join(words), **chance.choice(beside)}


def _form(page: str, name: str) -> QueryDict:
    """What a form of the page sends when its button is pressed."""
    (form,) = re.findall(rf'<form class="[^"]*{name}[^"]*".*?</form>', page, re.DOTALL)
    sent = QueryDict(mutable=True)
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = given.get("type") not in ("checkbox", "radio") or " checked" in tag
        if ticked and "name" in given:
            sent.appendlist(given["name"], unescape(given.get("value", "")))
    for select, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"[^>]* selected', options)
        sent.appendlist(select, chosen[0] if chosen else "")
    return sent


@pytest.mark.parametrize("path", LISTS)
def test_what_is_kept_of_a_question_finds_the_same(path):
    """`lasting` is the `query` of the API and what an alert asks."""
    wrong = []
    for asked in [*({"q": text} for text in _texts()), *_mixtures(300)]:
        chosen = LISTS[path](_address(**asked))
        again = LISTS[path](chosen.lasting)
        if not chosen.problems and (again.problems or again.count != chosen.count):
            wrong.append(f"{asked}: {chosen.count}, {chosen.lasting}: {again.count} {again.problems}")
    assert not wrong, f"{len(wrong)} questions\n" + "\n".join(wrong)


@pytest.mark.parametrize("path", LISTS)
def test_a_chip_that_is_followed_never_leads_to_less_or_to_a_mistake(path):
    wrong = []
    for asked in [*({"q": f"{query.text} {UNKNOWN}"} for query in read_all()), *_mixtures(100)]:
        chosen = LISTS[path](_address(**asked))
        for chip in chips(chosen) if not chosen.problems else ():
            left = LISTS[path](chip.remove_url[1:])
            if left.problems or left.count < chosen.count:
                wrong.append(f"{asked}: {chosen.count}, {chip.remove_url}: {left.count} {left.problems}")
    assert not wrong, f"{len(wrong)} chips\n" + "\n".join(wrong)


#: With a filter, an unknown word, a place that is a school's name as well, a text that is only filters.
SENT: Final = (
    "public xyzzy", "associate penn state california", "online degree westbridgeville", "bachelor's tc", "degree tc",
    "for profit medical coding phoenix az", "medical coding saint paul mn", "new york city medical billing",
    "coding certificate near 43215", "cheap coding", "rhit", f"{UNKNOWN}",
)  # fmt: skip


@pytest.mark.parametrize(("path", "form"), [("/programs/", "sort"), ("/programs/", "facets"), ("/schools/", "sort")])
@pytest.mark.parametrize("text", SENT)
def test_a_form_that_is_sent_asks_the_same(client, path, form, text):
    page = client.get(f"{path}?{_address(q=text)}").content.decode()
    if f'class="{form}' not in page:
        assert LISTS[path](_address(q=text)).count < 2  # nothing to sort
        return
    sent = _form(page, form)
    if form == "sort":
        sent["sort"] = "name"
    assert LISTS[path](sent.urlencode()).count == LISTS[path](_address(q=text)).count


@pytest.mark.parametrize("text", SENT)
def test_a_box_that_is_ticked_narrows_as_if_it_had_been_chosen_at_first(client, text):
    sent = _form(client.get(f"/programs/?{_address(q=text)}").content.decode(), "facets")
    if sent.getlist("delivery"):
        return  # one more way of delivery widens
    sent["delivery"] = "unknown"
    assert ask(sent.urlencode()).count == ask(_address(q=text, delivery="unknown")).count


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("text", SENT)
def test_the_query_of_the_api_finds_the_same(client, path, text):
    body = client.get(f"/api/v1{path}?{_address(q=text)}").json()
    assert client.get(f"/api/v1{path}?{body['query']}").json()["count"] == body["count"]
