"""/api/v1/programs/ has the shapes of the contract and finds what the page finds, in the same order."""

from __future__ import annotations

import random
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from directory.curation.overrides import correct
from directory.facets import CHOICES
from directory.filters.question import FACETS
from directory.models import Program
from directory.pipeline.refresh import refresh
from directory.vocab import Level, LevelGroup, ListingState, Missing, Standing, Unit
from tests.directory.catalogue import GONE, LISTED, by_slug
from tests.directory.filters.asking import ask, on_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
LIST = "/api/v1/programs/"
FIGURES = ("price", "earnings", "completions")


def rule_of(slug: str) -> dict[str, str]:
    return {"grade": "A", "as_of": "2025-05", "source": f"https://body.example/{slug}/rules"}


def check_figure(figure) -> None:
    """FIGURE of the contract."""
    assert {"value", "missing", "unit", "level", "year", "source"} <= set(figure)
    assert (figure["value"] is None) == (figure["missing"] in Missing.values)
    assert figure["unit"] in Unit.values
    assert figure["level"] in Level.values
    if figure["value"] is not None:
        assert figure["source"]
        assert figure["year"]


def test_a_list_has_the_shape_of_the_contract(client):
    answer = client.get(LIST)
    assert answer["Content-Type"].startswith("application/json")
    body = answer.json()
    assert {"count", "next", "previous", "interpretation", "facets", "results"} <= set(body)
    assert body["count"] == len(LISTED) == len(body["results"])
    assert (body["next"], body["previous"], body["interpretation"]) == (None, None, [])
    assert set(body["facets"]) == {*CHOICES, "leads_to"}
    assert all(body["facets"].values())
    for choices in body["facets"].values():
        for choice in choices:
            assert set(choice) == {"value", "label", "count", "selected"}


def test_every_result_has_the_shape_of_the_contract(client):
    results = client.get(LIST + "?where=43901&within=250&online_too=1").json()["results"]
    assert {result["slug"] for result in results} >= {"maple-hit-associate", "cedar-coding-certificate"}
    for result in results:
        assert {
            "slug", "title", "cip", "level", "length", "delivery", "url", "school", "distance_miles", "accreditation",
            "price", "earnings", "completions", "leads_to", "ranking",
        } <= set(result)  # fmt: skip
        assert set(result["school"]) == {"unitid", "slug", "name", "city", "state"}
        assert set(result["accreditation"]) == {"status", "as_of", "source"}
        assert result["accreditation"]["status"] in Standing.values
        assert result["level"] in LevelGroup.values
        assert set(result["ranking"]) == {"score", "parts"}
        assert sum(result["ranking"]["parts"].values()) == pytest.approx(result["ranking"]["score"], abs=0.2)
        assert client.get(urlsplit(result["url"]).path).status_code == 200
        for name in FIGURES:
            check_figure(result[name])


def test_a_result_tells_what_is_known_with_source_year_and_level(client):
    (result,) = client.get(LIST + "?q=maple&level=associate&where=43911").json()["results"]
    assert result["title"] == "Health Information/Medical Records Technology"
    assert (result["cip"], result["level"], result["length"], result["delivery"]) == (
        "51.0707", "associate", None, "campus",
    )  # fmt: skip
    assert result["distance_miles"] == 20.7
    assert result["accreditation"] == {"status": "accredited", "as_of": "2025-06-01", "source": "CAHIIM"}
    assert result["price"] == {
        "value": 8000, "missing": None, "unit": "usd", "level": "institution", "year": "2023-24",
        "source": "IPEDS tuition and fees, custom table",
        "note": "Estimate: the school’s in-state tuition of $4,000 a year for 2 years",
    }  # fmt: skip
    assert {name: result["earnings"][name] for name in ("value", "unit", "level", "year", "source")} == {
        "value": 41000, "unit": "usd-per-year", "level": "field", "year": "April 2025",
        "source": "College Scorecard, field of study",
    }  # fmt: skip
    assert {name: result["completions"][name] for name in ("value", "unit", "level", "year")} == {
        "value": 40, "unit": "awards", "level": "program", "year": "2023-24",
    }  # fmt: skip
    assert result["leads_to"] == ["rhit", "cca"]
    # Whether the program meets the conditions is one question, how well the exam's rule is known another.
    assert result["openings"] == [
        {"certification": slug, "basis": "confirmed", "rule": rule_of(slug)} for slug in ("rhit", "cca")
    ]


@pytest.mark.parametrize(
    ("slug", "figure", "missing"),
    [
        ("elm-hit-associate", "price", "not-reported"),
        ("dunmore-informatics-masters", "price", "not-collected"),
        ("birch-hit-associate", "earnings", "suppressed"),
        ("maple-coding-certificate", "earnings", "not-collected"),
        ("elm-him-postbacc", "completions", "suppressed"),
    ],
)
def test_unknown_is_null_with_its_reason(client, slug, figure, missing):
    body = client.get(f"{LIST}{slug}/").json()[figure]
    assert (body["value"], body["missing"]) == (None, missing)


def test_what_staff_corrected_stands_beside_the_official_value(client):
    correct(target=by_slug("maple-hit-associate"), column="title", value="Coding", reason="Its catalog.", by=None)
    (said,) = client.get(f"{LIST}maple-hit-associate/").json()["corrections"]
    assert (said["field"], said["value"], said["source"]) == ("title", "Coding", "Corrected by us")
    assert (said["official_value"], said["reason"]) == ("", "Its catalog.")


def test_a_known_zero_is_zero(client):
    body = client.get(f"{LIST}maple-coding-short/").json()["completions"]
    assert (body["value"], body["missing"]) == (0, None)


def test_what_a_page_states_is_no_confirmation(client):
    stated = client.get(f"{LIST}birch-hit-associate/").json()
    assert stated["accreditation"]["status"] == "stated"
    assert stated["accreditation"] == {"status": "stated", "as_of": "2023", "source": "https://www.birch.example/old"}
    old = client.get(f"{LIST}elm-hit-associate/").json()["accreditation"]
    assert old == {"status": "stated", "as_of": "2021-06-01", "source": "https://accreditor.example/list"}
    unknown = client.get(f"{LIST}maple-coding-short/").json()["accreditation"]
    assert unknown == {"status": "not-confirmed", "as_of": None, "source": None}
    (found,) = client.get(LIST + "?q=birch&level=associate").json()["results"]
    assert {"certification": "rhit", "basis": "stated", "rule": rule_of("rhit")} in found["openings"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("where=ohio", {"kind": "state", "value": "OH", "label": "Ohio", "from": "ohio"}),
        ("q=coder", {"kind": "field", "value": "Medical Insurance Coding Specialist",
                     "label": "“coder”: Medical Insurance Coding Specialist", "from": "coder"}),
        ("level=associate", {"kind": "level", "value": "associate", "label": "Associate", "from": "associate"}),
        ("where=43901", {"kind": "place", "value": "43901 (Maple Fork, OH)",
                         "label": "Within 50 miles of 43901 (Maple Fork, OH)", "from": "43901"}),
    ],
)  # fmt: skip
def test_the_interpretation_tells_what_was_understood_from_which_words(client, query, told):
    assert client.get(f"{LIST}?{query}").json()["interpretation"] == [told]


def test_notes_tell_what_was_assumed(client):
    assert "50 miles" in " ".join(client.get(LIST + "?where=43901").json()["notes"])
    assert "too little: the" in " ".join(client.get(LIST + "?q=the coding").json()["notes"])
    assert client.get(LIST + "?q=coding").json()["notes"] == []


def test_pages_lead_to_one_another_and_keep_the_question(client):
    address: str | None = f"{LIST}?q=coding&sort=price&per_page=2&level=certificate"
    seen, before = [], None
    while address:
        body = client.get(address).json()
        assert body["previous"] == before or parse_qs(urlsplit(body["previous"]).query) == {
            **parse_qs(urlsplit(before or "").query), "page": parse_qs(urlsplit(body["previous"]).query)["page"],
        }  # fmt: skip
        seen.append([result["slug"] for result in body["results"]])
        before = body["next"] and f"http://testserver{urlsplit(address)._replace(scheme='', netloc='').geturl()}"
        address = body["next"]
    assert [len(page) for page in seen] == [2, 2, 1]
    whole = client.get(f"{LIST}?q=coding&sort=price&level=certificate").json()["results"]
    assert [slug for page in seen for slug in page] == [result["slug"] for result in whole]


def test_previous_leads_back(client):
    second = client.get(f"{LIST}?per_page=5&page=2").json()
    assert urlsplit(second["previous"]).query == "per_page=5&page=1"
    assert urlsplit(second["next"]).query == "per_page=5&page=3"
    assert second["next"].startswith("http://testserver/api/v1/programs/?")
    assert client.get(second["previous"]).json()["previous"] is None


VALUES = {
    "q": ["coding", "health information", "rhit", "maple", "certificate ohio", "the programs", "plumbing"],
    "where": ["43901", "Maple Fork, KY", "ohio", "TX", "Saint Alder"],
    "within": ["10", "25", "100", "250"],
    "level": ["certificate", "associate", "bachelors", "masters"],
    "length": ["under-12-weeks", "1-2-years", "2-4-years"],
    "accreditation": ["accredited", "stated", "on-notice", "not-confirmed"],
    "leads_to": ["rhit", "cca", "ccs-p"],
    "confirmed": ["1"],
    "delivery": ["campus", "online", "unknown"],
    "online_too": ["1"],
    "control": ["public", "nonprofit", "for-profit"],
    "state": ["OH", "KY", "CA"],
    "cip": ["51.07", "51.0713", "51.27"],
    "max_price": ["9000", "20000"],
    "min_price": ["1000"],
    "sort": ["relevance", "price", "earnings", "completions", "name"],
    "per_page": ["3", "5", "20"],
}
REPEATABLE = ("level", "length", "accreditation", "leads_to", "delivery", "control", "state", "cip")


def question(seed: int) -> str:
    """A question with up to four parameters, always the same one for a seed."""
    chance = random.Random(seed)  # noqa: S311 - a fixed list of questions, no secret
    asked: dict[str, list[str]] = {}
    for name in chance.sample(list(VALUES), k=chance.randint(1, 4)):
        count = chance.randint(1, 2) if name in REPEATABLE else 1
        asked[name] = chance.sample(VALUES[name], k=min(count, len(VALUES[name])))
    return urlencode(asked, doseq=True)


@pytest.mark.parametrize("seed", range(30))
def test_page_and_api_find_the_same_in_the_same_order(client, seed):
    query = question(seed)
    page = client.get(f"/programs/?{query}")
    body = client.get(f"{LIST}?{query}").json()
    assert [result["slug"] for result in body["results"]] == on_page(page)
    assert f'<h1 id="count"><span role="status">{body["count"]} program' in page.content.decode()
    for name in FACETS:
        pattern = rf'name="{name}" value="([^"]+)".*?<span class="n">([\d,]+)<'
        shown = [(value, int(count.replace(",", ""))) for value, count in re.findall(pattern, page.content.decode())]
        assert shown == [(choice["value"], choice["count"]) for choice in body["facets"][name]]


def test_the_random_questions_find_something_often_enough_to_mean_something():
    counts = [ask(question(seed)).count for seed in range(30)]
    assert sum(count > 1 for count in counts) >= 10


class TestOneProgram:
    def test_it_is_the_result_and_more(self, client):
        (result,) = client.get(LIST + "?q=maple&level=associate").json()["results"]
        whole = client.get(f"{LIST}maple-hit-associate/").json()
        for name in set(result) - {"openings", "ranking"}:
            assert whole[name] == result[name], name
        for name in ("costs", "awards_by_year", "outcomes"):
            assert whole[name]
            for figure in whole[name]:
                check_figure(figure)
        assert [(figure["year"], figure["value"]) for figure in whole["awards_by_year"]] == [
            ("2020-21", None), ("2021-22", 30), ("2022-23", 35), ("2023-24", 40),
        ]  # fmt: skip
        assert whole["listed"] is True

    def test_its_openings_name_what_decides_and_who_says_so(self, client):
        openings = client.get(f"{LIST}birch-hit-associate/").json()["openings"]
        assert {opening["certification"] for opening in openings} == {"rhit", "cca"}
        for opening in openings:
            assert opening["basis"] in ("confirmed", "stated")
            assert opening["deciding_condition"]
            assert opening["source"].startswith("https://")
            assert opening["rule"] == rule_of(opening["certification"])

    def test_its_statements_are_as_the_pages_say(self, client):
        said = client.get(f"{LIST}birch-hit-associate/").json()["statements"]
        assert {each["date"] for each in said} == {"2023", None}
        assert {each["status"] for each in said} == {"accredited"}
        assert all(each["url"].startswith("https://www.birch.example/") for each in said)

    @pytest.mark.parametrize("slug", GONE)
    def test_a_program_off_the_list_stays_readable_and_says_so(self, client, slug):
        body = client.get(f"{LIST}{slug}/").json()
        assert body["listed"] is False
        assert body["links"] == []

    @pytest.mark.parametrize("slug", ["no-such-program", "x" * 300, "%F0%9F%98%80", "a'b", "..%2f"])
    def test_an_unknown_address_is_a_404(self, client, slug):
        assert client.get(f"{LIST}{slug}/").status_code == 404

    def test_an_unknown_program_is_a_problem_in_the_same_form(self, client):
        answer = client.get(f"{LIST}no-such-program/")
        assert answer["Content-Type"].startswith("application/problem+json")
        assert answer.json()["status"] == 404

    def test_a_program_without_a_row_in_the_search_table_is_no_server_error(self, client):
        of = by_slug("maple-coding-short")
        of.listing.delete()
        assert client.get(f"{LIST}{of.slug}/").status_code == 404
        assert client.get(of.get_absolute_url()).status_code == 404

    def test_a_program_that_staff_withdrew_is_off_the_list(self, client):
        of = by_slug("maple-hit-associate")
        Program.objects.filter(pk=of.pk).update(state=ListingState.WITHDRAWN)
        refresh([of.school_id])
        assert "maple-hit-associate" not in [row["slug"] for row in client.get(LIST).json()["results"]]
        assert client.get(f"{LIST}{of.slug}/").json()["listed"] is False


class TestManners:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_it_is_read_only(self, client, method):
        answer = getattr(client, method)(LIST)
        assert answer.status_code == 405
        assert "GET" in answer["Allow"]
        assert answer["Content-Type"].startswith("application/problem+json")

    def test_it_sets_no_cookie_and_asks_for_no_account(self, client):
        assert not client.get(LIST).cookies

    def test_head_and_the_address_without_a_slash_work(self, client):
        assert client.head(LIST).status_code == 200
        assert client.get("/api/v1/programs").status_code == 301

    @pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "application/json;q=0.1"])
    def test_whatever_is_accepted_the_answer_is_json_or_a_problem(self, client, accept):
        answer = client.get(LIST, headers={"Accept": accept})
        assert answer.status_code in (200, 406)
        assert "json" in answer["Content-Type"]

    @pytest.mark.parametrize("value", ["json", "api", "xml"])
    def test_format_is_a_parameter_like_any_other_that_does_not_exist(self, client, value):
        answer = client.get(f"{LIST}?format={value}")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["format"]
