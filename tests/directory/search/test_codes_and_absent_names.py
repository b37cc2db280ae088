"""Codes as people copy them, and what only looks like a place: with invented schools."""

from __future__ import annotations

import pytest

from directory.search.gazetteer import Gazetteer
from directory.search.understand import understand
from directory.search.vocabulary import build
from tests.directory.search.vocabulary import best, filters, read


@pytest.mark.parametrize(
    ("typed", "cips"),
    [
        ("51.0707", ["51.0707"]),
        ("510707", ["51.0707"]),
        ("CIP 51.0707", ["51.0707"]),
        ("cip code 510707", ["51.0707"]),
        ("29-2072", ["51.0707", "51.0713"]),
        ("SOC 29-2072.00", ["51.0707", "51.0713"]),
        ("soc code 29-2072", ["51.0707", "51.0713"]),
    ],
)
def test_codes_of_fields_and_occupations(typed, cips):
    (term,) = read(typed).terms

    assert best(term.fields) == cips
    assert term.said == typed


def test_a_retired_occupation_is_read_as_the_one_in_its_place_and_says_so():
    understood = read("29-2071")

    assert best(understood.terms[0].fields) == ["51.0707", "51.0713"]
    assert "29-2072" in " ".join(understood.notes)


@pytest.mark.parametrize("typed", ["$51.07", "29 2072", "290000"])
def test_other_numbers_are_no_codes(typed):
    assert not read(typed).terms


@pytest.mark.parametrize(
    ("typed", "lengths"),
    [
        ("1-2 year HIT", ("1-2-years",)), ("one to two years HIT", ("1-2-years",)),
        ("6 to 9 months HIT", ("under-1-year",)), ("1 to 3 years HIT", ("1-2-years", "2-4-years")),
    ],
)  # fmt: skip
def test_a_range_of_lengths(typed, lengths):
    assert filters(typed)["length"] == lengths


@pytest.mark.parametrize("typed", ["houstan", "houston", "huoston"])
def test_a_typing_error_is_a_large_city(typed):
    assert filters(typed)["where"] == ("Houston, TX",)


@pytest.mark.parametrize("typed", ["bangar", "HIT bangar"])
def test_a_typing_error_is_no_small_town(typed):
    understood = read(typed)

    assert not understood.inferred
    assert understood.unmatched == ("bangar",)


@pytest.mark.parametrize("typed", ["near bangar", "HIT in bangar", "bangar maine", "bangar area"])
def test_unless_a_place_word_or_a_state_says_so(typed):
    assert filters(typed)["where"] == ("Bangor, ME",)


@pytest.mark.parametrize("typed", ["ohio state", "Bangor Tech", "portland state", "Media College"])
def test_a_school_that_is_not_on_file_is_neither_its_state_nor_its_town(typed):
    understood = read(typed)

    assert understood.unmatched == (typed,)
    assert not understood.inferred
    assert understood.alternatives


def test_words_of_a_state_and_names_on_file_stay_what_they_are():
    assert filters("ohio state approved HIT")["where"] == ("OH",)
    assert not read("HIT maple fork college").unmatched


def test_an_address_of_mail_is_one_word_and_marks_are_none():
    assert read("jo.houston@phoenix.com").unmatched == ("jo.houston@phoenix.com",)
    assert read("<zzyzx>HIT</zzyzx>").unmatched == ("zzyzx",)


def test_regions_are_their_states_and_directions_belong_to_theirs():
    assert filters("HIT pacific northwest")["state"] == ("ID", "OR", "WA")
    assert filters("HIT northern ohio")["where"] == ("OH",)
    assert "state" not in filters("HIT tri-state area")


#: Hat making has no program; the two fields with some have all of its words, and one of two.
HATS = {
    "field": [
        ("12.0001", "Hat Making", "", "", {"12.0001": 1.0}, 1.0),
        ("12.0002", "Hat Making Office", "", "", {"12.0002": 1.0}, 2.0),
        ("12.0003", "Glove Making for Large and Small Hands of Grown Persons", "", "", {"12.0003": 1.0}, 2.0),
        ("12.0004", "Shoe Making", "", "", {"12.0004": 1.0}, 1.0),
    ]
}


def test_a_field_without_programs_is_named_and_the_nearest_is_called_so():
    understood = understand("hat making", build(HATS, {}, Gazetteer(())))

    assert "No program in Hat Making is listed here" in understood.notes[0]
    assert "Hat Making Office" in understood.notes[0]
    assert set(understood.terms[0].fields) == {"12.0001", "12.0002"}


def test_what_shares_hardly_a_word_with_a_field_without_programs_does_not_pass_for_it():
    understood = understand("shoe making", build(HATS, {}, Gazetteer(())))

    assert understood.notes == ("No program in Shoe Making is listed here.",)
    assert set(understood.terms[0].fields) == {"12.0004"}


def test_a_field_with_programs_is_not_called_missing():
    assert not understand("hat making office", build(HATS, {}, Gazetteer(()))).notes


def test_staffs_words_for_a_school_that_is_not_on_file_mean_nothing_else():
    """ "Mount Saint Antonio College" without one is no mount and no Antonio."""
    vocabulary = build(
        HATS, {"mt sac": "mt san antonio college"}, Gazetteer((("78201", "San Antonio", "TX", 29.4, -98.5),))
    )

    assert understand("mt sac", vocabulary).unmatched == ("mt sac",)
