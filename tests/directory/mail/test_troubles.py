"""Answers that come late or never, refusals that are not the address's, one mail's own trouble, stopping meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from directory.engagement import couriers, outbox, sending
from directory.engagement.couriers import ServerAway
from directory.models import Mail
from tests.directory.mail.conftest import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
State = Mail.State


def states():
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_a_server_that_took_the_mail_and_never_answers_gets_it_once(sink, clock, monkeypatch):
    monkeypatch.setattr(couriers, "PATIENCE", 0.2)
    sink.answer_after = 60
    post()
    with pytest.raises(ServerAway):
        sending.send_waiting()
    for _ in range(3):
        clock.shift(dt.timedelta(hours=1))
        assert sending.send_waiting() == {}
    assert (states(), set(sink.taken.values())) == ([State.IN_DOUBT], {1})


def test_a_server_that_hangs_up_instead_of_an_answer_may_have_taken_the_mail(sink):
    post()
    sink.answers["end"] = ""
    with pytest.raises(CommandError, match="in doubt"):
        call_command("send_mail")
    assert states() == [State.IN_DOUBT]


def test_a_server_may_take_its_time_for_the_whole_mail(sink, settings):
    settings.EMAIL_TIMEOUT, sink.answer_after = 1, 1.3
    post()
    assert sending.send_waiting() == {State.SENT: 1}


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using a list",
        "550 5.3.2 not now",
        "552 5.2.2 mailbox full",
        "553 5.1.8 your domain is not found",
        "554 no",
    ],
)
def test_what_is_about_us_or_may_pass_condemns_no_address(sink, clock, answer):
    post()
    sink.answers["rcpt"] = answer
    assert sending.send_waiting() == {State.WAITING: 1}
    assert not outbox.is_refused("one@example.org")
    sink.answers.clear()
    clock.shift(dt.timedelta(minutes=2))
    assert sending.send_waiting() == {State.SENT: 1}


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 no such user", "554 5.2.1 disabled", "556 nobody", "550-5.1.1 a\r\n550 b"]
)
def test_what_is_about_the_address_does(sink, answer):
    post()
    sink.answers["rcpt"] = answer
    assert sending.send_waiting() == {State.REFUSED: 1}
    assert outbox.is_refused("one@example.org")


@pytest.mark.parametrize("way", ["sink", "folder"])
def test_an_address_that_cannot_be_written_ends_and_holds_up_nobody(request, way):
    request.getfixturevalue(way)
    post(name="odd")
    Mail.objects.update(recipient=f"a@{'ü' * 60}.example")
    post(key="other", name="two")
    assert sending.send_waiting() == {State.REFUSED: 1, State.SENT: 1}


@pytest.mark.parametrize("way", ["sink", "folder"])
def test_a_mail_that_cannot_be_built_waits_and_the_others_go(request, way, caplog):
    request.getfixturevalue(way)
    post()
    post(key="other", name="two")
    Mail.objects.filter(key="digest:1:2026-W10").update(message_id="<a@b>\nBcc: one@example.org")
    with pytest.raises(CommandError, match="1 could not be handed over"):
        call_command("send_mail")
    assert states() == [State.WAITING, State.SENT]
    assert Mail.objects.get(state=State.WAITING).attempts == 1
    assert "BadHeaderError" in caplog.text
    assert "one@" not in caplog.text


def test_an_error_in_the_middle_of_a_mail_does_not_run_into_the_next(sink, monkeypatch):
    post()
    second = post(key="other", name="two")
    claimed = sending._claimed
    monkeypatch.setattr(sending, "_claimed", lambda mail: claimed(mail) if mail.key == "other" else 1 / 0)
    assert sending.send_waiting() == {sending.BROKEN: 1, State.SENT: 1}
    assert sink.taken == {second.message_id: 1}


@pytest.mark.parametrize("way", ["sink", "folder"])
def test_a_mail_that_is_taken_back_while_it_is_being_said_is_not_sent(request, way, monkeypatch):
    there = request.getfixturevalue(way)
    post(about="search:1")
    post(key="other", name="two")
    headers = outbox.stop_headers

    def stopping(path):
        outbox.take_back(about="search:1")
        return headers(path)

    monkeypatch.setattr(outbox, "stop_headers", stopping)
    assert sending.send_waiting() == {"": 1, State.SENT: 1}
    assert len(there.taken if way == "sink" else list(there.iterdir())) == 1


def test_what_was_refused_while_it_was_being_said_stays_refused(sink, monkeypatch):
    post()
    headers = outbox.stop_headers
    monkeypatch.setattr(
        outbox, "stop_headers", lambda path: (outbox.refuse(email="one@example.org", reason="5.1.1"), headers(path))[1]
    )
    sending.send_waiting()
    assert (states(), sink.taken) == ([State.REFUSED], {})


def test_what_is_stopped_after_it_was_said_is_not_tried_again(sink, monkeypatch):
    post(about="search:1")
    sink.answers["end"] = "451 later"
    monkeypatch.setattr(couriers.SmtpCourier, "_end", lambda _: outbox.take_back(about="search:1") and 451)
    sending.send_waiting()
    assert not Mail.objects.exists()
