"""A school that is meant and teaches nothing of what is listed: the reader hears so, and is led to its page."""

from __future__ import annotations

import pytest

from directory.models import School
from directory.pipeline.refresh import refresh
from tests.directory.invented import school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_school_without_a_listed_program_is_said_to_be_on_file(client):
    empty = school(777001, name="University of Kiteflying", aliases="UKF")
    refresh()
    said = client.get("/api/v1/programs/", {"q": "UKF"}).json()
    assert said["count"] == 0
    assert "University of Kiteflying is on file, and no program of it is listed here." in said["notes"]
    assert (said["did_you_mean"][0]["label"], said["did_you_mean"][0]["query"]) == (
        "University of Kiteflying",
        empty.get_absolute_url(),
    )
    assert empty.get_absolute_url() in client.get("/programs/", {"q": "UKF"}).content.decode()


@pytest.mark.parametrize("kind", ["programs", "schools"])
def test_several_are_counted_and_led_to(client, kind):
    made = [school(777001 + at, name=f"Kiteflying University-{campus}") for at, campus in enumerate(("East", "West"))]
    refresh()
    said = client.get(f"/api/v1/{kind}/", {"q": "kiteflying"}).json()
    assert said["count"] == 0
    assert "2 schools on file answer to “kiteflying”, and no program of theirs is listed here." in said["notes"]
    pages = [(each.name, each.get_absolute_url()) for each in made]
    assert [(each["label"], each["query"]) for each in said["did_you_mean"][:2]] == pages


def test_a_school_that_has_one_is_not(client):
    listed = School.objects.get(name="Maple Fork College")
    said = client.get("/api/v1/programs/", {"q": listed.name}).json()
    assert said["count"]
    assert not any("on file" in note for note in said["notes"])
