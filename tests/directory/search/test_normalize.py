"""Text into words and names into words, the same way."""

from __future__ import annotations

import pytest

from directory.search.normalize import clean, name_words, tokenize
from directory.search.sources import split_aliases
from directory.search.stems import singular, stem
from directory.search.vocabulary import variants


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("St. John’s", ["st", "johns"]), ("D.C. U.S. Ph.D", ["dc", "us", "phd"]), ("St.John", ["st", "john"]),
        ("on-line", ["on", "line"]), ("AT&T", ["at", "and", "t"]), ("École", ["ecole"]), ("5,000", ["5000"]),
        ("$ 5k", ["5k"]), ("2yr 1st icd10", ["2", "yr", "1st", "icd10"]), ("51.0707", ["51.0707"]),
        ("a/b_c|d", ["a", "b", "c", "d"]),
    ],
)  # fmt: skip
def test_tokens(typed, words):
    assert [token.word for token in tokenize(typed)] == words


def test_a_token_knows_where_it_stood():
    text = clean("  St.  John’s,  Ohio ")
    assert [text[token.start : token.end] for token in tokenize(text)] == ["St.", "John’s", "Ohio"]
    assert [token.after_comma for token in tokenize(text)] == [False, False, True]


def test_quotes_belong_in_pairs():
    assert [token.quoted for token in tokenize('a "b c" d “e” "f')] == [0, 1, 1, 0, 2, 0]


@pytest.mark.parametrize(
    ("name", "words"),
    [("Healthcare & St. Mary's", "health care and st marys"), ("U.S. Bayamón-Río", "us bayamon rio")],
)
def test_names(name, words):
    assert " ".join(name_words(name)) == words


@pytest.mark.parametrize(
    "family",
    ["coder coders coding code", "technology technician tech technicians", "nurse nurses nursing",
    "billing biller billers",
     "manager management managing", "programming programmer", "secretary secretaries", "welding welder"],
)  # fmt: skip
def test_forms_of_one_word_have_one_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["care career", "information informatics", "compute commute", "nurse nursery"])
def test_different_words_keep_different_stems(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_names_of_schools_lose_only_a_plural():
    assert [singular(word) for word in ("johns", "arts", "coding", "texas", "campus", "class")] == [
        "john", "art", "coding", "texa", "campus", "class",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("aliases", "names"),
    [
        ("Fork State|FSU|F.S.U.|", {"Fork State", "FSU", "F.S.U"}),
        ("FS; Fork, Maple Tech", {"FS", "Fork", "Maple Tech"}),
        ("FCSB FC Santa Brook", {"FCSB FC Santa Brook", "FCSB"}), ("UVB Wise", {"UVB Wise"}), ("", set()),
    ],
)  # fmt: skip
def test_other_names_of_schools_have_no_fixed_separator(aliases, names):
    assert set(split_aliases(aliases)) == names


def test_a_title_with_slashes_says_each_side():
    assert "Medical Assistant" in variants("Medical/Clinical Assistant")
    assert variants("Public Health, General") == ["Public Health"]
