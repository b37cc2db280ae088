"""Words about delivery are read only where they allow one reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.importers.stated_delivery import delivery_in
from directory.vocab import Delivery


@pytest.mark.parametrize(
    "words",
    [
        "online",
        "Completely online",
        "100% online",
        "fully online (new in the fall)",
        "may be finished online",
        "the whole program is online",
        "online; no required campus visits",
        "online, no in-person meetings",
        "internet-based",
        "entire program online; some live meetings by video",
    ],
)
def test_nothing_but_online(words):
    assert delivery_in(words) == Delivery.ONLINE


@pytest.mark.parametrize(
    "words", ["hybrid", "hybrid (distance and face to face), evenings", "many courses online, some on campus"]
)
def test_some_of_each(words):
    assert delivery_in(words) == Delivery.HYBRID


@pytest.mark.parametrize("words", ["campus", "on campus", "campus (Elm County)", "in person"])
def test_nothing_but_campus(words):
    assert delivery_in(words) == Delivery.CAMPUS


@pytest.mark.parametrize(
    "words",
    [
        "",
        "evenings",
        "online except one placement",
        "online with an on-site practicum",
        "online and on campus",
        "online as well as on campus",
        "in person, online or hybrid",
        "campus, with an online option",
        "available online",
        "proposed to be offered online",
        "mostly online",
        "one or more courses online",
        "some courses online",
        "not online",
        "all courses online; clinical courses near the student",
        "hybrid or online",
    ],
)
def test_words_that_leave_a_doubt_are_not_read(words):
    assert delivery_in(words) is None


@given(
    st.sampled_from(["online", "100% online", "hybrid", "campus"]),
    st.sampled_from(["except", "practicum", "not"]),
)
def test_a_word_of_exception_takes_certainty_away(words, exception):
    assert delivery_in(f"{words}, {exception} one course") != Delivery.ONLINE


@given(st.text())
def test_any_text_has_an_answer(words):
    assert delivery_in(words) in (None, Delivery.ONLINE, Delivery.HYBRID, Delivery.CAMPUS)
