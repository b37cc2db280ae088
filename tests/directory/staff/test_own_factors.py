"""Each person keeps the own factors; an administrator removes a lost one of somebody else, for a reason."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from directory.engagement import outbox
from directory.staff import factors
from directory.vocab import Role
from tests.directory.staff.conftest import OWN, PASSWORD, STEP, code_of, give_password, is_in

pytestmark = pytest.mark.django_db


def test_new_recovery_codes_are_shown_once_and_the_old_ones_end(required, sign_in, curator):
    old = factors.new_codes(user=curator)
    browser = sign_in()
    page = browser.post(OWN, {"do": "codes", "password": PASSWORD})
    new = re.findall(r"<li>(\d{5} \d{5})</li>", page.content.decode())
    assert len(new) == 10
    assert not set(new) & set(old)
    assert new[0] not in browser.get(OWN).content.decode()
    assert factors.check_code(user=curator, code=old[0]) == ""


@pytest.mark.parametrize("do", ["codes", "remove", "add"])
def test_nothing_changes_without_the_password(required, sign_in, curator, do):
    factors.new_codes(user=curator)
    before = list(Authenticator.objects.values_list("pk", "data"))
    browser = sign_in()
    used = list(Authenticator.objects.values_list("pk", "data"))
    for password in ("", "wrong"):
        page = browser.post(OWN, {"do": do, "password": password, "factor": before[0][0]})
        assert "not your password" in page.content.decode()
    assert list(Authenticator.objects.values_list("pk", "data")) == used


def test_the_last_factor_stays_where_one_is_required(required, sign_in, curator):
    browser = sign_in()
    (held,) = factors.held_by(curator)
    page = browser.post(OWN, {"do": "remove", "factor": held.pk, "password": PASSWORD})
    assert "The last one stays" in page.content.decode()
    assert factors.has_any(curator)


def test_the_last_factor_may_go_where_none_is_required_and_its_codes_with_it(sign_in, curator):
    factors.new_codes(user=curator)
    browser = sign_in()
    browser.post(OWN, {"do": "remove", "factor": factors.held_by(curator)[0].pk, "password": PASSWORD})
    assert not Authenticator.objects.exists()
    assert is_in(browser)


@pytest.mark.parametrize("factor", ["", "x", "-1", "9" * 30, "٣"])
def test_a_factor_that_is_none_is_not_removed(sign_in, curator, factor):
    browser = sign_in()
    assert browser.post(OWN, {"do": "remove", "factor": factor, "password": PASSWORD}).status_code == 200
    assert factors.has_any(curator)


def test_somebody_elses_factor_is_not_removed(sign_in, curator):
    other = User.objects.create_user("other", is_staff=True)
    theirs = factors.new_secret()
    factors.add_app(user=other, secret=theirs, code=code_of(theirs))
    browser = sign_in()
    browser.post(OWN, {"do": "remove", "factor": factors.held_by(other)[0].pk, "password": PASSWORD})
    assert factors.has_any(other)


def test_a_first_factor_can_be_set_up_where_none_is_required(curator):
    browser = Client()
    give_password(browser)
    shown = re.search(r'sign-in-secret">([A-Z2-7 ]+)<', browser.get(OWN).content.decode())
    assert shown
    page = browser.post(OWN, {"do": "add", "code": code_of(shown[1].replace(" ", "")), "password": PASSWORD})
    assert len(re.findall(r"<li>\d{5} \d{5}</li>", page.content.decode())) == 10
    assert is_in(browser)
    assert give_password(Client())["Location"] == STEP


# --- somebody else's --------------------------------------------------------------------------------


def lost(user: User) -> str:
    return reverse("admin:auth_user_lost_factor", args=[user.pk])


def member(name: str, *roles: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(*Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def administrator(db):
    browser = Client()
    browser.force_login(member("in charge", Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def colleague(db):
    user = member("colleague", Role.CURATOR)
    secret = factors.new_secret()
    factors.add_app(user=user, secret=secret, code=code_of(secret))
    factors.new_codes(user=user)
    return user, secret


def test_an_administrator_removes_a_lost_factor_for_a_reason_that_the_history_keeps(administrator, colleague):
    user, secret = colleague
    page = administrator.get(lost(user)).content.decode()
    assert "Authenticator app" in page
    assert secret not in page.replace(" ", "")
    assert str(Authenticator.objects.first().data) not in page
    assert administrator.post(lost(user), {"reason": "She called from her own number"}).status_code == 302
    assert not Authenticator.objects.exists()
    entry = LogEntry.objects.get()
    assert entry.object_id == str(user.pk)
    assert "She called from her own number" in entry.get_change_message()
    history = administrator.get(reverse("admin:auth_user_history", args=[user.pk])).content.decode()
    assert "She called from her own number" in history


def test_where_no_factor_is_required_none_is_promised(administrator, colleague):
    user, _ = colleague
    page = administrator.get(lost(user)).content.decode()
    assert "asks for the password alone: be sure" in page
    done = administrator.post(lost(user), {"reason": "She called from her own number"}, follow=True)
    assert "colleague has no second factor any more and signs in without one." in done.content.decode()


def test_the_page_promises_a_mail_only_where_one_goes(administrator, colleague):
    user, _ = colleague
    assert "no e-mail address, so no mail" in administrator.get(lost(user)).content.decode()
    User.objects.filter(pk=user.pk).update(email="colleague@example.org")
    assert "A mail tells colleague@example.org of it." in administrator.get(lost(user)).content.decode()
    outbox.refuse(email="colleague@example.org", reason="550")
    assert "came back, so no mail tells of it" in administrator.get(lost(user)).content.decode()


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_without_a_reason_it_stays(administrator, colleague, reason):
    page = administrator.post(lost(colleague[0]), {"reason": reason})
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert factors.has_any(colleague[0])


def test_whose_factors_were_removed_is_out_of_every_browser(required, sign_in, curator):
    browser = sign_in()
    chief = User.objects.create_superuser("chief")
    factors.remove_all_of(account=curator, by=chief, reason="The phone was stolen")
    assert not is_in(browser)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_removes_one(colleague, role):
    browser = Client()
    browser.force_login(member("somebody", role), backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(lost(colleague[0])).status_code == 403
    assert browser.post(lost(colleague[0]), {"reason": "I want to"}).status_code == 403
    assert factors.has_any(colleague[0])


def test_an_administrator_does_not_touch_who_outranks_them(administrator, curator, secret):
    assert administrator.post(lost(curator), {"reason": "I want to rise"}).status_code == 403
    assert factors.has_any(curator)


def test_the_list_of_accounts_says_who_has_none(administrator, colleague, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = administrator.get(reverse("admin:auth_user_changelist")).content.decode()
    assert "icon-no.svg" in page
    assert "icon-yes.svg" in page
