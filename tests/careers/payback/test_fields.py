"""What readers type as numbers, and what is said when it is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.payback.fields import FIELDS, Unreadable
from directory.payback import Input


def message(name: str, text: str) -> str:
    with pytest.raises(Unreadable) as unreadable:
        FIELDS[name].read(text)
    return str(unreadable.value)


def test_every_input_of_the_calculation_has_a_field():
    assert {each.value for each in Input} | {"hourly"} == set(FIELDS)


@pytest.mark.parametrize("text", ["35000", "35,000", "$35,000", " $ 35 000 ", "35000.00", "35\u00a0000"])
def test_an_amount_may_be_written_as_people_write_it(text):
    assert FIELDS["pay_now"].read(text) == 35_000


@pytest.mark.parametrize(("name", "text", "value"), [("chance", "60%", "60"), ("hourly", "$15.50", "15.50")])
def test_units_and_cents_are_read_where_they_belong(name, text, value):
    assert FIELDS[name].read(text) == Decimal(value)


@pytest.mark.parametrize("text", ["abc", "35k", "1e9", "3,50", "1,2,3", "0x10", "٣٥", "1/0", "nan", "inf", "$", "12.5"])
def test_what_is_no_whole_number_is_said_with_an_example(text):
    assert message("pay_now", text) == f"“{text}” is not a whole number. Write figures, such as 30000."


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hours", "-1", "“-1” is too little: 0 hours or more."),
        ("months_to", "0", "“0” is too little: 1 month or more."),
        ("price_to", "1000000000", "“1000000000” is too much: $1,000,000 at most."),
        ("chance", "101", "“101” is too much: 100% at most."),
        ("hours", "9" * 400, f"“{'9' * 40}…” is too much: 100 hours at most."),
        ("hourly", "−5", "“−5” is too little: $0.00 or more."),
    ],
)
def test_what_is_beyond_belief_is_said_with_the_limit(name, text, said):
    assert message(name, text) == said


@given(st.text(max_size=40), st.sampled_from(sorted(FIELDS)))
def test_any_text_is_a_number_within_the_limits_or_none(text, name):
    field = FIELDS[name]
    try:
        value = field.read(text)
    except Unreadable:
        return
    assert field.low <= value <= field.high
