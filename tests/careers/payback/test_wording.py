"""The answer claims no more than it can: rounded, "never" where it is never, and no end beyond thirty years."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.payback.drawing import drawn
from careers.payback.wording import asides, headline, length, money, span, sums
from directory.payback import Assumptions, Payback, payback
from tests.directory.test_payback import KNOWN, assumptions

NEVER = "Never, on these assumptions:"
LOWER = "after you finish, or never: at the lower pay you would"


def found(given_: Assumptions = KNOWN, **change: Any) -> Payback:
    answer = payback(dataclasses.replace(given_, **change))
    assert isinstance(answer, Payback)
    return answer


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "1 month"), (23, "23 months"), (24, "2 years"), (27, "2 years and 3 months"), (37, "3 years and 1 month")],
)
def test_months_in_words(months, words):
    assert length(months) == words


@pytest.mark.parametrize(
    ("soonest", "latest", "words"),
    [
        (0, 1, "under a month"),
        ("0.5", "7.2", "up to 8 months"),
        ("7.9", "12.1", "7 to 13 months"),
        ("7", "7", "7 months"),
        (13, 31, "13 months to 2 years and 9 months"),
        (70, 400, "5 years to more than 30 years"),
        (361, 400, "more than 30 years"),
        (361, None, "more than 30 years"),
        (5, None, "5 months to never"),
        ("0.1", None, "under a month to never"),
        (None, None, ""),
    ],
)
def test_both_ends_in_words_rounded_away_from_each_other(soonest, latest, words):
    first, last = (None if each is None else Fraction(each) for each in (soonest, latest))
    assert span(first, last) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Repaid 12 months to 3 years and 9 months after you finish."),
        ({"chance": 100}, "Repaid 6 to 22 months after you finish."),
        ({"pay_now": 60_000}, f"{NEVER} even the higher pay after it is not above what you earn now."),
        ({"chance": 0}, f"{NEVER} nobody is repaid by a program that they do not finish."),
        ({"pay_now": 40_000}, f"At the soonest 3 years {LOWER} earn less than you do now."),
        ({"pay_now": 36_000}, f"At the soonest 2 years {LOWER} earn no more than you do now."),
        ({"pay_now": 47_900}, "Not within 30 years, on these assumptions."),
        ({"price_from": 0, "price_to": 0, "hours": 0}, "There is nothing to repay: it costs you no money and no pay."),
    ],
)  # fmt: skip
def test_the_answer_in_one_sentence(change, words):
    assert headline(found(**change)) == words


def test_what_belongs_to_the_answer_stands_under_it():
    assert asides(found()) == [
        (
            "Of 100 people who start, 50 finish on this assumption, and those 50 repay what all 100 spent. "
            "If you do finish: 6 to 22 months."
        ),
        "From your first day of study: 2 years to 6 years.",
    ]
    assert len(asides(found(chance=100))) == 1
    assert asides(found(chance=0)) == []


def test_every_step_of_the_calculation_is_shown():
    rows = {row["label"]: (row["soonest"], row["latest"]) for row in sums(found())}
    assert rows == {
        "Price of the program": ("$6,000", "$9,000"),
        "Pay given up, at $12.00 an hour": ("$6,240", "$12,480"),
        "To be repaid": ("$12,240", "$21,480"),
        "Extra pay a year": ("$24,000", "$12,000"),
        "On average, at a chance of 50%": ("$12,000", "$6,000"),
        "Until it is repaid, after you finish": ("12 months", "3 years and 9 months"),
    }
    assert sums(found(pay_now=40_000))[3]["latest"] == "−$4,000"
    assert sums(found(pay_now=40_000))[5]["latest"] == "Never"
    assert len(sums(found(chance=100))) == 5


@pytest.mark.parametrize(("amount", "words"), [("0.5", "$1"), ("-0.4", "$0"), ("-1234.5", "−$1,235"), (0, "$0")])
def test_money_is_rounded_as_people_do(amount, words):
    assert money(Fraction(amount)) == words


@given(assumptions(hours=10))
def test_any_answer_has_words_and_a_drawing_within_its_frame(given_):
    answer = found(given_)
    assert headline(answer).endswith(".")
    picture = drawn(answer)
    bars = [picture[name] for name in ("study", "study_more", "range") if picture.get(name)]
    for bar in bars:
        left, width = (float(bar[name].removesuffix("%")) for name in ("x", "width"))
        assert left >= 0
        assert width >= 0
        assert left + width <= 100.01
    assert len(picture.get("ticks", [])) <= 12


@given(st.integers(0, 100))
def test_a_drawing_without_an_end_says_so(chance):
    assert drawn(found(pay_now=40_000, chance=100))["open"]
    assert drawn(found(pay_now=60_000, chance=chance)) == {}
