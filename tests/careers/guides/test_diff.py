"""Comparing two texts: lines, then words, in a time that nobody can stretch."""

from __future__ import annotations

import random
import re
import time
from html import unescape

import pytest

from careers.guides import diff
from careers.guides.diff import compare

LONG = 20_000


def texts_in(found: diff.Compared) -> tuple[str, str]:
    """Both sides without their marks."""
    before, after = (unescape(re.sub(r"</?(?:del|ins)>", "", side)) for side in (found.before, found.after))
    return before, after


def prose(seed: int) -> str:
    words = ["the", "of", "and", "a", *(f"w{number}" for number in range(1_500))]
    picked = random.Random(seed)  # noqa: S311 - words of a sample
    return " ".join(picked.choice(words) for _ in range(LONG))[:LONG]


def between(common: str, other: str, gap: str) -> str:
    """`a x1 a x3 …`: every second piece is the same in both texts, and nothing else is."""
    return gap.join(common if number % 2 else f"{other}{number}" for number in range(LONG))[:LONG]


HOSTILE = {
    "one line of words": (between("a", "x", " "), between("a", "y", " ")),
    "lines": (between("a", "x", "\n"), between("a", "y", "\n")),
    "lines and blanks": (between("a", "x", "\n\n"), between("a", "y", "\n\n")),
    "one word": ("a " * (LONG // 2), "b a " * (LONG // 4)),
    "one line, again and again": ("a\n" * (LONG // 2), "b\na\n" * (LONG // 4)),
    "prose": (prose(1), prose(2)),
    "words in each line": (
        "\n".join([between("a", "x", " ")[:400]] * 50),
        "\n".join([between("a", "y", " ")[:400]] * 50),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_comparing_long_and_nothing_of_it_is_lost(name):
    before, after = HOSTILE[name]
    begun = time.process_time()
    found = compare(before, after)
    assert time.process_time() - begun < 1  # minutes, where the search is not bounded
    assert texts_in(found) == (before, after)
    assert not found.same


def test_words_are_marked_inside_the_lines_that_changed_only():
    found = compare("One line.\nA desk at home.\nLast.\n", "One line.\nA boat at home.\nLast.\nMore <b>.\n")
    assert found.before == "One line.\nA <del>desk</del> at home.\nLast.\n"
    assert found.after == "One line.\nA <ins>boat</ins> at home.\nLast.\n<ins>More &lt;b&gt;.</ins>\n"


def test_two_words_of_a_long_paragraph_are_found():
    before = prose(3)
    after = "New " + before[: LONG // 2] + " words " + before[LONG // 2 :]
    found = compare(before, after)
    assert found.after.startswith("<ins>New</ins> w")
    assert len(re.sub("<ins>.*?</ins>", "", found.after)) > LONG - 40


def test_the_same_text_has_no_marks():
    found = compare("a\n\nb", "a\n\nb")
    assert (found.before, found.after, found.same) == ("a\n\nb", "a\n\nb", True)
