"""The reader's own page: what is kept, signing out, deleting everything."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from directory.engagement import outbox
from tests.architecture.test_templates import INLINE
from tests.directory.account.conftest import signs_in

pytestmark = pytest.mark.django_db

OWN = ["account", "account_delete", "account_logout"]


def test_the_page_says_what_is_kept(reader):
    page = reader.get(reverse("account")).content.decode()
    assert "reader@example.org" in page
    assert "What we keep about you" in page


@pytest.mark.parametrize("name", OWN)
def test_a_page_of_a_reader_is_nobody_elses_and_in_no_cache(reader, name):
    page = reader.get(reverse(name))
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert [what for what, pattern in INLINE.items() if pattern.search(page.content.decode())] == []
    assert Client().get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_who_is_not_signed_in_comes_back_to_the_page(client):
    assert client.get(reverse("account_delete"))["Location"] == "/account/sign-in/?next=%2Faccount%2Fdelete%2F"


@pytest.mark.parametrize("posted", ["/account/searches/5/", "/account/programs/"])
def test_who_was_signed_out_meanwhile_and_presses_a_button_comes_to_the_page_it_stands_on(posted):
    browser = Client()
    away = browser.post(posted, {"action": "stop"})["Location"]
    assert away == "/account/sign-in/?next=%2Faccount%2F"
    back = signs_in(browser, "reader@example.org", next="/account/")
    assert browser.get(back["Location"]).status_code == 200


def test_looking_changes_nothing(reader):
    for name in OWN:
        reader.get(reverse(name))
        reader.head(reverse(name))
    assert reader.get(reverse("account")).status_code == 200


def test_signing_out_ends_the_session(reader):
    assert reader.post(reverse("account_logout"))["Location"] == "/"
    assert "_auth_user_id" not in reader.session


def test_deleting_leaves_nothing_and_ends_the_session(reader):
    assert reader.post(reverse("account_delete"))["Location"] == reverse("account_deleted")
    assert not User.objects.exists()
    assert "sign-in" in reader.get(reverse("account"))["Location"]
    assert reader.get(reverse("account_deleted")).status_code == 200


def test_the_page_says_that_mail_to_the_address_comes_back(reader):
    assert "comes back" not in reader.get(reverse("account")).content.decode()
    outbox.refuse(email="reader@example.org", reason="550")
    assert "Mail to your address comes back" in reader.get(reverse("account")).content.decode()
