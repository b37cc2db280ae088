"""A state that is written is meant; a longer name is meant before a state and a shorter one."""

from __future__ import annotations

from functools import lru_cache

import pytest

from directory.search.gazetteer import Gazetteer
from directory.search.understand import understand
from directory.search.vocabulary import Vocabulary, build
from tests.directory.search.vocabulary import ZIPS, read

SCHOOLS = {
    1: "University of Ohio Valley",
    2: "Kentucky University of Ohio Valley-Main Campus",
    3: "Central Tarnford University",
    4: "Tarnford University in Saint Alder on the Hill",
}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    schools: list[tuple[str, str, str, str, dict[str, float], float]] = [
        (str(key), name, "", "", {}, 1.0) for key, name in SCHOOLS.items()
    ]
    fields = [("51.0707", "Health Information Technology", "HIT", "", {"51.0707": 1.0}, 1.0)]
    zips = (*ZIPS, ("02999", "At&t", "MA", 42.0, -71.0))
    return build({"school": schools, "field": fields}, {}, Gazetteer(zips, ()))


@pytest.mark.parametrize("typed", ["HIT houston ohio", "houston oh HIT", "HIT ohio houston", "HIT in Houston, Ohio"])
def test_a_city_is_never_looked_for_in_a_state_that_has_none(typed):
    found = read(typed)
    assert {each.name: each.values for each in found.inferred} == {"where": ("OH",)}
    assert "we know no such place in Ohio" in " ".join(found.notes)
    assert found.rest in ("HIT", "HIT in")


def test_a_city_and_a_state_that_is_named_elsewhere_stay_two_places():
    found = read("houston HIT ohio")
    assert {each.name: each.values for each in found.inferred} == {"where": ("Houston, TX",)}
    assert "One place at a time" in found.notes[0]


def test_a_long_name_of_a_school_is_no_state_with_a_shorter_name():
    found = understand("kentucky university of ohio valley", vocabulary())
    assert found.inferred == ()
    assert max(found.terms[0].schools, key=found.terms[0].schools.__getitem__) == 2


def test_a_name_that_begins_so_comes_before_one_that_ends_so():
    schools = understand("tarnford university", vocabulary()).terms[0].schools
    assert schools[4] > schools[3]


def test_single_letters_are_no_city():
    assert understand("at&t", vocabulary()).inferred == ()


@pytest.mark.parametrize(
    ("typed", "level", "instead"),
    [("MS coding", "masters", "in Mississippi coding"), ("AS coding", "associate", "in American Samoa coding")],
)
def test_letters_in_capitals_before_a_subject_are_an_award_first(typed, level, instead):
    found = read(typed)
    assert {each.name: each.values for each in found.inferred} == {"level": (level,)}
    assert instead in [each.q for each in found.alternatives]
