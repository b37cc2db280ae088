"""/api/v1/careers/: careers and occupations with their figures, and a career with its guide."""

from __future__ import annotations

import datetime as dt

import pytest

from careers import publishing
from careers.vocab import PARTS, Section
from tests.careers import world
from tests.careers.guides.test_page import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(db):
    return world.career(world.lamp_keepers(), "medical-coder", title="Medical coder")


def test_the_api_lists_careers_with_their_figures(client, coder):
    found = client.get("/api/v1/careers/").json()
    assert found["count"] == 1
    career = found["results"][0]
    assert (career["slug"], career["soc"], career["url"]) == (
        "medical-coder",
        "29-2072",
        "http://testserver/careers/medical-coder/",
    )
    assert career["median_pay"]["value"] == 42_000
    assert career["median_pay"]["source"] == "BLS OEWS"


def test_the_api_gives_one_career_with_its_guide(client, coder):
    version = published(coder)
    publishing.record_review(version=version, reviewer="A Reader", on=dt.date(2026, 3, 2))
    world.listed_program()
    found = client.get("/api/v1/careers/medical-coder/").json()
    assert found["pay"]["annual"]["p90"]["value"] == 64_000
    assert found["outlook"]["growth"]["value"] == 10
    assert found["demand"]["of"] == 4
    assert len(found["education"]) == 7
    assert found["programs"]["count"] == 1
    guide = found["guide"]
    assert (guide["version"], guide["author"], guide["reviewer"]) == (1, None, "A Reader")
    assert [section["key"] for section in guide["sections"]] == list(PARTS)
    day = next(section for section in guide["sections"] if section["key"] == Section.DAY)
    assert (day["items"][0]["starts"], day["items"][0]["title"]) == ("08:00", "Inpatient charts")


def test_the_api_gives_an_occupation_and_a_career_without_figures(client):
    bare = world.occupation("29-9099", "Fog Callers")
    found = client.get(f"/api/v1/careers/{bare.slug}/").json()
    assert (found["guide"], found["outlook"], found["pay"]["annual"]) == (None, None, None)


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("nothing/", 404, ""),
        ("medical-coder/?color=red", 400, "color"),
        ("?page=2", 400, "page"),
        ("medical-coder/?where=Nowhereville+of+the+Moon", 400, "where"),
    ],
)
def test_the_api_says_what_it_cannot_read(client, coder, path, status, named):
    world.listed_program()
    answer = client.get(f"/api/v1/careers/{path}")
    assert answer.status_code == status
    assert named in answer.json().get("errors", {"": ""})


def test_the_entrance_of_the_api_names_careers_beside_the_directory(client):
    found = [each["url"] for each in client.get("/api/v1/").json()["endpoints"]]
    assert "http://testserver/api/v1/careers/{slug}/" in found
    assert "http://testserver/api/v1/programs/" in found
    assert client.get("/api/v1/careers").status_code == 301
