"""One price per program: its own, else an estimate that says how, else the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.pipeline.deliveries import delivery
from directory.pipeline.prices import CLOCK, CREDIT, Charge, Tuition, fits, resolve
from directory.vocab import Delivery, Level, Missing

TUITION = Tuition(4_980, "", 2023, 7)


def charge(
    price: int | None = 11_060, *, hours: int | None = 36, unit: int | None = CREDIT, year: int = 2021
) -> Charge:
    return Charge(price, "" if price is not None else "not-applicable", hours, unit, year, 3)


def test_the_whole_price_of_the_program_wins_over_the_schools_tuition():
    price = resolve(2, [charge()], [TUITION], only_program=True)
    assert (price.value, price.level, price.year, price.release) == (11_060, Level.PROGRAM, "2021-22", 3)


def test_the_newest_of_several_charges_is_taken():
    assert resolve(2, [charge(9_000, year=2019), charge(12_000, year=2022)], [], only_program=True).value == 12_000


@pytest.mark.parametrize(
    ("award_level", "hours", "unit", "belongs"),
    [
        (21, 720, CLOCK, True),
        (2, 720, CLOCK, False),
        (2, 36, CREDIT, True),
        (3, 36, CREDIT, False),
        (3, 64, CREDIT, True),
    ],
)
def test_among_several_programs_of_a_field_the_hours_decide(award_level, hours, unit, belongs):
    assert fits(charge(hours=hours, unit=unit), award_level, only_program=False) is belongs


def test_the_only_certificate_of_a_field_is_meant_even_if_the_hours_disagree():
    assert fits(charge(hours=720, unit=CLOCK), 2, only_program=True)


def test_the_only_degree_of_a_field_takes_no_price_of_a_short_course():
    assert not fits(charge(hours=720, unit=CLOCK), 3, only_program=True)


def test_an_estimate_says_what_was_multiplied_and_is_of_the_school():
    price = resolve(3, [], [TUITION, Tuition(4_860, "", 2021, 2)], only_program=False)
    assert (price.value, price.level, price.year, price.release) == (9_960, Level.INSTITUTION, "2023-24", 7)
    assert "in-state tuition of $4,980 a year for 2 years" in price.caveat


@pytest.mark.parametrize(("tuition", "estimate"), [(6_750, 5_063), (5_338, 4_004), (5_337, 4_003)])
def test_half_a_dollar_of_an_estimate_is_rounded_up(tuition, estimate):
    certificate = 21  # three quarters of a year
    assert resolve(certificate, [], [Tuition(tuition, "", 2023, 7)], only_program=False).value == estimate


def test_a_private_school_has_no_in_state_tuition():
    assert "in-state" not in resolve(3, [], [TUITION], only_program=False, by_residence=False).caveat


@pytest.mark.parametrize("graduate", [6, 7, 8, 17, 18, 19])
def test_undergraduate_tuition_never_passes_for_a_graduate_price(graduate):
    price = resolve(graduate, [], [TUITION], only_program=False)
    assert (price.value, price.note) == (None, Missing.NOT_COLLECTED)
    assert "undergraduate" in price.caveat


def test_a_missing_price_names_the_newest_file_that_could_have_had_it():
    price = resolve(
        2, [], [Tuition(None, "not-reported", 2021, 2), Tuition(None, "not-collected", 2023, 7)], only_program=True
    )
    assert (price.value, price.note, price.year, price.release) == (None, "not-collected", "2023-24", 7)


@given(
    st.sampled_from([20, 21, 2, 3, 4, 5, 6, 7, 8]),
    st.lists(
        st.builds(
            Tuition, st.none() | st.integers(0, 90_000), st.just("not-reported"), st.integers(2015, 2025), st.just(1)
        )
    ),
)
def test_a_price_has_either_a_value_or_a_reason(award_level, tuitions):
    price = resolve(award_level, [], tuitions, only_program=False)
    assert (price.value is None) == (price.note in Missing.values)


def test_the_schools_page_about_the_program_wins_over_every_file():
    taught = delivery(["online"], [(2021, "campus")], 1, school_distance_only=False)
    assert taught == (Delivery.ONLINE, "The school’s page")


def test_pages_that_disagree_leave_the_word_to_the_files():
    assert delivery(
        ["online", "hybrid"], [(2020, "campus"), (2021, "hybrid")], None, school_distance_only=True
    ).delivery == (Delivery.HYBRID)


@pytest.mark.parametrize(
    ("code", "word"), [(1, Delivery.CAMPUS), (2, Delivery.UNKNOWN), (3, Delivery.ONLINE), (0, Delivery.UNKNOWN)]
)
def test_scorecard_speaks_for_the_field_when_nobody_speaks_for_the_program(code, word):
    assert delivery([], [], code, school_distance_only=False).delivery is word


def test_a_school_that_teaches_only_by_distance_teaches_this_by_distance():
    assert delivery([], [], None, school_distance_only=True).delivery is Delivery.ONLINE
    assert delivery([], [], None, school_distance_only=False) == (Delivery.UNKNOWN, "")
