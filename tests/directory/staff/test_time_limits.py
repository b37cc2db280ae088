"""A session of staff lasts twelve hours, and one hour without a page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.directory.staff.conftest import give_password, is_in

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 60 * 60


def test_an_hour_without_a_page_ends_it(required, sign_in, clock):
    browser = sign_in()
    clock.shift(HOUR - 1)
    assert is_in(browser)
    clock.shift(HOUR)
    assert not is_in(browser)
    assert "Your session is over" in browser.get("/admin/login/").content.decode()


def test_twelve_hours_end_it_whatever_happens(required, sign_in, clock):
    browser = sign_in()
    for _ in range(11):
        clock.shift(HOUR - MINUTE)
        assert is_in(browser)
    clock.shift(HOUR - MINUTE)
    assert is_in(browser)
    clock.shift(12 * MINUTE)
    assert not is_in(browser)


def test_it_ends_where_no_second_step_is_required_too(curator, clock):
    browser = Client()
    give_password(browser)
    assert is_in(browser)
    clock.shift(HOUR)
    assert not is_in(browser)


def test_the_session_is_not_written_at_every_page(required, sign_in, django_assert_num_queries, clock):
    browser = sign_in()
    clock.shift(MINUTE)
    is_in(browser)
    before = browser.session["desk"]["seen"]
    clock.shift(MINUTE - 1)
    is_in(browser)
    assert browser.session["desk"]["seen"] == before
