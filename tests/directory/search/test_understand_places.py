"""ZIP codes, cities, counties and states in a text."""

from __future__ import annotations

import pytest

from tests.directory.search.vocabulary import filters, read


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("HIT 43901", "43901"), ("HIT 43901-1234", "43901"), ("439011234 HIT", "43901"),
        ("HIT Maple Fork, OH", "Maple Fork, OH"), ("HIT maple fork ky", "Maple Fork, KY"),
        ("HIT in maple fork kentucky", "Maple Fork, KY"), ("kentucky HIT in maple fork", "Maple Fork, KY"),
        ("HIT near Houston", "Houston, TX"), ("houston HIT", "Houston, TX"), ("HIT houston tx", "Houston, TX"),
        ("HIT around Houston area", "Houston, TX"), ("HIT by houston", "Houston, TX"),
        ("HIT in ohio", "OH"), ("HIT oh", "OH"), ("OHIO HIT", "OH"), ("HIT calif", "CA"), ("HIT ohoi", "OH"),
        ("HIT pensylvania", "PA"), ("HIT nyc", "New York, NY"), ("HIT new york", "NY"),
        ("HIT new york city", "New York, NY"), ("HIT st louis", "Saint Louis, MO"),
        ("HIT st. louis mo", "Saint Louis, MO"),
        ("HIT housten", "Houston, TX"), ("HIT alder county", "Alder County, OH"),
        ("HIT alder county, ky", "Alder County, KY"), ("HIT portland or", "Portland, OR"),
        ("HIT bangor me", "Bangor, ME"),
    ],
)  # fmt: skip
def test_places(typed, where):
    found = read(typed)
    assert [each.values for each in found.inferred if each.name == "where"] == [(where,)]
    assert [term.said for term in found.terms] == ["HIT"]
    assert found.rest == "HIT"


@pytest.mark.parametrize(
    "typed",
    [
        "HIT in",
        "HIT or",
        "teach me HIT",
        "hi HIT",
        "HIT or HIM",
        "HIT as",
        "de HIT",
        "la HIT programs for me",
        "HIT id",
    ],
)
def test_words_that_are_also_codes_of_states_stay_words(typed):
    assert "where" not in filters(typed) or filters(typed)["where"] in (("ID",), ("Los Angeles, CA",))
    assert filters(typed).get("where") not in [("IN",), ("OR",), ("ME",), ("HI",), ("AS",), ("DE",), ("LA",)]


@pytest.mark.parametrize(
    ("typed", "where"),
    [("coding IN", "IN"), ("HIT, in", "IN"), ("HIT pa", "PA"), ("HIT ok", "OK"), ("HIT in ME", "ME")],
)
def test_capitals_commas_and_the_end_of_a_text_make_a_code_a_state(typed, where):
    assert filters(typed) == {"where": (where,)}


def test_a_field_is_likelier_than_a_hamlet_of_its_name():
    assert filters("kiteflying") == {}
    assert filters("HIT near kiteflying") == {"where": ("Kiteflying, NM",)}
    assert filters("HIT kiteflying, nm") == {"where": ("Kiteflying, NM",)}


def test_a_big_city_is_likelier_than_a_school_and_the_school_is_offered():
    found = read("HIT phoenix")
    assert [each.values for each in found.inferred] == [("Phoenix, AZ",)]
    assert 'HIT "Phoenix"' in [each.q for each in found.alternatives]
    assert filters('HIT "phoenix"') == {}


def test_a_bare_city_names_the_others_of_its_name():
    assert "HIT near Maple Fork, KY" in [each.q for each in read("HIT in maple fork").alternatives]


def test_a_states_name_in_front_of_a_schools_name_is_the_school():
    assert filters("ohio alder") == {}
    assert filters("ohio HIT") == {"where": ("OH",)}


@pytest.mark.parametrize(
    ("typed", "within"),
    [
        ("HIT within 25 miles of houston", "25"), ("25 miles from 43901 HIT", "25"),
        ("HIT houston 30 mile radius", "50"),
        ("HIT within an hour of houston", "50"), ("HIT 30 minutes from houston", "25"),
        ("HIT within half an hour of houston", "25"), ("HIT 2 hours drive from houston", "100"),
        ("HIT within 10 mi of Maple Fork, OH", "10"), ("HIT within 900 miles of houston", "250"),
    ],
)  # fmt: skip
def test_distances_are_the_next_that_can_be_chosen(typed, within):
    assert filters(typed)["within"] == (within,)
    assert "where" in filters(typed)
    assert read(typed).rest == "HIT"


def test_two_states_widen_and_two_cities_do_not():
    assert filters("HIT ohio or kentucky") == {"state": ("OH", "KY")}
    found = read("HIT houston phoenix")
    assert [each.values for each in found.inferred] == [("Houston, TX",)]
    assert "“phoenix” was not used" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("HIT 99999", "no ZIP code 99999"),
        ("HIT 09901", "military"),
        ("HIT 34002", "military"),
        ("HIT tri-state area", "several states"),
    ],
)
def test_places_that_cannot_be_searched_by_are_named(typed, says):
    found = read(typed)
    assert says in " ".join(found.notes)
    assert found.inferred == ()
