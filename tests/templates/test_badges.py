"""What the public sees of an accreditation standing."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from directory.templatetags.badges import LOOKS, accreditation_badge
from directory.templatetags.icons import ICONS, icon
from directory.vocab import Standing
from tests.templates.drawing import assert_balanced, partial, text_of


def test_every_standing_has_a_look_of_its_own():
    assert set(Standing.values) <= set(LOOKS)
    assert len({look.label for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.icon for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize("status", ["not-confirmed", "not-accredited", "stated", "candidate"])
def test_what_is_no_warning_does_not_look_like_one(status):
    assert LOOKS[status].css not in ("b-warn", "b-bad")


def test_only_a_confirmed_accreditation_is_green():
    assert [status for status, look in LOOKS.items() if look.css == "b-ok"] == ["accredited"]


@pytest.mark.parametrize("status", LOOKS)
def test_a_badge_says_its_standing_in_words_and_hides_its_icon(status):
    shown = accreditation_badge({"status": status})
    assert_balanced(shown)
    assert LOOKS[status].label in text_of(shown)
    assert 'aria-hidden="true"' in shown


def test_a_statement_carries_its_date_or_is_said_to_be_undated():
    assert "As of 9\xa0Nov\xa02026" in accreditation_badge(status="accredited", as_of=dt.date(2026, 11, 9))
    assert "As of May\xa02023" in accreditation_badge(status="stated", as_of="2023-05")
    assert "Undated" in accreditation_badge(status="stated")


def test_without_a_statement_there_is_nothing_to_date():
    assert "ndated" not in accreditation_badge(status="not-confirmed")


@pytest.mark.parametrize("standing", [None, {}, {"status": "something-new"}, SimpleNamespace(status=None)])
def test_an_unknown_standing_is_not_confirmed(standing):
    assert LOOKS["not-confirmed"].label in accreditation_badge(standing)


def test_own_words_replace_ours_and_are_escaped():
    shown = accreditation_badge(SimpleNamespace(status="stated", label="Said <b>", note="Ask first.", as_of=""))
    assert "Said &lt;b&gt;" in shown
    assert "Ask first. Undated" in text_of(shown)


def test_the_partial_shows_what_the_tag_shows():
    assert partial("accreditation_badge", standing={"status": "on-notice"}).strip() == accreditation_badge(
        status="on-notice"
    )


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_has_its_size_without_the_stylesheet(name):
    assert_balanced(icon(name))
    assert 'width="20" height="20"' in icon(name)


def test_an_unknown_icon_is_an_error():
    with pytest.raises(KeyError):
        icon("unicorn")
