"""Payback: dearer is never sooner, better paid never later, and without an input there is no answer."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.payback import Assumptions, End, Input, Payback, Refused, payback, rounded_down, rounded_up

DOLLARS = st.integers(0, 1_000_000)
HOURLY = st.none() | st.decimals(0, 1_000, places=2)
KNOWN = Assumptions(
    price_from=6_000, price_to=9_000, pay_from=36_000, pay_to=48_000, pay_now=24_000, hours=10, hourly=Decimal(12),
    months_from=12, months_to=24, chance=50,
)  # fmt: skip


@st.composite
def assumptions(draw: st.DrawFn, /, **fixed: Any) -> Assumptions:
    """Any that can be."""
    prices, pays = (sorted(draw(st.tuples(DOLLARS, DOLLARS))) for _ in range(2))
    months = sorted(draw(st.tuples(st.integers(0, 120), st.integers(0, 120))))
    drawn: dict[str, Any] = {
        "price_from": prices[0],
        "price_to": prices[1],
        "pay_from": pays[0],
        "pay_to": pays[1],
        "pay_now": draw(DOLLARS),
        "hours": draw(st.integers(0, 100)),
        "hourly": draw(HOURLY),
        "months_from": months[0],
        "months_to": months[1],
        "chance": draw(st.integers(0, 100)),
    }
    return Assumptions(**{**drawn, **fixed})


def worked_out(given_: Assumptions) -> Payback:
    found = payback(given_)
    assert isinstance(found, Payback)
    return found


def lengths(given_: Assumptions) -> list[Fraction | float]:
    """All four, never as the furthest."""
    found = worked_out(given_)
    ends = [getattr(end, name) for end in (found.soonest, found.latest) for name in ("months", "if_finished")]
    return [float("inf") if months is None else months for months in ends]


def never_sooner(before: Assumptions, after: Assumptions) -> bool:
    return all(was <= is_ for was, is_ in zip(lengths(before), lengths(after), strict=True))


MORE = st.integers(0, 500_000)


@given(assumptions(), MORE)
def test_dearer_never_pays_back_sooner(given_, more):
    dearer = dataclasses.replace(given_, price_to=given_.price_to + more)
    assert never_sooner(given_, dearer)
    assert never_sooner(given_, dataclasses.replace(dearer, price_from=given_.price_from + more))


@given(assumptions(), MORE)
def test_higher_pay_never_pays_back_later(given_, more):
    better = dataclasses.replace(given_, pay_to=given_.pay_to + more)
    assert never_sooner(better, given_)
    assert never_sooner(dataclasses.replace(better, pay_from=given_.pay_from + more), given_)


@given(assumptions(), st.integers(0, 68))
def test_more_hours_given_up_never_pay_back_sooner(given_, more):
    assert never_sooner(given_, dataclasses.replace(given_, hours=given_.hours + more))


@given(assumptions(), MORE)
def test_more_pay_now_never_pays_back_sooner(given_, more):
    assert never_sooner(given_, dataclasses.replace(given_, pay_now=given_.pay_now + more))


@given(assumptions(hourly=Decimal("9.50")), st.decimals(0, 100, places=2))
def test_dearer_hours_never_pay_back_sooner(given_, more):
    assert never_sooner(given_, dataclasses.replace(given_, hourly=given_.hourly + more))


@given(assumptions(), st.integers(0, 60))
def test_longer_study_never_pays_back_sooner(given_, more):
    assert never_sooner(given_, dataclasses.replace(given_, months_to=given_.months_to + more))


@given(assumptions(), st.integers(0, 100))
def test_a_better_chance_never_pays_back_later(given_, chance):
    low, high = sorted((chance, given_.chance))
    worse, better = (dataclasses.replace(given_, chance=each) for each in (low, high))
    assert never_sooner(better, worse)


@given(assumptions())
def test_the_latest_is_never_before_the_soonest(given_):
    soonest, if_finished, latest, latest_if_finished = lengths(given_)
    assert soonest <= latest
    assert if_finished <= latest_if_finished
    assert if_finished <= soonest


@given(assumptions())
def test_no_extra_pay_never_repays_a_cost(given_):
    found = worked_out(given_)
    for end in (found.soonest, found.latest):
        assert (end.if_finished is None) == (end.extra <= 0 < end.cost)


@given(assumptions(), st.sets(st.sampled_from(Input), min_size=1))
def test_without_an_input_there_is_no_answer_but_its_name(given_, unknown):
    without = dataclasses.replace(given_, **{each.value: None for each in unknown})
    assert payback(without) == Refused(tuple(each for each in Input if each in unknown))


@given(assumptions(hourly=None))
def test_pay_given_up_follows_from_present_pay_when_nothing_else_is_said(given_):
    assert worked_out(given_).hourly == Fraction(given_.pay_now, 2_080)


def test_the_sum_can_be_checked_by_hand():
    # 12 dollars × 10 hours × 52 weeks = 6,240 a year of study; half of those who start finish.
    found = worked_out(KNOWN)
    assert found.soonest == End(6_000, Fraction(6_240), 24_000, 12, Fraction(1_224, 100), Fraction(612, 100))
    assert found.latest == End(9_000, Fraction(12_480), 12_000, 24, Fraction(4_296, 100), Fraction(2_148, 100))
    assert found.latest.cost == 21_480


def test_what_costs_nothing_is_repaid_at_once():
    free = dataclasses.replace(KNOWN, price_from=0, price_to=0, hours=0, pay_now=1_000_000)
    assert lengths(free) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "change", [{"price_from": -1}, {"hours": -1}, {"hourly": Decimal(-1)}, {"chance": 101}, {"price_from": 9_001}]
)
def test_what_cannot_be_is_an_error(change):
    with pytest.raises(ValueError, match=r"Less than|More than|above"):
        dataclasses.replace(KNOWN, **change)


@pytest.mark.parametrize(
    ("months", "down", "up"),
    [
        ("0", 0, 0), ("0.2", 0, 1), ("7", 7, 7), ("23.1", 23, 24), ("24.5", 24, 27), ("59.9", 57, 60),
        ("60", 60, 60), ("61", 60, 72), ("361", 360, 372),
    ],
)  # fmt: skip
def test_the_further_away_the_rougher(months, down, up):
    assert (rounded_down(Fraction(months)), rounded_up(Fraction(months))) == (down, up)


@given(st.fractions(0, 10_000), st.fractions(0, 10_000))
def test_rounding_keeps_the_order_and_the_truth_inside(one, other):
    low, high = sorted((one, other))
    assert rounded_down(low) <= low <= rounded_up(low)
    assert rounded_down(low) <= rounded_down(high)
    assert rounded_up(low) <= rounded_up(high)
