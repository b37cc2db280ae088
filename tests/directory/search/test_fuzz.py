"""Nothing that can stand in an address is a server error: the page answers with a word beside the field, the API
with 400 and the field's name.

    FUZZ_EXAMPLES=10000 script/test tests/directory/search/test_fuzz.py

tries more addresses than the 300 of a normal run, other ones on each run, and prints how to repeat one that fails.
"""

from __future__ import annotations

import html
import os
import re
from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.directory.filters.asking import count_on
from tests.directory.search.alphabets import GOOD, HOSTILE, LETTERS, NAMES, NUMBERS, OPERATORS, REPEATABLE, WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES") or 300)
USUAL = EXAMPLES <= 300

text = st.lists(st.sampled_from((*WORDS, *OPERATORS, *HOSTILE)), max_size=8).map(" ".join) | st.text(
    LETTERS, max_size=60
)
long = st.builds(
    lambda one, times: one * times, st.sampled_from((*WORDS, *OPERATORS, *HOSTILE)), st.sampled_from((500, 10_000))
)
odd = st.sampled_from((*NUMBERS, *OPERATORS, *HOSTILE)) | text | long.map(lambda value: value[:10_000])


def value_of(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(GOOD.get(name, ("1",))) | odd


STRANGERS = ("qq", "stat", "utmost", "", "Q", "page[]", "level[0]", "__class__", "\x00")
names = st.sampled_from(NAMES) | st.sampled_from(STRANGERS)
pairs = st.lists(names.flatmap(lambda name: st.tuples(st.just(name), value_of(name))), max_size=8)


def many(name: str, times: int = 500) -> list[tuple[str, str]]:
    """One facet's values five hundred times over, good ones and bad ones."""
    every = (*GOOD[name], "x", "zz")
    return [(name, f"{every[number % len(every)]}{number if number % 7 == 0 else ''}") for number in range(times)]


def address(asked: list[tuple[str, str]]) -> str:
    """The query string as a careless machine would send it: lone surrogates and NULs as their bytes."""
    return "&".join(f"{_bytes(name)}={_bytes(value)}" for name, value in asked)


def _bytes(value: str) -> str:
    return quote_plus(value.encode("utf-8", "surrogatepass"))


#: What must always be tried, whatever hypothesis thinks of.
ALWAYS: tuple[list[tuple[str, str]], ...] = (
    *([("page", number)] for number in ("0", "-1", "1e9", "100000")),
    *([("per_page", number)] for number in ("0", "1000")),
    [("within", "50mi")],
    [("where", "43215"), ("within", "50mi")],
    *([("q", word)] for word in ("x" * 10_000, "\x00", "\ud800", '"', 'AND NOT NEAR * ^ "')),
    [("q", "medical"), ("q", "coding")],
    [("q", word) for word in WORDS * 40],
    [("state", "ZZ"), ("level", "phd")],
    [("nosuch", "1"), ("q", "coding")],
    [("where", "אבג")],
    [("max_price", "-5"), ("min_price", "cheap")],
    [("sort", "distance")],
    *([(name, "x"), *many(name)] for name in REPEATABLE),
)


def always(test):
    for asked in ALWAYS:
        test = example(asked=asked)(test)
    return test


@always
@settings(
    max_examples=EXAMPLES,
    derandomize=USUAL,
    print_blob=not USUAL,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(asked=pairs)
def test_an_address_of_any_kind_is_answered(client, asked):
    query = address(asked)
    page = client.get(f"/programs/?{query}", follow=True)  # fields that were left empty leave the address
    answer = client.get(f"/api/v1/programs/?{query}")
    assert page.status_code == 200, query
    assert answer.status_code in (200, 400), query
    if answer.status_code == 200:
        assert count_on(page) == answer.json()["count"], query
        return
    problem = answer.json()
    assert answer["Content-Type"].startswith("application/problem+json"), query
    assert problem["errors"], query
    assert set(problem["errors"]) <= {name for name, _ in parsed(answer)}, query
    shown = html.unescape(page.content.decode())
    for messages in problem["errors"].values():
        for message in messages:
            assert squeezed(message) in squeezed(shown), (query, message)


def parsed(answer) -> list[tuple[str, str]]:
    """The parameters as the server reads them."""
    return [(name, value) for name, values in answer.wsgi_request.GET.lists() for value in values]


def squeezed(said: str) -> str:
    """Without the white space that HTML does not keep, and without control characters."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", said)


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_value_leaves_the_rest_of_the_question_alone(client, name):
    bad = {"q": "–", "where": "Nowhere, ZZ"}.get(name, "–")
    other = ("level", "associate") if name != "level" else ("state", "OH")
    alone = client.get("/api/v1/programs/", dict([other])).json()["count"]
    page = client.get("/programs/", {name: bad, **dict([other])})
    assert count_on(page) == alone
    refused = client.get("/api/v1/programs/", {name: bad, **dict([other])})
    assert refused.status_code == 400
    assert set(refused.json()["errors"]) == {name}
