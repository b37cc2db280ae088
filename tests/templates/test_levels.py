"""Award levels: the place of the tab, its colour class and its word."""

from __future__ import annotations

import pytest

from directory.templatetags.levels import level_class, level_tab
from directory.vocab import AwardLevel, LevelGroup
from tests.templates.drawing import partial, text_of


@pytest.mark.parametrize(
    ("level", "css"),
    [
        ("certificate", "lv-cert"),
        ("associate", "lv-assoc"),
        ("bachelors", "lv-bach"),
        ("postbacc-certificate", "lv-bach"),
        ("masters", "lv-mast"),
        ("doctorate", "lv-mast"),
        (20, "lv-cert"),
        (3, "lv-assoc"),
        ("3", "lv-assoc"),
        (AwardLevel.BACHELORS, "lv-bach"),
        (LevelGroup.MASTERS, "lv-mast"),
        (99, ""),
        ("nonsense", ""),
        (None, ""),
    ],
)
def test_a_level_has_its_class(level, css):
    assert level_class(level) == css


@pytest.mark.parametrize("level", [*LevelGroup.values, *AwardLevel.values])
def test_every_level_has_a_class_and_a_word(level):
    assert level_class(level)
    assert level_tab(level)


def test_the_tab_says_what_it_is_to_those_who_cannot_see_it():
    assert text_of(partial("level_tab", level="associate")) == "Award: Associate"
    assert (
        text_of(partial("level_tab", level=8, label="Post-master’s certificate")) == "Award: Post-master’s certificate"
    )
