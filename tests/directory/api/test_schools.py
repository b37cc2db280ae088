"""/api/v1/schools/: schools with listed programs, and one school with its figures."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.curation.overrides import correct
from directory.models import Listing, School
from directory.pipeline.refresh import refresh
from directory.vocab import Level, Missing, SchoolState, Unit
from tests.directory.invented import program, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
LIST = "/api/v1/schools/"


def names(client, query: str = "") -> list[str]:
    return [result["slug"] for result in client.get(f"{LIST}?{query}").json()["results"]]


def test_a_list_has_every_school_with_a_listed_program_by_name(client):
    body = client.get(LIST).json()
    assert (body["count"], body["next"], body["previous"]) == (5, None, None)
    assert [result["slug"].partition("-")[0] for result in body["results"]] == [
        "birch", "cedar", "dunmore", "elm", "maple",
    ]  # fmt: skip
    for result in body["results"]:
        assert {"unitid", "opeid", "slug", "name", "city", "state", "zip", "latitude", "longitude", "control", "status",
                "url", "programs"} <= set(result)  # fmt: skip
        assert client.get(urlsplit(result["url"]).path).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=oh", {"maple-fork-college", "birch-valley-college"}),
        ("state=KY&state=TX", {"cedar-ridge-institute", "elm-grove-seminary"}),
        ("control=nonprofit", {"dunmore-university", "elm-grove-seminary"}),
        ("control=nonprofit&state=TX", {"elm-grove-seminary"}),
        ("q=valley", {"birch-valley-college"}),
        ("q=college ohio", {"maple-fork-college", "birch-valley-college"}),
        ("q=nothing", set()),
        ("where=43901", {"maple-fork-college", "birch-valley-college"}),
        ("where=43901&within=10", {"maple-fork-college"}),
        ("where=KY", {"cedar-ridge-institute"}),
    ],
)
def test_parameters_widen_within_themselves_and_narrow_one_another(client, query, found):
    assert set(names(client, query)) == found


def test_the_answer_says_how_the_text_was_read(client):
    body = client.get(f"{LIST}?q=rhit mapel ohio zzqq").json()
    chips = {(chip["kind"], chip["value"], chip["from"]) for chip in body["interpretation"]}
    assert {("state", "OH", "ohio"), ("leads_to", "rhit", "rhit")} < chips
    assert body["query"] == "leads_to=rhit&q=mapel&where=OH"
    assert any("“zzqq”" in note for note in body["notes"])
    assert [result["slug"] for result in body["results"]] == ["maple-fork-college"]
    assert client.get(f"{LIST}?{body['query']}").json()["count"] == body["count"]


def test_other_readings_come_as_the_question_that_asks_for_them(client):
    body = client.get(f"{LIST}?q=birch valley").json()
    assert body["did_you_mean"] == [{"label": "Near Birch Valley, OH", "query": "?q=near+Birch+Valley%2C+OH"}]


def test_near_a_place_each_school_has_its_distance_by_great_circle(client):
    body = client.get(f"{LIST}?where=43901&within=100").json()
    miles = {result["slug"].partition("-")[0]: result["distance_miles"] for result in body["results"]}
    assert miles == {"maple": 0.0, "birch": 20.7, "cedar": 69.1}
    assert list(miles) == ["maple", "birch", "cedar"]
    assert body["notes"] == []
    assert client.get(f"{LIST}?where=43901").json()["notes"] == [
        "Showing schools within 50 miles, the usual distance here."
    ]
    assert {result["distance_miles"] for result in client.get(LIST).json()["results"]} == {None}


def test_the_count_of_programs_is_that_of_the_listed_ones(client):
    counts = {result["slug"]: result["programs"] for result in client.get(LIST).json()["results"]}
    for slug, count in counts.items():
        assert count == Listing.objects.listed().filter(school__slug=slug).count()


def test_pages_follow_one_another(client):
    first = client.get(f"{LIST}?per_page=2").json()
    assert urlsplit(first["next"]).query == "per_page=2&page=2"
    last = client.get(f"{LIST}?per_page=2&page=3").json()
    assert (len(last["results"]), last["next"]) == (1, None)
    assert urlsplit(last["previous"]).query == "per_page=2&page=2"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("where=09901", "where"), ("where=Nowhereville", "where"), ("within=7", "within"), ("sort=distance", "sort"),
        ("state=ZZ", "state"), ("control=church", "control"), ("sort=size", "sort"), ("page=9", "page"),
        ("page=x", "page"), ("per_page=1000", "per_page"), ("level=phd", "level"), ("colour=red", "colour"),
        ("max_price=x", "max_price"), ("leads_to=mba", "leads_to"), ("q=%00", "q"),
        ("q=" + "x" * 10_000, "q"), ("sort=name&sort=programs", "sort"),
    ],
)  # fmt: skip
def test_a_bad_question_is_refused_by_name(client, query, name):
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert list(answer.json()["errors"]) == [name]


def test_a_school_has_figures_with_their_paperwork(client):
    body = client.get(f"{LIST}maple-fork-college/").json()
    assert len(body["programs"]) == 3
    by_measure = {figure["measure"]: figure for figure in body["figures"]}
    assert by_measure["tuition-in-state"]["value"] == 4000
    for figure in body["figures"]:
        assert (figure["value"] is None) == (figure["missing"] in Missing.values)
        assert figure["unit"] in Unit.values
        assert figure["level"] == Level.INSTITUTION
        assert figure["source"]
        assert figure["year"] == "2023-24"


def test_what_staff_corrected_stands_beside_the_official_value(client):
    at = School.objects.get(slug="maple-fork-college")
    correct(target=at, column="city", value="Maple Forks", reason="Its letterhead.", by=None)
    body = client.get(f"{LIST}maple-fork-college/").json()
    (said,) = body["corrections"]
    assert (said["field"], said["value"], said["official_value"]) == ("city", "Maple Forks", "Maple Fork")
    assert (said["source"], said["reason"]) == ("Corrected by us", "Its letterhead.")
    assert body["city"] == said["value"]


def test_an_unknown_figure_is_null_with_its_reason(client):
    body = client.get(f"{LIST}elm-grove-seminary/").json()
    (figure,) = body["figures"]
    assert (figure["value"], figure["missing"]) == (None, "not-reported")


def test_a_closed_school_is_off_the_list_and_readable(client):
    assert "fern-hollow-school" not in names(client)
    assert client.get(f"{LIST}fern-hollow-school/").json()["status"] == "closed"


def test_a_closing_school_that_still_reports_has_no_program_to_offer(client):
    reported = program(school(190_001, status=SchoolState.CLOSING))
    refresh()
    body = client.get(f"{LIST}{reported.school.slug}/").json()
    assert (body["status"], body["programs"]) == ("closing", [])


def test_an_unknown_school_is_a_404_in_the_same_form(client):
    answer = client.get(f"{LIST}no-such-school/")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_a_list_costs_the_same_for_five_and_for_fifty_schools(client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{LIST}?per_page=100").status_code == 200
        return len(asked)

    few = queries()
    for number in range(45):
        program(school(200000 + number, name=f"School {number}"))
    refresh()
    client.get(LIST)  # reads the search table anew
    assert queries() == few


@pytest.mark.parametrize(("query", "hint"), [("format=csv", ""), ("stat=OH", " Did you mean “state”?")])
def test_only_what_is_alike_is_offered_for_a_name_that_does_not_exist(client, query, hint):
    (name,) = query.partition("=")[:1]
    assert client.get(f"{LIST}?{query}").json()["errors"][name] == [f"There is no filter “{name}”.{hint}"]
