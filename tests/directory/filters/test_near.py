"""Where and how far: great circles from a point, and fully online programs of schools elsewhere."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.filters.notes import notes
from directory.models import Listing, School
from tests.directory.catalogue import LISTED
from tests.directory.filters.asking import ask, cards_on, found, on_page, slugs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MAPLE = {slug for slug in LISTED if slug.startswith("maple")}
BIRCH = {slug for slug in LISTED if slug.startswith("birch")}
CEDAR = {slug for slug in LISTED if slug.startswith("cedar")}


def miles_between(latitude: float, longitude: float, to: tuple[float, float]) -> float:
    """The textbook formula, spherical law of cosines; not the one under test."""
    a, b = math.radians(latitude), math.radians(to[0])
    turn = math.radians(to[1] - longitude)
    inner = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 3958.8 * math.acos(max(-1.0, min(1.0, inner)))


@pytest.mark.parametrize(
    ("point", "miles"),
    [
        ((40.0, -83.0), 0.0),
        ((41.0, -83.0), 69.09),  # a degree of a meridian: 3958.8 x pi / 180
        ((40.0, -82.0), 52.93),  # a degree along the 40th parallel, a bit less than x cos 40
        ((-40.0, 97.0), 12_436.94),  # the antipode: half way round
    ],
)
def test_a_distance_is_the_great_circle_to_the_school(point, miles):
    rows = Listing.objects.filter(program__slug="maple-hit-associate")
    assert rows.with_miles(*point).get().miles == pytest.approx(miles, abs=0.01)


def test_new_york_to_los_angeles_is_2446_miles():
    Listing.objects.filter(program__slug="maple-hit-associate").update(latitude=34.0522, longitude=-118.2437)
    away = Listing.objects.with_miles(40.7128, -74.0060).get(program__slug="maple-hit-associate").miles
    assert away == pytest.approx(2445.6, abs=0.5)


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("10", MAPLE),
        ("25", MAPLE | BIRCH),
        ("50", MAPLE | BIRCH),
        ("100", MAPLE | BIRCH | CEDAR),
        ("250", MAPLE | BIRCH | CEDAR),
    ],
)
def test_within_keeps_schools_inside_the_circle(within, expected):
    assert found(f"where=43901&within={within}") == expected


def test_fifty_miles_are_usual_and_the_page_says_so(client):
    assert found("where=43901") == found("where=43901&within=50")
    assert any("50 miles, the usual distance" in note for note in notes(ask("where=43901")))
    assert not any("usual" in note for note in notes(ask("where=43901&within=50")))
    assert "within 50 miles, the usual distance" in client.get("/programs/?where=43901").content.decode()


@pytest.mark.parametrize(
    "where", ["43901", "43901-0001", "Maple Fork, OH", "maple fork, ohio", "Maple Fork", "maple fork oh"]
)
def test_a_point_is_asked_for_in_any_form(where):
    assert found(f"where={where}&within=25") == MAPLE | BIRCH


@pytest.mark.parametrize("where", ["Ohio", "ohio", "OH", "oh"])
def test_a_state_in_where_is_that_state_whole(where):
    assert found(f"where={where}") == found("state=OH")
    assert not any("miles" in note for note in notes(ask(f"where={where}")))


def test_a_distance_without_a_point_is_said_to_mean_nothing():
    assert "Ohio is shown whole" in " ".join(notes(ask("where=OH&within=10")))
    assert "needs a place" in " ".join(notes(ask("within=10")))
    assert "no place is chosen" in " ".join(notes(ask("online_too=1")))


def test_a_city_of_several_states_names_the_others():
    assert "there is also Maple Fork, KY" in " ".join(notes(ask("where=Maple Fork")))


def test_a_school_without_a_point_is_in_its_state_and_in_no_circle():
    assert School.objects.get(slug="elm-grove-seminary").latitude is None
    assert {"elm-hit-associate", "elm-him-postbacc"} == found("where=Texas")
    assert not {slug for slug in found("where=43901&within=250") if slug.startswith("elm")}


class TestOnlineToo:
    def test_online_programs_elsewhere_come_after_the_near_ones_in_every_order(self):
        for sort in ("distance", "relevance", "price", "earnings", "completions", "name"):
            order = slugs(f"where=43901&online_too=1&sort={sort}")
            assert set(order) == MAPLE | BIRCH | {"dunmore-hit-associate"}
            assert order[-1] == "dunmore-hit-associate", sort

    def test_they_come_after_those_of_a_state_as_well(self):
        order = slugs("where=Ohio&online_too=1&sort=completions")
        assert order[-1] == "dunmore-hit-associate"  # though it has most graduates
        assert set(order) == MAPLE | BIRCH | {"dunmore-hit-associate"}

    def test_online_programs_that_are_near_stay_with_the_near(self):
        order = slugs("where=90901&online_too=1&within=10&sort=completions")
        assert order[0] == "dunmore-hit-associate"

    def test_only_those_from_elsewhere_are_marked_so(self, client):
        for where in ("43901", "Ohio"):
            address = f"/programs/?where={where}&online_too=1&level=associate"
            page = client.get(address)
            shown = [(slug, "the school is elsewhere" in card) for slug, card in cards_on(page).items()]
            assert shown == [
                ("maple-hit-associate", False),
                ("birch-hit-associate", False),
                ("dunmore-hit-associate", True),
            ]
            assert page.content.decode().count("the school is elsewhere") == 1
            results = client.get(f"/api/v1{address}").json()["results"]
            assert [result["elsewhere"] for result in results] == [False, False, True]

    def test_the_other_filters_hold_for_them_too(self):
        assert found("where=43901&online_too=1&level=masters") == set()
        assert "dunmore-hit-associate" not in found("where=43901&online_too=1&control=public")

    def test_without_it_a_distant_program_is_not_there(self, client):
        assert "dunmore-hit-associate" not in on_page(client.get("/programs/?where=43901"))


LATITUDES, LONGITUDES = st.floats(-85, 85), st.floats(-180, 180)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LATITUDES, LONGITUDES, st.sampled_from([10, 50, 250]), st.floats(0, 360), st.floats(0.9, 1.1))
@example(65.0, -150.0, 250, 90.0, 0.9995)  # Alaska, due east
@example(65.0, -150.0, 250, 80.0, 0.9995)
@example(13.4, 179.9, 250, 90.0, 0.5)  # across the date line
@example(51.9, -179.5, 100, 270.0, 0.9)
def test_the_quick_box_never_cuts_a_circle(latitude, longitude, miles, bearing, share):
    """A school at a bearing and a share of the radius is found exactly when the share is below one."""
    arc, turn, north = miles * share / 3958.8, math.radians(bearing), math.radians(latitude)
    there = math.asin(math.sin(north) * math.cos(arc) + math.cos(north) * math.sin(arc) * math.cos(turn))
    east = math.atan2(
        math.sin(turn) * math.sin(arc) * math.cos(north), math.cos(arc) - math.sin(north) * math.sin(there)
    )
    to = (math.degrees(there), (longitude + math.degrees(east) + 180) % 360 - 180)
    away = miles_between(latitude, longitude, to)
    if abs(away - miles) < 0.05:  # on the edge itself, rounding decides
        return
    one = Listing.objects.filter(program__slug="maple-hit-associate")
    one.update(latitude=to[0], longitude=to[1])
    assert one.filter(Listing.objects.near(latitude, longitude, miles)).exists() == (away < miles)
