"""Five wrong tries lock a name from a network, fifty the network or the name; an administrator opens it again."""

from __future__ import annotations

import logging

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.staff.locks import forget_tries
from directory.vocab import Role
from tests.directory.staff.conftest import PASSWORD, STEP, code_of, give_password, is_in

pytestmark = pytest.mark.django_db
QUARTER = 15 * 60


def wrong(times: int, *, name: str = "curator", address: str = "198.51.100.7") -> Client:
    browser = Client(REMOTE_ADDR=address)
    for _ in range(times):
        give_password(browser, name=name, password="wrong")
    return browser


@pytest.mark.parametrize("name", ["curator", "nobody of that name"])
def test_a_name_is_locked_after_five_wrong_passwords_whether_it_exists_or_not(curator, name):
    page = give_password(wrong(5, name=name), name=name)
    assert page.status_code == 429
    assert "locked for 15 minutes" in page.content.decode()
    assert "opens again at 12:15 UTC" in page.content.decode()


def test_one_persons_slips_lock_out_nobody_beside_them_and_a_strangers_not_that_person(curator):
    beside = wrong(5, name="colleague")
    assert give_password(beside).status_code == 302
    wrong(5, address="203.0.113.9")
    assert give_password(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


@pytest.mark.parametrize("name", ["curator", "nobody of that name"])
def test_few_tries_that_are_left_are_said_whether_the_name_exists_or_not(curator, name):
    browser = Client(REMOTE_ADDR="198.51.100.7")
    pages = [give_password(browser, name=name, password="wrong").content.decode() for _ in range(4)]
    assert "left" not in pages[0].partition("errornote")[2].partition("</p>")[0]
    assert "3 tries are left, then the sign-in is locked for 15 minutes." in pages[1]
    assert "2 tries are left" in pages[2]
    assert "One try is left" in pages[3]


def test_few_second_steps_that_are_left_are_said(required, curator, secret):
    browser = Client()
    give_password(browser)
    pages = [browser.post(STEP, {"code": "000000"}).content.decode() for _ in range(2)]
    assert "3 tries are left" in pages[1]


def test_a_name_that_is_tried_from_everywhere_is_locked_everywhere(curator, settings):
    settings.STAFF_TRIES_IN_ALL = 6
    for last in range(6):
        wrong(1, address=f"203.0.113.{last}")
    assert give_password(Client(REMOTE_ADDR="198.51.100.7")).status_code == 429
    assert give_password(Client(REMOTE_ADDR="198.51.100.7"), name="colleague").status_code == 200


def test_four_wrong_passwords_lock_nothing(curator):
    browser = wrong(4)
    assert give_password(browser).status_code == 302


@pytest.fixture
def six(settings):
    settings.STAFF_TRIES_IN_ALL = 6


def test_a_network_is_locked_for_all_names_after_many_more(curator, six):
    wrong(3, name="one")
    wrong(2, name="two")
    assert give_password(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302
    wrong(1, name="three")
    assert give_password(Client(REMOTE_ADDR="198.51.100.7")).status_code == 429
    assert give_password(Client(REMOTE_ADDR="198.51.100.8")).status_code == 302


def test_the_addresses_of_an_ipv6_network_are_one(curator, six):
    for last in range(6):
        wrong(1, name=f"name {last}", address=f"2001:db8:1:2::{last}")
    assert give_password(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1")).status_code == 429
    assert give_password(Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == 302


def test_behind_a_proxy_the_network_is_the_one_that_it_saw(curator, six):

    def at(forwarded: str) -> Client:
        return Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)

    for number in range(6):
        give_password(at(f"192.0.2.{number}, 198.51.100.7"), name=f"name {number}", password="wrong")
    assert give_password(at("198.51.100.7")).status_code == 429
    assert give_password(at("198.51.100.8")).status_code == 302


def test_the_lock_ends_a_quarter_of_an_hour_after_the_last_counted_try(curator, clock):
    wrong(5)
    clock.shift(QUARTER - 1)
    wrong(3)  # tries while it is locked prolong nothing
    clock.shift(2)
    assert give_password(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_wrong_second_steps_count_too_and_the_right_password_clears_nothing(required, curator, secret):
    browser = Client()
    for _ in range(5):
        give_password(browser)
        page = browser.post(STEP, {"code": "000000"})
    assert page.status_code == 429
    assert browser.post(STEP, {"code": code_of(secret)}).status_code == 429
    assert not is_in(browser)


def test_signing_in_wholly_clears_the_name_and_not_the_network(required, curator, secret):
    wrong(2)
    wrong(2, name="somebody else")
    browser = Client(REMOTE_ADDR="198.51.100.7")
    give_password(browser)
    browser.post(STEP, {"code": code_of(secret)})
    assert is_in(browser)
    assert list(AccessAttempt.objects.values_list("username", "failures_since_start")) == [("somebody else", 2)]


def test_of_a_try_the_name_the_network_and_the_time_are_kept(curator):
    wrong(1)
    row = AccessAttempt.objects.get()
    assert (row.user_agent, row.get_data, row.post_data, row.path_info, row.http_accept) == ("", "", "", "", "")


def test_tries_that_lock_nobody_any_more_are_forgotten(curator, clock):
    wrong(1, name="long ago")
    clock.shift(QUARTER + 1)
    forget_tries(now=timezone.now())
    assert not AccessAttempt.objects.exists()
    wrong(1, name="just now")
    forget_tries(now=timezone.now())
    assert AccessAttempt.objects.get().username == "just now"


def test_the_log_names_nobody(curator, caplog):
    caplog.set_level(logging.DEBUG)
    wrong(6)
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("axes", "directory")))
    assert "locked" in said
    assert "curator" not in said
    assert "198.51" not in said
    assert PASSWORD not in said


@pytest.fixture
def administrator(db):
    user = User.objects.create_user("in charge", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_an_administrator_opens_it_again(curator, administrator):
    wrong(5)
    page = administrator.get(reverse("admin:axes_accessattempt_changelist"))
    assert "198.51.100.7" in page.content.decode()
    row = AccessAttempt.objects.get()
    chosen = {"action": "open_again", "_selected_action": [row.pk]}
    administrator.post(reverse("admin:axes_accessattempt_changelist"), chosen)
    assert give_password(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_the_list_marks_the_rows_that_lock_only_together(curator, administrator, settings):
    settings.STAFF_TRIES_IN_ALL = 3
    for name in ("one", "two", "three"):
        wrong(1, name=name)
    wrong(1, name="four", address="203.0.113.9")
    page = administrator.get(reverse("admin:axes_accessattempt_changelist"))
    marked = {row.username: page.context["cl"].model_admin.is_locked(row) for row in page.context["cl"].result_list}
    assert marked == {"one": True, "two": True, "three": True, "four": False}


def test_nobody_else_sees_who_is_locked(curator, db):
    user = User.objects.create_user("a publisher", is_staff=True)
    user.groups.add(*Group.objects.exclude(name=Role.ADMINISTRATOR))
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(reverse("admin:axes_accessattempt_changelist")).status_code == 403


def test_the_sign_in_of_readers_is_not_looked_at(curator):
    wrong(5)
    browser = Client(REMOTE_ADDR="198.51.100.7")
    assert browser.get("/account/sign-in/").status_code == 200
    reader = User.objects.create_user("reader", email="somebody@example.com")
    browser.force_login(reader, backend="directory.engagement.readers.ReaderBackend")
    assert browser.get("/account/").status_code == 200
