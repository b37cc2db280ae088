"""Which word was meant: up to two letters off, swapped neighbours count one."""

from __future__ import annotations

import pytest

from directory.search.typos import Spelling

WORDS = {
    "health": 9.0,
    "heath": 0.2,
    "wealth": 0.3,
    "information": 9.0,
    "columbus": 3.0,
    "ohio": 6.0,
    "coding": 9.0,
    "tin": 9.0,
}


@pytest.fixture
def spelling():
    return Spelling(WORDS, core=("health", "information", "coding", "ohio"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("helth", "health"), ("ehalth", "health"), ("informaton", "information"), ("infromatoin", "information"),
        ("colombus", "columbus"), ("colmubs", "columbus"), ("ohoi", "ohio"), ("codng", "coding"),
        ("xinformation", "information"),
    ],
)  # fmt: skip
def test_slips(spelling, typed, meant):
    assert spelling.corrections(typed)[0][0] == meant


@pytest.mark.parametrize("typed", ["tni", "zzzzzz", "cdg", "hlt", "inf0rmation", "x" * 200, "oxxo", "mealtx"])
def test_short_words_numbers_and_far_words_are_left_alone(spelling, typed):
    assert spelling.corrections(typed) == ()


def test_a_swap_of_neighbours_counts_one_letter(spelling):
    assert spelling.corrections("codign")[0] == ("coding", 1)


def test_a_word_that_exists_may_stand_for_a_core_word_one_letter_off(spelling):
    assert spelling.instead("heath") == ("health",)
    assert spelling.instead("health") == ()


def test_words_written_as_one_are_taken_apart(spelling):
    assert spelling.parts("healthinformation") == ("health", "information")
    assert spelling.parts("healthzzz") == ()


def test_a_beginning_means_the_weightiest_words(spelling):
    assert spelling.beginning("hea") == ("health", "heath")
    assert spelling.beginning("hea", core=True) == ("health",)
