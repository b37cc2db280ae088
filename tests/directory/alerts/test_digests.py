"""A week's news of a saved search: from the list's own question, once a week, and nothing when nothing is new."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.http import QueryDict

from directory.engagement import outbox, saved_searches
from directory.filters.program import ProgramFilter
from directory.models import Listing, Mail, Program, SavedSearch
from directory.pipeline.alerts import make_digests, results_of
from tests.directory.alerts.conftest import MONDAY, OHIO, leave, person, reprice, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LISTED = ["maple-hit-associate", "maple-coding-certificate"]


def test_nothing_new_no_mail(clock):
    search()
    clock.move_to(MONDAY)
    assert make_digests().digests == 0
    assert not Mail.objects.exists()
    assert SavedSearch.objects.get().week == "2025-W37"


def test_a_search_is_looked_at_from_the_week_after_it_was_saved(clock):
    search()
    reprice("maple-hit-associate", 1_234)
    assert make_digests().digests == 0
    clock.move_to(MONDAY)
    assert make_digests().digests == 1


def test_the_mail_says_what_is_new_what_went_and_what_changed(clock):
    saved = search()
    known = dict(saved.known)
    new = Program.objects.get(slug="birch-coding-year")
    known.pop(str(new.pk))
    SavedSearch.objects.update(known=known)
    reprice("maple-hit-associate", 1_234)
    leave("birch-hit-associate")
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    make_digests()
    mail = Mail.objects.get()
    head, _, rest = mail.text.partition("New (1)")
    first, _, rest = rest.partition("No longer among the results (1)")
    second, _, third = rest.partition("Changed (1)")
    assert mail.key == f"digest:{saved.pk}:2025-W37"
    assert new.get_absolute_url() in first
    assert "Birch Valley College" in second
    assert "Price: $1,234. It was" in third
    assert "Estimated price. Source: IPEDS" in third, "no figure without its paper"
    assert f"/programs/?{saved.query}" in mail.text
    assert mail.stop_path in mail.text
    assert mail.stop_path in mail.html
    assert "<img" not in mail.html
    assert head.count("Ohio") == 1


def test_a_second_run_in_the_week_writes_nothing_and_the_next_week_starts_from_what_was_told(clock):
    search()
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    assert [make_digests().digests for _ in range(2)] == [1, 0]
    reprice("maple-hit-associate", 999)
    clock.shift(dt.timedelta(days=2))
    assert make_digests().digests == 0
    clock.shift(dt.timedelta(days=5))
    assert make_digests().digests == 1
    assert "It was $1,234" in Mail.objects.latest("pk").text


def test_a_run_that_is_cut_off_between_mail_and_memory_leaves_neither(clock, monkeypatch):
    search()
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    monkeypatch.setattr("directory.pipeline.alerts.outbox.post", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_digests()
    monkeypatch.undo()
    assert make_digests().digests == 1


def test_two_runs_at_once_write_one_mail(clock):
    """The second one finds the week done, or, had it read before, the key taken."""
    saved = search()
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    make_digests()
    SavedSearch.objects.update(week=saved.week, known=saved.known)
    assert make_digests().digests == 0
    assert Mail.objects.count() == 1


def test_the_digest_asks_what_the_page_asks(clock, client):
    for query in (OHIO, "q=coding", "where=43901&within=50", "level=associate&accreditation=accredited"):
        saved = search(query)
        page = client.get("/programs/", QueryDict(query).dict()).content.decode()
        assert len(saved.known) == len(results_of(ProgramFilter(QueryDict(query))))
        for slug in Program.objects.filter(pk__in=saved.known).values_list("slug", flat=True):
            assert f"/programs/{slug}/" in page


def test_a_question_that_can_no_longer_be_read_is_not_asked(clock):
    search()
    SavedSearch.objects.update(query="leads_to=no-such-exam")
    clock.move_to(MONDAY)
    assert make_digests().digests == 0
    assert SavedSearch.objects.get().week != "2025-W37"


def test_an_empty_catalogue_is_no_news(clock):
    search()
    Listing.objects.all().delete()
    clock.move_to(MONDAY)
    assert make_digests().digests == 0


def test_who_takes_no_mail_is_told_later_what_happened_meanwhile(clock):
    search()
    reprice("maple-hit-associate", 1_234)
    outbox.refuse(email="one@example.org", reason="550")
    clock.move_to(MONDAY)
    assert make_digests().digests == 0
    outbox.confirmed(email="one@example.org")
    assert make_digests().digests == 1


def test_a_stopped_search_is_silent_and_starts_from_today(clock):
    saved = search()
    saved_searches.stop(about=f"search:{saved.pk}")
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    assert make_digests().digests == 0
    search()
    clock.shift(dt.timedelta(days=7))
    assert make_digests().digests == 0


def test_a_long_list_of_news_is_cut_and_counted(clock):
    saved = search("")
    SavedSearch.objects.update(known={})
    clock.move_to(MONDAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("directory.pipeline.alerts.SHOWN", 3)
        make_digests()
    mail = Mail.objects.get()
    assert f"New ({len(saved.known)})" in mail.text
    assert f"and {len(saved.known) - 3} more." in mail.text


def test_readers_hear_only_of_their_own(clock):
    search(OHIO, "one")
    search("state=CA", "two")
    reprice("dunmore-hit-associate", 77)
    clock.move_to(MONDAY)
    make_digests()
    assert [mail.recipient for mail in Mail.objects.all()] == ["two@example.org"]
    assert person("one").mails.count() == 0


def test_the_command_says_what_it_wrote(clock, capsys):
    search()
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    call_command("make_digests")
    assert capsys.readouterr().out == "1 digests of searches, 0 mails about saved programs.\n"
