"""Reference numbers are short, can be read out, and notice when somebody mistypes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.engagement.references import LENGTH, SIGNS, Misread, check_sign, new_reference, read

drawn = st.text(SIGNS, min_size=LENGTH - 1, max_size=LENGTH - 1)


@given(drawn)
def test_a_number_is_read_however_it_is_written(signs):
    number = signs + check_sign(signs)
    for written in (number, f"{number[:4]}-{number[4:]}", f" {number[:4].lower()} – {number[4:].lower()} "):
        assert read(written) == number


@given(drawn, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(signs, at, sign):
    number = signs + check_sign(signs)
    if number[at] == sign:
        return
    with pytest.raises(Misread, match="typing error"):
        read(number[:at] + sign + number[at + 1 :])


@pytest.mark.parametrize("text", ["", "7K3M", "7K3M-R9WH-2", "7K3M-R9W0", "7K3M-R9WI", "💥" * 8, "A" * 10_000])
def test_what_is_no_number_is_said_to_be_none(text):
    with pytest.raises(Misread):
        read(text)


def test_new_numbers_can_be_read_and_differ():
    numbers = {new_reference() for _ in range(500)}
    assert len(numbers) == 500
    assert all(read(number) == number for number in numbers)


def test_no_letter_is_used_that_looks_or_sounds_like_another():
    assert not set(SIGNS) & set("01BCDEGIOPQSTUVXZN")
    assert len(set(SIGNS)) == len(SIGNS) == 16
