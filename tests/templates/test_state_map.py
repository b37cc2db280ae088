"""The tile map: every state has a tile, equal tiles share no place, territories are listed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from directory.templatetags.state_map import POSITIONS, shade_of, step_words, steps_of
from directory.vocab import STATES
from tests.templates.drawing import assert_balanced, draw, text_of

#: They have a page and a place in the list, and none among the tiles.
TERRITORIES = {"AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"}

pytestmark = pytest.mark.urls("tests.templates.urls")


def shown(**counts: Any) -> str:
    html = draw("{% load state_map %}{% tile_map rows %}", rows=[{"usps": k, "count": v} for k, v in counts.items()])
    assert_balanced(html)
    return html


def test_every_state_has_a_place_of_its_own():
    assert set(STATES) - TERRITORIES <= set(POSITIONS)
    assert len(set(POSITIONS.values())) == len(POSITIONS)
    assert all(1 <= column <= 11 and 1 <= row <= 8 for column, row in POSITIONS.values())


def test_a_tile_says_state_and_count_and_leads_to_the_state():
    html = shown(OH=22)
    assert re.search(r'<a class="tile c7 r4 q4" href="/states/oh/">OH<span class="vh">, Ohio: 22 programs', html)


def test_one_program_is_not_programs():
    assert "Ohio: 1 program<" in shown(OH=1)


def test_a_state_without_programs_is_drawn_as_none():
    html = shown(OH=22)
    assert "q-none" in html
    assert "Texas: 0 programs" in html


def test_territories_are_listed_beside_the_map():
    text = text_of(shown(OH=2, GU=3))
    assert "Guam 3 programs" in text
    assert "Palau" not in text


@pytest.mark.parametrize(
    ("counts", "steps"),
    [
        ([], []),
        ([0, 0], []),
        ([5], [(5, 5)]),
        ([1, 1, 1, 9], [(1, 8), (9, 9)]),
        ([1, 2, 3, 4, 5], [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]),
        (list(range(1, 11)), [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
    ],
)
def test_steps_cover_every_count_without_overlap(counts, steps):
    assert steps_of(counts) == steps


def test_the_most_are_always_darkest_and_zero_has_no_shade():
    for counts in ([5], [1, 9], [1, 2, 3, 4, 5]):
        steps = steps_of(counts)
        assert shade_of(max(counts), steps) == "q4"
        assert shade_of(0, steps) == "q-none"


def test_the_legend_names_the_ranges():
    assert [step["text"] for step in step_words([(1, 2), (3, 3), (4, 1200)])] == ["1 to 2", "3", "4 or more"]
