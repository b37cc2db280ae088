"""A place in the reader's words becomes a state or a point, or a message that says what can be typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.search.places import LONGEST, UnknownPlace, find_place
from directory.vocab import STATES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize("typed", ["43901", "43901-1234", "439011234", "43901 1234", "  43901  "])
def test_a_zip_code_of_five_or_nine_digits_is_a_point(typed):
    found = find_place(typed)
    assert (found.latitude, found.longitude, found.state) == (40.0, -83.0, "OH")
    assert found.label == "43901 (Maple Fork, OH)"


@pytest.mark.parametrize(
    "typed",
    ["Birch Valley, OH", "birch valley, oh", "Birch Valley,OH", "BIRCH VALLEY OH", "Birch Valley, Ohio",
     "birch valley ohio", " Birch   Valley ,  oh. "],
)  # fmt: skip
def test_a_city_with_its_state_is_a_point(typed):
    found = find_place(typed)
    assert (found.label, found.latitude) == ("Birch Valley, OH", 40.3)


@pytest.mark.parametrize("typed", ["Ohio", "ohio", "OHIO", "OH", "oh", "Oh.", "O.H."])
def test_a_state_is_its_name_or_code_in_any_case(typed):
    found = find_place(typed)
    assert (found.label, found.state, found.is_point) == ("Ohio", "OH", False)


@pytest.mark.parametrize("usps", STATES)
def test_every_state_and_territory_is_known_by_code_and_name(usps):
    assert find_place(usps).state == find_place(STATES[usps].lower()).state == usps


def test_a_bare_city_goes_to_the_state_with_most_zip_codes_and_names_the_others():
    found = find_place("maple fork")
    assert (found.label, found.also) == ("Maple Fork, OH", ("Maple Fork, KY",))
    assert find_place("Maple Fork, KY").latitude == 38.0


def test_a_name_that_is_city_and_state_is_the_state_unless_its_own_state_follows():
    assert not find_place("Washington").is_point
    assert find_place("Washington, DC").label == find_place("Washington D.C.").label == "Washington, DC"


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Saint Alder", "Saint Alder, MO"),
        ("St. Alder", "Saint Alder, MO"),
        ("st alder, mo", "Saint Alder, MO"),
        ("Saint Brook", "St Brook, MO"),
        ("St. Brook, Missouri", "St Brook, MO"),
    ],
)
def test_saint_and_its_abbreviations_are_the_same(typed, city):
    assert find_place(typed).label == city


@pytest.mark.parametrize("typed", ["Rio Claro", "Río Claro", "rio claro, pr", "RÍO-CLARO, PR"])
def test_a_city_is_found_with_the_accents_that_the_postal_list_leaves_out(typed):
    assert find_place(typed).label == "Rio Claro, PR"


@pytest.mark.parametrize("typed", ["O'Alder", "O’Alder", "o alder, mo"])
def test_a_city_is_found_with_the_marks_that_the_postal_list_leaves_out(typed):
    assert find_place(typed).label == "O Alder, MO"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("99999", "no ZIP code 99999"),
        ("4390", "five digits; “4390” has 4"),
        ("439011", "five digits"),
        ("09901", "military"),
        ("Nowhere Falls", "no city “Nowhere Falls”"),
        ("Birch Valley, KY", "in Kentucky"),
        ("Birch Valley, ZZ", "“ZZ” is no state"),
        ("Birch Valley,", "Type a city and a state"),
        (",", "Type a ZIP code, a city or a state"),
        ("!?", "Type a ZIP code, a city or a state"),
        ("x" * 10_000, "too long"),
        ("%", "Type a ZIP code, a city or a state"),
        ("M%", "no city"),
        ("_aple Fork", "no city"),
    ],
)
def test_what_is_no_place_says_so_in_words(typed, says):
    with pytest.raises(UnknownPlace) as refusal:
        find_place(typed)
    assert says in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("Brich Valley", "Birch Valley, OH"),
        ("mapel frok, ky", "Maple Fork, KY"),
        ("Ohoi", "Ohio"),
        ("Rio Clara", "Rio Claro, PR"),
    ],
)
def test_a_slip_in_a_place_is_asked_about(typed, guess):
    with pytest.raises(UnknownPlace, match=f"Did you mean {guess}\\?"):
        find_place(typed)


def test_a_place_asks_the_database_for_no_more_than_the_token(django_assert_num_queries):
    find_place("43901")
    with django_assert_num_queries(1):
        find_place("Birch Valley, OH")


ODD = st.text(
    st.characters() | st.sampled_from("\x00\ud800\udfff'\"%_;,.\u202e😀٤é"), max_size=LONGEST + 20
) | st.sampled_from(["OH", "43901", "Maple Fork", "st. ", ", ", "ohio"]).flatmap(
    lambda known: st.text(max_size=10).map(lambda more: known + more)
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ODD)
@example("\x00")
@example("\ud800")
@example("Maple Fork, \udcff")
@example("' OR 1=1 --")
@example("²")
def test_whatever_is_typed_is_a_place_or_a_message(typed):
    try:
        found = find_place(typed)
    except UnknownPlace:
        return
    assert found.state in STATES
    assert (found.latitude is None) == (found.longitude is None)
