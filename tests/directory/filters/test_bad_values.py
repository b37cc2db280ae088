"""What cannot be read is named beside its field, everything else applies, and nothing is ever a server error."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.filters.notes import notes
from tests.directory.catalogue import LISTED
from tests.directory.filters.asking import ask, complaints_on, found, on_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NAMES = (
    "q", "where", "within", "level", "length", "accreditation", "leads_to", "confirmed", "delivery", "online_too",
    "control", "state", "cip", "max_price", "min_price", "sort", "page", "per_page",
)  # fmt: skip
#: What people, machines and attackers put into an address.
ODD = {
    "ten thousand letters": "x" * 10_000,
    "ten thousand digits": "9" * 10_000,
    "NUL": "\x00",
    "NUL in text": "Maple\x00Fork",
    "quotes": "\"'`",
    "markup": "<script>alert(1)</script>",
    "right to left": "\u202eesrever \u05d0\u05d1",
    "emoji": "😀",
    "SQL": "'; DROP TABLE directory_listing; --",
    "SQL pattern": "%_%",
    "regular expression": "(((.*)+)+)+$",
    "template": "{{ 7|add:7 }}{% now 'Y' %}",
    "percent": "%",
    "minus": "-1",
    "not a number": "nan",
    "not finite": "1e999",
    "list": "[]",
    "path": "../../etc/passwd",
}
#: Odd bytes that are no text; a browser never sends them, a machine may.
ODD_BYTES = ("%ED%A0%80", "%FF%FE", "%C3%28", "%", "%zz", "+", "%0d%0aSet-Cookie:%20a=b")


def asked(query: str) -> bool:
    """Whether everything in the question could be read; runs it either way."""
    chosen = ask(query)
    chosen.answer.page(0, 5)
    notes(chosen)
    return not chosen.problems


def ask_both(client, query: str) -> None:
    """The page answers 200, the API 200 or a well-formed 400."""
    page = client.get(f"/programs/?{query}", follow=True)  # empty fields leave the address
    assert page.status_code == 200
    answer = client.get(f"/api/v1/programs/?{query}")
    assert answer.status_code in (200, 400), query
    if answer.status_code == 400:
        assert set(answer.json()) == {"type", "title", "status", "detail", "errors"}
    assert bool(ask(query).problems or complaints_on(page)) == (answer.status_code == 400)


@pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())
def test_odd_values_are_messages_and_never_server_errors(client, value):
    alone = {name: asked(urlencode({name: value})) for name in NAMES}
    assert not alone["within"]
    assert not alone["state"]
    ask_both(client, urlencode(dict.fromkeys(NAMES, value) | {value: "1"}))


@pytest.mark.parametrize("raw", ODD_BYTES)
def test_bytes_that_are_no_text_are_messages_and_never_server_errors(client, raw):
    for name in NAMES:
        asked(f"{name}={raw}")
    ask_both(client, "&".join(f"{name}={raw}" for name in NAMES))
    ask_both(client, f"{raw}=1&{raw}")


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'--><b>"])
def test_nothing_typed_becomes_markup(client, markup):
    for query in (
        urlencode(dict.fromkeys((*NAMES, markup), markup)),
        urlencode({"q": f"coding {markup}", "where": "43901", "leads_to": "rhit"}),
        urlencode({"q": f"plumbing {markup}"}),
    ):
        assert markup not in client.get(f"/programs/?{query}").content.decode()


BAD = [
    ("within=7", "within", "one of 10, 25, 50, 100, 250 miles"),
    ("within=fifty", "within", "one of 10, 25, 50, 100, 250 miles"),
    ("level=phd", "level", "“phd”"),
    ("level=phd", "level", "“phd”"),
    ("length=forever", "length", "“forever”"),
    ("accreditation=withdrawn", "accreditation", "“withdrawn”"),
    ("leads_to=mba", "leads_to", "“mba”"),
    ("confirmed=yes", "confirmed", "confirmed=1"),
    ("confirmed=0", "confirmed", "confirmed=1"),
    ("delivery=mail", "delivery", "“mail”"),
    ("online_too=true", "online_too", "online_too=1"),
    ("control=state", "control", "“state”"),
    ("state=ZZ", "state", "“ZZ”"),
    ("state=Ohia", "state", "“Ohia”"),
    ("cip=health", "cip", "“health”"),
    ("cip=51", "cip", "“51”"),
    ("cip=51.07070", "cip", "“51.07070”"),
    ("cip=51.9999&cip=51.98", "cip", "“51.9999”, “51.98”: we know no such"),
    ("max_price=cheap", "max_price", "whole number"),
    ("max_price=-1", "max_price", "whole number from 0"),
    ("max_price=9.50", "max_price", "whole number"),
    ("min_price=1000001", "min_price", "1,000,000"),
    ("sort=best", "sort", "relevance, distance, price"),
    ("sort=distance", "sort", "needs a place"),
    ("sort=distance&where=Kentucky", "sort", "needs a place"),
    ("page=0", "page", "from 1"),
    ("page=-3", "page", "from 1"),
    ("page=two", "page", "whole number"),
    ("page=2", "page", "only one page"),
    ("page=99999", "page", "only one page, and no page 99,999"),
    ("page=999999999999999999999", "page", "whole number"),
    ("per_page=0", "per_page", "from 1 to 100"),
    ("per_page=101", "per_page", "from 1 to 100"),
    ("where=Nowhere Falls", "where", "no city “Nowhere Falls”"),
    ("where=99999", "where", "no ZIP code 99999"),
    ("where=09901", "where", "military"),
    ("q=😀", "q", "no letter or digit"),
    ("q=...", "q", "no letter or digit"),
    ("q=" + "cedar+" * 40, "q", "200 are the most that can be searched for. Left out: “cedar"),
    ("colour=red", "colour", "There is no filter “colour”"),
    ("levels=associate", "levels", "Did you mean “level”?"),
    ("Level=associate", "Level", "Did you mean “level”?"),
    ("within=10&within=25&where=Kentucky", "within", "Give one value, not 2"),
    ("where=43901&where=43911", "where", "Give one value, not 2"),
    ("sort=price&sort=name", "sort", "Give one value, not 2"),
    ("max_price=1&max_price=2&max_price=3", "max_price", "Give one value, not 3"),
    ("page=1&page=2&per_page=5", "page", "Give one value, not 2"),
    ("q=coding&q=billing", "q", "Give one value, not 2"),
    ("&".join(f"cip=51.{number:04}" for number in range(60)), "cip", "50 at most"),
]  # fmt: skip


#: What finds one program, whatever else is asked and cannot be read.
OTHER = {
    "anything": "&length=2-4-years",
    "length": "&state=KY&q=cedar&level=certificate&sort=price&per_page=1&page=2",
}


@pytest.mark.parametrize(("query", "name", "says"), BAD, ids=[query[:40] for query, *_ in BAD])
def test_a_bad_value_is_named_and_refused_and_the_other_filters_apply(client, query, name, says):
    page = client.get(f"/programs/?{query}" + OTHER.get(name, OTHER["anything"]))
    assert page.status_code == 200
    assert says in " ".join(complaints_on(page))
    assert on_page(page) == ["cedar-coding-long"]
    answer = client.get(f"/api/v1/programs/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    body = answer.json()
    assert list(body["errors"]) == [name]
    assert says in " ".join(body["errors"][name])
    assert name in body["detail"]
    assert (body["status"], body["title"], body["type"]) == (400, "Bad Request", "about:blank")


def test_of_several_values_the_good_ones_apply(client):
    assert on_page(client.get("/programs/?level=masters&level=phd&level=dr")) == ["dunmore-informatics-masters"]
    assert on_page(client.get("/programs/?cip=51.2706&cip=medicine")) == ["dunmore-informatics-masters"]
    message = " ".join(ask("level=masters&level=phd&level=dr").problems["level"])
    assert "“phd”, “dr”" in message
    assert "“masters”" not in message


def test_a_long_bad_value_is_said_back_short():
    for name in ("level", "state", "cip", "leads_to", "where", "x" * 9_000):
        for message in ask(f"{name}={'y' * 9_000}").problems[name]:
            assert len(message) < 300, name


def test_messages_stand_beside_their_fields(client):
    page = client.get("/programs/?where=99999&within=7&max_price=x&min_price=y&level=z&sort=q&q=!").content.decode()
    for field in ("s-q", "s-where", "s-within", "f-min_price", "f-max_price", "sort"):
        assert f'id="{field}-error"' in page, field
        assert f'aria-describedby="{field}-error"' in page, field
    assert 'id="level-error"' in page


@pytest.mark.parametrize("query", ["level=z", "max_price=x", "state=ZZ"])
def test_a_mistake_among_the_folded_filters_unfolds_them(client, query):
    assert "<details open><summary>Filters" in client.get(f"/programs/?{query}").content.decode()
    assert "<details><summary>Filters" in client.get("/programs/?where=99999").content.decode()


def test_a_mistake_about_the_state_unfolds_the_long_list(client):
    assert '<details class="facet long" open>' in client.get("/programs/?state=ZZ").content.decode()


def test_a_page_after_the_last_shows_the_last_and_says_so(client):
    page = client.get("/programs/?per_page=5&page=9")
    assert len(on_page(page)) == 2
    assert "There are 3 pages, and no page 9." in page.content.decode()


def test_a_question_with_a_thousand_values_is_answered(client):
    values = "&".join(f"cip=51.{number:04}" for number in range(990))
    ask_both(client, values)
    ask_both(client, "&".join(f"state={number}" for number in range(990)))
    ask_both(client, "&".join(f"f{number}=1" for number in range(990)))


@pytest.mark.parametrize("path", ["/programs/", "/schools/", "/programs/results.csv"])
def test_more_parameters_than_are_ever_read_are_refused(client, path):
    assert client.get(f"{path}?{'&'.join(f'a{number}=1' for number in range(5_000))}").status_code == 400


@pytest.mark.parametrize("path", ["/api/v1/programs/", "/api/v1/schools/", "/api/v1/programs/no-such-program/"])
def test_the_api_refuses_them_in_its_own_form(client, path):
    answer = client.get(f"{path}?{'&'.join(f'a{number}=1' for number in range(5_000))}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["detail"] == "The address has too many parameters to be read."


@pytest.mark.parametrize("path", ["/programs/", "/schools/"])
def test_what_is_said_back_holds_no_mark_that_cannot_be_shown(client, path):
    marks = "\x00\x1b\u202e\u200f\x07"
    query = urlencode({"level": f"associate{marks}", "state": marks, f"na{marks}me": "1", "control": f"public{marks}"})
    said = complaints_on(client.get(f"{path}?{query}"))
    assert len(said) == 4
    assert not set(marks) & set("".join(said))


SCHOOL_NAMES = ("q", "where", "within", "level", "length", "accreditation", "leads_to", "delivery", "control", "state",
                "max_price", "min_price", "sort", "page", "per_page")  # fmt: skip


@pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())
def test_the_school_list_says_what_it_cannot_read_and_answers_the_rest(client, value):
    for name in SCHOOL_NAMES:
        query = urlencode({name: value, **({} if name == "state" else {"state": "OH"})})
        page, answer = client.get(f"/schools/?{query}"), client.get(f"/api/v1/schools/?{query}")
        assert page.status_code == 200
        assert answer.status_code in (200, 400), query
        assert bool(complaints_on(page)) == (answer.status_code == 400), query
        if answer.status_code == 400:
            assert list(answer.json()["errors"]) == [name]


#: A file has no pages: a number after the last is read, and changes nothing.
BAD_FOR_A_FILE = [each for each in BAD if each[1] != "page"]


@pytest.mark.parametrize(("query", "name", "says"), BAD_FOR_A_FILE, ids=[query[:40] for query, *_ in BAD_FOR_A_FILE])
def test_a_file_of_another_question_is_not_made(client, query, name, says):
    answer = client.get(f"/programs/results.csv?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith(f"{name}: ")
    assert says in answer.content.decode()


PLAUSIBLE = st.sampled_from(
    ["", "1", "associate", "OH", "43901", "Maple Fork, OH", "51.07", "rhit", "10", "price", "coding", "0", "x", "é"]
)
ANYTHING = PLAUSIBLE | st.text(st.characters(exclude_categories=["Cs"]) | st.just("\x00"), max_size=12)
QUESTIONS = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=5), ANYTHING), max_size=5)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUESTIONS)
@example([("where", "43901"), ("online_too", "1"), ("sort", "distance"), ("page", "1")])
def test_no_question_is_a_server_error(client, pairs):
    ask_both(client, urlencode(pairs, errors="replace"))


def test_nothing_odd_finds_more_than_there_is():
    assert found("q=coding") < set(LISTED)
