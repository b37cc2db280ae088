"""The words of a review: cleaned of what cannot be seen, measured, compared; never changed otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.engagement.review_words import LONGEST, MOST_LINKS, SHORTEST, cleaned, digest, link_count, trouble

ENOUGH = "word " * 20


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(text):
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(max_size=300))
def test_no_control_character_or_turned_text_is_left(text):
    assert not {"\x00", "\r", "\u202e", "\u2066", "\x1b"} & set(cleaned(text))


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"], codec="ascii"), min_size=1, max_size=200))
def test_plain_words_stay_as_they_are(text):
    assert cleaned(text) == text
    assert digest(text) == digest(f"  {text.upper()}!! ")


def test_html_and_emoji_stay_as_typed():
    assert cleaned("<b>bold</b> & 👩‍⚕️\r\n\r\n\r\n\r\nnext ") == "<b>bold</b> & 👩‍⚕️\n\nnext"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "few sentences"), ("Good.", f"at least {SHORTEST}"), ("x" * 50_000, "50,000 characters; at most 5,000"),
        (ENOUGH + "http://a.example https://b.example www.c.example", "3 web addresses"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_figures(text, said):
    assert said in trouble(cleaned(text))


@pytest.mark.parametrize("text", ["x" * SHORTEST, "x" * LONGEST, ENOUGH + "see www.a.example and https://b.com"])
def test_what_is_just_right_is_taken(text):
    assert trouble(text) == ""


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://www.a.com/x", 1), ("a.com b.org", 2), ("e.g. this. And that", 0), ("cost $1.500 vs. 2.000", 0),
        ("HTTP://A.EXAMPLE", 1), ("javascript:alert(1)", 0),
    ],
)  # fmt: skip
def test_addresses_are_counted(text, links):
    assert link_count(text) == links
    assert MOST_LINKS == 2
