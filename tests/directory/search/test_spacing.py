"""Blanks that are missing or stand within a word are mended, and only those."""

from __future__ import annotations

import pytest

from directory.search.normalize import tokenize
from directory.search.spacing import respaced
from tests.directory.search.vocabulary import filters, read, small


def words(text: str) -> list[str]:
    return [token.word for token in respaced(tokenize(text), small())]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("codingcertificate", ["coding", "certificate"]),
        ("medicalcodingonline", ["medical", "coding", "online"]),
        ("cod ing", ["coding"]),
    ],
)
def test_blanks_are_put_where_words_end(typed, meant):
    assert words(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "medical coding",
        "pacific northwest",
        "kiteflyng",
        '"cod ing"',
        "cod, ing",
        "cod-ing",
        "houston phoenix",
        "RHIT ohio",
    ],
)
def test_what_makes_sense_as_it_stands_stays(typed):
    assert words(typed) == [token.word for token in tokenize(typed)]


def test_each_part_says_its_own_letters_of_the_text():
    assert [token.said for token in respaced(tokenize("CodingCertificate"), small())] == ["Coding", "Certificate"]
    assert [token.said for token in respaced(tokenize("cod ing"), small())] == ["cod ing"]


def test_what_was_joined_asks_for_its_filters_and_leaves_the_rest():
    assert filters("codingcertificate") == {"level": ("certificate",)}
    assert read("codingcertificate").rest == "coding"
