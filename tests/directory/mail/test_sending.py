"""Handing over: to files and to a mail server, when it is down, slow of mind, or refuses."""

from __future__ import annotations

import datetime as dt
import email
import email.policy

import pytest
from django.core.management import CommandError, call_command

from directory.engagement import outbox, sending
from directory.engagement.couriers import ServerAway
from directory.engagement.letters import Letter, message
from directory.models import Mail
from tests.directory.mail.conftest import NOW, post, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
State = Mail.State


def states():
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_a_mail_is_one_whole_file_named_by_its_message_id(folder):
    written = post(stop_path="/mail/stop/token/")
    assert sending.send_waiting() == {State.SENT: 1}
    (file,) = folder.iterdir()
    assert file.name == f"{written.message_id.strip('<>')}.eml"
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert mail["To"] == "one@example.org"
    assert mail["Date"] == "Wed, 04 Mar 2026 12:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"] == "<http://127.0.0.1:8000/mail/stop/token/>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_second_run_finds_nothing(folder):
    post()
    sending.send_waiting()
    assert sending.send_waiting() == {}


def test_a_row_that_was_handed_over_before_the_row_could_say_so_replaces_its_file(folder):
    post()
    sending.send_waiting()
    Mail.objects.update(state=State.WAITING, sent_at=None)
    sending.send_waiting()
    assert len(list(folder.iterdir())) == 1


def test_the_mail_server_gets_the_words_as_they_are(sink):
    written = post()
    assert sending.send_waiting() == {State.SENT: 1}
    assert sink.taken == {written.message_id: 1}
    assert b"\r\n..\r\nA dot stands above." in sink.contents[0]
    assert Mail.objects.get().sent_at == NOW


def test_without_a_server_mails_wait_and_go_later(sink, settings, clock):
    post()
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(ServerAway):
        sending.send_waiting()
    assert states() == [State.WAITING]
    with pytest.raises(CommandError, match="kept and tried again"):
        call_command("send_mail")
    settings.EMAIL_PORT = right
    assert sending.send_waiting() == {State.SENT: 1}


@pytest.mark.parametrize(
    ("step", "answer"), [("mail", "451 later"), ("rcpt", "450 busy"), ("data", "452 full"), ("end", "451 hm")]
)
def test_what_is_not_taken_now_is_tried_again_after_a_pause(sink, clock, step, answer):
    post()
    post(key="other", name="two")
    sink.answers[step] = answer
    assert sending.send_waiting() == {State.WAITING: 2}
    assert sending.send_waiting() == {}, "the pause is not over"
    del sink.answers[step]
    clock.shift(dt.timedelta(minutes=2))
    assert sending.send_waiting() == {State.SENT: 2}
    assert set(sink.taken.values()) == {1}


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_server_that_hangs_up_before_the_end_has_taken_nothing_and_is_asked_again(sink, clock, step):
    post()
    sink.answers[step] = ""
    with pytest.raises(ServerAway):
        sending.send_waiting()
    assert (states(), Mail.objects.get().attempts) == ([State.WAITING], 1)
    sink.answers.clear()
    clock.shift(dt.timedelta(minutes=2))
    assert sending.send_waiting() == {State.SENT: 1}


def test_an_address_that_the_server_refuses_gets_no_more(sink):
    post()
    post(key="other")
    sink.answers["rcpt"] = "550 no such reader"
    sending.send_waiting()
    assert states() == [State.REFUSED, State.REFUSED]
    sink.answers.clear()
    assert post(key="third") is None
    assert sending.send_waiting() == {}


def test_the_pauses_grow_and_end_after_five_days(sink, clock):
    post()
    sink.answers["mail"] = "451 later"
    tries = 0
    while states() == [State.WAITING]:
        sending.send_waiting()
        tries += 1
        clock.move_to(Mail.objects.get().not_before)
    assert states() == [State.GIVEN_UP]
    assert 20 < tries < 50


def test_what_a_dead_run_had_all_but_handed_over_is_not_sent_again_unless_somebody_says_so(sink, capsys):
    post()
    Mail.objects.update(state=State.HANDING_OVER)
    assert sending.send_waiting() == {State.IN_DOUBT: 1}
    assert sending.send_waiting() == {}
    assert not sink.taken
    call_command("send_mail", in_doubt="again")
    assert set(sink.taken.values()) == {1}
    assert states() == [State.SENT]


def test_a_mail_that_is_taken_back_while_others_go_is_not_sent(sink, monkeypatch):
    post()
    post(key="other", name="two", about="search:2")
    send = sending._send

    def stopping(pk, by):
        outbox.take_back(about="search:2")
        return send(pk, by)

    monkeypatch.setattr(sending, "_send", stopping)
    sending.send_waiting()
    assert len(sink.taken) == 1


def test_nobodys_address_stands_in_the_log(sink, caplog):
    post()
    sink.answers["rcpt"] = "550 <one@example.org> unknown"
    sending.send_waiting()
    assert "one@" not in caplog.text
    assert Mail.objects.get().trouble == "550"


def test_a_subject_of_several_lines_is_one_line():
    post()
    written = message(recipient="a@example.org", text=Letter("A b", "c", "d"), message_id="<x@y>", headers={})
    assert "\n" not in written.subject
    assert reader().email == "one@example.org"


@pytest.mark.parametrize(("asked", "gives", "said"), [(True, True, True), (True, False, False), (False, True, False)])
def test_a_server_that_gives_receipts_is_asked_for_them_where_the_setting_says_so(sink, settings, asked, gives, said):
    settings.SMTP_RECEIPTS = asked
    sink.extensions = ["DSN"] if gives else ["8BITMIME"]
    post()
    sending.send_waiting()
    assert sum(sink.taken.values()) == 1
    assert any("NOTIFY=SUCCESS,FAILURE" in line for line in sink.heard) is said
    assert any("RET=HDRS" in line for line in sink.heard) is said
