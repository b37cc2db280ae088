"""Every word of a search must fit somewhere, in any order; nothing that was typed is dropped unsaid."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.models import Listing, Program
from directory.search.words import FILLING, LONGEST, MOST_WORDS, condition, split
from tests.directory.catalogue import LISTED


def found(text: str) -> set[str]:
    """Addresses of the listed programs that fit a text."""
    return set(Listing.objects.listed().filter(condition(text)).values_list("program__slug", flat=True))


CODING = {slug for slug in LISTED if "coding" in slug}
CODING_IN_OHIO = {slug for slug in CODING if not slug.startswith("cedar")}
ASSOCIATE = {slug for slug in LISTED if slug.endswith("-associate")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bachelor's Degree", ("bachelors", "degree")),
        ("bachelor’s", ("bachelors",)),
        ("Río  Claro", ("rio", "claro")),
        ("CCS-P", ("ccs-p",)),
        ("51.0707.", ("51.0707",)),
        ("coding coding CODING", ("coding",)),
        ("information/medical", ("information", "medical")),
        ("-- . -", ()),
    ],
)
def test_text_is_split_into_plain_words(text, wanted):
    assert split(text).wanted == wanted


def test_filling_words_are_named_and_not_looked_for():
    words = split("the programs in coding")
    assert (words.wanted, words.ignored) == (("coding",), ("the", "programs", "in"))


@given(st.text(max_size=LONGEST * 2))
@example("\x00\ud800 \udfff")
@example("İstanbul ﬁ ß")
def test_splitting_never_fails_and_splitting_again_changes_nothing(text):
    words = split(text)
    again = split(" ".join((*words.wanted, *words.ignored)))
    assert set(again.wanted) == set(words.wanted)
    assert len(words.wanted) + len(words.ignored) <= MOST_WORDS
    assert not FILLING & set(words.wanted)
    for word in words.wanted:
        assert re.fullmatch(r"[a-z0-9][a-z0-9.\-]*", word), word


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("coding", CODING),
            ("CODING", CODING),
            ("coder", CODING),  # an everyday name of the field
            ("cod", CODING),  # words may be half typed
            ("insurance coding", CODING),
            ("medical coding certificate ohio", CODING_IN_OHIO),
            ("ohio certificate coding medical", CODING_IN_OHIO),
            ("associate", ASSOCIATE),
            ("associates degree", ASSOCIATE),
            ("master's", {"dunmore-informatics-masters"}),
            ("51.2706", {"dunmore-informatics-masters"}),
            ("online", {"dunmore-hit-associate"}),
            ("forkers associate", {"maple-hit-associate"}),  # an alias of the school
            ("elm grove associate", {"elm-hit-associate"}),
            ("rhit", {"maple-hit-associate", "birch-hit-associate", "elm-hit-associate"}),
            ("ccs-p", CODING),
            ("rhit cca", {"maple-hit-associate", "birch-hit-associate", "elm-hit-associate"}),
            ("kentucky", {"cedar-coding-certificate", "cedar-coding-long"}),
            ("the programs", set(LISTED)),
            ("plumbing", set()),
            ("coding plumbing", set()),
            ("edar", set()),  # a word starts where a word starts
        ],
    )  # fmt: skip
    def test_all_words_must_fit_somewhere(self, text, expected):
        assert found(text) == expected

    def test_the_schools_own_title_of_a_program_is_searched_too(self):
        Program.objects.filter(slug="maple-coding-short").update(title="Boot Camp for Billers")
        assert found("illers camp") == set()
        assert found("billers camp") == {"maple-coding-short"}

    @pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "_", "(", "[a", "a.*", r"\d", ")("])
    def test_marks_of_other_languages_mean_nothing(self, text):
        words = split(text).wanted
        assert found(text) == (set(LISTED) if not words else found(" ".join(words)))
        assert found(f"plumbing {text}") == set()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(st.characters() | st.sampled_from("\x00\ud800.-*()[]\\ "), max_size=60))
    def test_no_text_breaks_the_search(self, text):
        assert found(text) <= set(LISTED)
