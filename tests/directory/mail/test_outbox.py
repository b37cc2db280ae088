"""What is written into the outbox: once per key, with its cause or not at all, and not to who takes none."""

from __future__ import annotations

import pytest
from django.db import transaction

from directory.engagement import outbox
from directory.models import Mail, MailRefusal
from tests.directory.account.conftest import signs_in
from tests.directory.mail.conftest import post, reader

pytestmark = pytest.mark.django_db


def test_a_key_is_written_once():
    assert post() is not None
    assert post() is None
    assert Mail.objects.count() == 1


def test_a_mail_goes_with_what_caused_it():
    class Stopped(Exception):
        pass

    def tell():
        with transaction.atomic():
            post()
            raise Stopped

    with pytest.raises(Stopped):
        tell()
    assert not Mail.objects.exists()


def test_what_is_stopped_is_taken_back_while_it_waits():
    post(about="search:1")
    post(key="digest:2:2026-W10", about="search:2")
    sent = post(key="digest:1:2026-W09", about="search:1")
    Mail.objects.filter(pk=sent.pk).update(state=Mail.State.SENT)
    assert outbox.take_back(about="search:1") == 1
    assert set(Mail.objects.values_list("key", flat=True)) == {"digest:2:2026-W10", "digest:1:2026-W09"}


def test_an_address_that_takes_no_mail_gets_none_until_its_reader_confirms_it_again(client):
    post()
    assert outbox.refuse(email="One@Example.org", reason="550") == 1
    assert Mail.objects.get().state == Mail.State.REFUSED
    assert post(key="another") is None
    assert "one@" not in str(MailRefusal.objects.values())
    signs_in(client, "one@example.org")
    assert not outbox.is_refused("one@example.org")


def test_mails_go_with_their_reader():
    post()
    reader().delete()
    assert not Mail.objects.exists()
