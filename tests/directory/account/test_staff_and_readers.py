"""Two doors: a mailbox never opens the desk, and the desk's password no reader's drawer."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from directory.engagement.readers import reader_of
from tests.directory.account.conftest import CODE, asks, newest_code, signs_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("flags", [{"is_staff": True}, {"is_superuser": True}])
def test_the_mailbox_of_staff_gets_no_code(client, flags):
    User.objects.create_user("chief", "Chief@Example.org", "a long password", **flags)
    asks(client, "chief@example.org")
    assert "We sent none" in mail.outbox[-1].body
    hidden = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    page = client.post(CODE, {"code": hidden})
    assert "sign in here" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1


def test_who_becomes_staff_between_mail_and_code_does_not_get_in(client):
    asks(client, "one@example.org")
    User.objects.create_user("chief", "one@example.org", "a long password", is_staff=True)
    client.post(CODE, {"code": newest_code()})
    assert "_auth_user_id" not in client.session


def test_a_session_of_a_reader_never_opens_the_desk_even_when_the_account_becomes_staff(reader):
    assert "/admin/login/" in reader.get("/admin/")["Location"]
    User.objects.update(is_staff=True, is_superuser=True)
    assert "/admin/login/" in reader.get("/admin/")["Location"]
    assert "sign-in" in reader.get(reverse("account"))["Location"]


def test_a_reader_has_no_permission(reader):
    user = User.objects.get()
    user.backend = "directory.engagement.readers.ReaderBackend"
    assert not user.get_all_permissions()
    assert not user.has_perm("directory.view_program")


def test_a_closed_account_gets_no_code(client, reader):
    User.objects.update(is_active=False)
    assert "sign-in" in reader.get(reverse("account"))["Location"]
    asks(client, "reader@example.org")
    assert "We sent none" in mail.outbox[-1].body


def test_staff_at_the_readers_door_are_told_where_they_are(client, admin_user):
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/account/sign-in/")
    assert (page.status_code, "signed in at the staff desk" in page.content.decode()) == (403, True)


def test_a_page_for_readers_without_the_cookie_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reader_of(RequestFactory().get("/programs/")) is None


def test_no_page_of_the_accounts_package_is_reachable_but_ours():
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for name in names if name.startswith("account_")} == {
        "account_login",
        "account_confirm_login_code",
        "account_logout",
        "account_delete",
        "account_deleted",
    }
    for path in ("signup/", "password/reset/", "password/change/", "email/", "login/", "confirm-email/", "3rdparty/"):
        assert Client().get(f"/account/{path}").status_code == 404


def test_what_a_browser_kept_is_taken_over_after_signing_in(client, monkeypatch):
    taken = []
    monkeypatch.setattr("directory.engagement.readers.greet", lambda **about: taken.append(about["reader"].email))
    signs_in(client, "one@example.org")
    assert taken == ["one@example.org"]
