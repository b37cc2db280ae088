"""Whatever is typed, nothing is dropped in silence, nothing raises, and the work stays small."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.search import choose
from directory.search.normalize import LONGEST, MOST_TOKENS, clean, tokenize
from directory.search.recognizers.base import LONGEST_RUN
from directory.search.recognizers.subjects import subject_readings
from directory.search.understand import understand
from directory.search.understanding import Understanding
from tests.directory.search.vocabulary import filters, read, small

TYPED_WORDS = (
    "HIT medical coding coder online certificate associate near in or me ohio houston 43901 maple fork st. alder's"
    " university of college under $5000 between 2000 and 6000 12 weeks within 25 miles RHIT ccs-p exam cheap best"
    ' evening free zzgrbl helth informaton raven crow "phoenix" " “kite” 🏥 51.0707 2-year la, pa not for profit'
    " AND NOT NEAR * ^ % ; DROP TABLE مرحبا école 9901 09901 99999 county alder new york new england"
    " no without except -ohio"
)
WORDS = st.sampled_from(TYPED_WORDS.split(" "))
ODD = st.text(st.characters() | st.sampled_from("\x00\ud800\udfff'\"%_;,.\u202e😀٤é½ﬁ²＄①"), max_size=60)
TYPED = st.lists(WORDS | ODD, max_size=14).map(" ".join) | ODD


def said_in(found: Understanding) -> str:
    parts = [
        *(each.said for each in found.inferred), *(each.said for each in found.terms),
        *found.unmatched, *found.ignored, *found.notes,
    ]  # fmt: skip
    return "\n".join(parts)


@settings(max_examples=600)
@given(TYPED)
@example("\x00")
@example("\ud800 HIT \udcff")
@example("' OR 1=1 --")
@example('"""')
@example("in in in in in ohio ohio houston 43901 43902")
@example("cheap coder raven paper chaser")
@example("①② ½ ² ٤٣٩٠١")
@example("2024-2025")
def test_every_token_is_named_somewhere(typed):
    found, text = read(typed), clean(typed)
    said = said_in(found)
    for token in tokenize(text):
        # As a word: "a" is not named by "place". Only where the text has a border: "٣½" are two tokens in one.
        before = r"(?<![^\W_])" if not text[: token.start][-1:].isalnum() else ""
        after = r"(?![^\W_])" if not text[token.end :][:1].isalnum() else ""
        assert re.search(f"{before}{re.escape(token.said)}{after}", said), (typed, token.said, found)


@settings(max_examples=300)
@given(TYPED)
@example("x" * 10_000)
@example("a " * 5_000)
@example("near " * 60)
@example("2000 and 6000 " * 30)
@example("\u202e" * 300 + "HIT")
def test_filters_have_values_that_the_address_can_hold_and_texts_that_can_be_shown(typed):
    found = read(typed)
    names = [each.name for each in found.inferred]
    assert len(names) == len(set(names))
    assert not {"where", "state"} <= set(names)
    for each in found.inferred:
        assert each.values
        assert each.said
        assert each.label
        assert each.said in clean(typed) or all(part in clean(typed) for part in each.said.split(" … "))
    for term in found.terms:
        assert term.fields or term.schools or term.programs
        assert all(0 < well <= 1 for weights in (term.fields, term.schools, term.programs) for well in weights.values())
    said_in(found).encode()
    found.rest.encode()
    assert len(found.rest) <= LONGEST


@settings(max_examples=150)
@given(TYPED)
def test_the_filters_do_not_come_back_from_what_remains(typed):
    first = read(typed)
    explicit = {each.name for each in first.inferred}
    again = understand(first.rest, small(), explicit=explicit)
    assert not explicit & {each.name for each in again.inferred}


def test_only_the_first_200_letters_are_read_and_that_is_said():
    found = read("HIT " + "zzgrbl " * 2_000)
    assert "first 200 letters" in found.notes[0]
    assert found.terms[0].said == "HIT"


def test_more_words_than_are_read_are_named():
    found = read("HIT " + " ".join("a" * (MOST_TOKENS + 9)))
    assert f"first {MOST_TOKENS} words" in found.notes[0]


@settings(max_examples=300)
@given(TYPED)
def test_the_tokens_hold_every_letter_and_digit(typed):
    text = clean(typed)
    held = "".join(token.said for token in tokenize(text))
    assert [c for c in text if c.isalnum()] == [c for c in held if c.isalnum()]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ('AND NOT NEAR * ^ "', []),
        ("HIT AND NOT (coding)", ["HIT"]),
        ("NEAR/5 HIT", ["HIT"]),
        ("HIT -", ["HIT"]),
    ],
)
def test_operators_of_other_engines_are_words(typed, terms):
    assert [term.said for term in read(typed).terms] == terms


@pytest.mark.parametrize(
    "typed",
    [
        "st saint mt ft u cc comm coll " * 6,
        "maple fork " * 18,
        "near in around by " * 12,
        "helth informaton tecnician " * 8,
    ],
)
def test_the_work_of_the_worst_texts_is_bounded(typed, monkeypatch):
    asked = 0
    original = subject_readings

    def counting(*given):
        nonlocal asked
        asked += 1
        return original(*given)

    monkeypatch.setattr(choose, "subject_readings", counting)
    read(typed)
    assert asked <= MOST_TOKENS * LONGEST_RUN * choose.MOST_RUNS


def test_understanding_asks_the_database_nothing():
    """No `django_db` mark: a query would fail the test."""
    assert filters("cheap medical coding certificate near Houston under $5000 RHIT") != {}
