"""The desk's list of addresses: broken ones first, where they stand, and what a person may do about them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.curation.links.register import Use, register
from directory.models import Link
from directory.vocab import Finding
from tests.directory.invented import school

pytestmark = pytest.mark.django_db
LIST = reverse("admin:directory_link_changelist")


@pytest.fixture
def broken(db):
    at = school()
    register([Use(f"https://maplefork.example/{page}", "Apply", at.name, school=at.pk) for page in range(3)])
    Link.objects.filter(url__endswith="/1").update(
        finding=Finding.GONE, strikes=3, struck_on=dt.date(2026, 3, 4), broken_since=dt.date(2026, 3, 4)
    )
    return Link.objects.get(url__endswith="/1")


def test_the_list_opens_with_what_is_broken_and_where_it_stands(desk, broken):
    page = desk.get(LIST).content.decode()
    assert "maplefork.example/1" in page
    assert "maplefork.example/2" not in page
    assert "Apply: Maple Fork College" in page


def test_the_list_takes_as_many_queries_for_many_as_for_one(desk, broken, django_assert_max_num_queries):
    register([Use(f"https://maplefork.example/{page}", "Apply", "Maple Fork College") for page in range(60)])
    with django_assert_max_num_queries(12):
        assert desk.get(LIST, {"state": "all"}).status_code == 200


def act(browser, action, link):
    return browser.post(LIST, {"action": action, "_selected_action": [link.pk]})


def test_a_person_who_opened_a_page_takes_it_off_the_broken_ones(desk, broken):
    act(desk, "opened_it", broken)
    broken.refresh_from_db()
    assert not broken.is_broken
    assert broken.vouched_on == timezone.localdate()


def test_a_link_can_be_asked_again_at_once(desk, broken):
    Link.objects.update(ask_again=timezone.now() + dt.timedelta(days=7))
    act(desk, "ask_again", broken)
    broken.refresh_from_db()
    assert broken.ask_again <= timezone.now()


def test_who_may_only_look_does_nothing(staff, broken):
    act(staff("view_link"), "opened_it", broken)
    broken.refresh_from_db()
    assert broken.is_broken


def test_nobody_types_an_address_here(desk, broken):
    assert desk.get(reverse("admin:directory_link_add")).status_code == 403
    change = reverse("admin:directory_link_change", args=[broken.pk])
    desk.post(change, {"url": "https://elsewhere.example/"})
    broken.refresh_from_db()
    assert broken.url == "https://maplefork.example/1"


def test_from_the_worklist_a_person_says_on_the_links_own_page_that_it_leads_there(desk, broken):
    change = reverse("admin:directory_link_change", args=[broken.pk])
    page = desk.get(f"{change}?worklist=links").content.decode()
    assert 'name="_save"' not in page
    assert f'href="{broken.url}"' in page
    answer = desk.post(f"{change}?worklist=links", {"_opened": "1"})
    assert answer["Location"] == f"{reverse('admin:worklists')}?kind=links"
    broken.refresh_from_db()
    assert not broken.is_broken
    assert broken.vouched_on == timezone.localdate()
    assert broken.history.first().history_user.username == "chief"


def test_the_links_own_page_asks_again_and_does_nothing_else(desk, broken):
    Link.objects.update(ask_again=timezone.now() + dt.timedelta(days=7))
    change = reverse("admin:directory_link_change", args=[broken.pk])
    assert desk.post(change, {"_again": "1"})["Location"] == change
    broken.refresh_from_db()
    assert broken.ask_again <= timezone.now()
    assert broken.is_broken
    assert desk.post(reverse("admin:directory_link_change", args=[987654]), {"_opened": "1"}).status_code == 404


def test_who_may_only_look_at_a_link_finds_no_button_and_is_refused(staff, broken):
    browser = staff("view_link")
    change = reverse("admin:directory_link_change", args=[broken.pk])
    assert "_opened" not in browser.get(change).content.decode()
    assert browser.post(change, {"_opened": "1"}).status_code == 403
    broken.refresh_from_db()
    assert broken.is_broken
