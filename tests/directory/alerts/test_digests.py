"""A week's news of a saved search: from the list's own question, once a week, and nothing when nothing is new."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.http import QueryDict

from directory.engagement import outbox, saved_searches
from directory.filters.program import ProgramFilter
from directory.models import Listing, Mail, Program, ProgramAlertsOff, SavedSearch
from directory.pipeline import alerts
from directory.pipeline.alerts import found_today, make_digests
from directory.profiles.told_facts import facts_of
from tests.directory.alerts.conftest import MONDAY, OHIO, leave, person, reprice, saved, search

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
    kept = search()
    known = dict(kept.known)
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
    assert mail.key == f"digest:{kept.pk}:2025-W37"
    assert new.get_absolute_url() in first
    assert "Birch Valley College" in second
    assert "Price: $1,234. It was" in third
    assert "Estimated price. Source: IPEDS" in third, "no figure without its paper"
    assert f"/programs/?{kept.query}" in mail.text
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
    assert make_digests().broken == 1
    monkeypatch.undo()
    assert make_digests().digests == 1


def test_two_runs_at_once_write_one_mail(clock):
    """The second one finds the week done, or, had it read before, the key taken."""
    kept = search()
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    make_digests()
    SavedSearch.objects.update(week=kept.week, known=kept.known)
    assert make_digests().digests == 0
    assert Mail.objects.count() == 1


def test_the_digest_asks_what_the_page_asks(clock, client):
    for query in (OHIO, "q=coding", "where=43901&within=50", "level=associate&accreditation=accredited"):
        kept = search(query)
        page = client.get("/programs/", QueryDict(query).dict()).content.decode()
        assert len(kept.known) == ProgramFilter(QueryDict(query)).count
        for slug in Program.objects.filter(pk__in=kept.known).values_list("slug", flat=True):
            assert f"/programs/{slug}/" in page


def test_a_question_that_can_no_longer_be_read_is_not_asked_and_its_reader_can_see_that(clock, client):
    kept = search()
    SavedSearch.objects.update(query="leads_to=no-such-exam")
    clock.move_to(MONDAY)
    assert make_digests().digests == 0
    left = SavedSearch.objects.get()
    assert (left.known, left.trouble) == (kept.known, "unreadable")
    client.force_login(person(), backend="directory.engagement.readers.ReaderBackend")
    page = client.get("/account/").content.decode()
    assert "no longer known here" in page
    assert "A mail a week" not in page


def test_a_question_that_finds_too_much_by_now_is_not_told_and_goes_on_when_it_finds_less(clock, monkeypatch):
    search()
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    with monkeypatch.context() as patch:
        patch.setattr("directory.pipeline.alerts.MOST_RESULTS", 1)
        assert make_digests().digests == 0
    assert SavedSearch.objects.get().trouble == "too-wide"
    clock.shift(dt.timedelta(days=7))
    assert make_digests().digests == 1
    assert SavedSearch.objects.get().trouble == ""


def test_results_are_asked_for_in_parts(clock, monkeypatch):
    chosen = ProgramFilter(QueryDict(""))
    whole = found_today(chosen)
    monkeypatch.setattr("directory.pipeline.alerts.CHUNK", 2)
    assert found_today(ProgramFilter(QueryDict(""))) == whole


def test_a_search_that_ends_in_an_error_holds_up_nobody(clock, monkeypatch, caplog):
    broken = search(OHIO, "one")
    search("state=CA", "two")
    saved("maple-hit-associate", "one")
    saved("maple-hit-associate", "three")
    reprice("dunmore-hit-associate", 77)
    reprice("maple-hit-associate", 78)
    clock.move_to(MONDAY)
    asked, known = found_today, facts_of
    monkeypatch.setattr(
        alerts, "found_today", lambda chosen: 1 / 0 if chosen.lasting == broken.query else asked(chosen)
    )
    turns = iter([lambda _: 1 / 0, known])
    monkeypatch.setattr("directory.pipeline.alerts.facts_of", lambda keys: next(turns)(keys))
    with pytest.raises(CommandError, match="2 searches or readers"):
        call_command("make_digests")
    assert sorted(mail.recipient for mail in Mail.objects.all()) == ["three@example.org", "two@example.org"]
    assert "ZeroDivisionError" in caplog.text
    assert "@" not in caplog.text


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": True}])
def test_a_closed_account_and_staff_get_no_digest(clock, change):
    search()
    reprice("maple-hit-associate", 1_234)
    User.objects.update(**change)
    clock.move_to(MONDAY)
    assert make_digests().digests == 0
    assert not Mail.objects.exists()


@pytest.mark.parametrize("kind", ["search", "programs"])
def test_stopping_takes_back_what_was_written_until_the_stop_holds(clock, monkeypatch, kind):
    """A run that holds the row writes its mail first; the stop waits for it, and only then takes mail back."""
    about = f"search:{search().pk}" if kind == "search" else f"programs:{person().pk}"
    take_back, held = outbox.take_back, []

    def looking(**given):
        held.append(SavedSearch.objects.filter(active=False).exists() or ProgramAlertsOff.objects.exists())
        return take_back(**given)

    monkeypatch.setattr(outbox, "take_back", looking)
    saved_searches.stop(about=about)
    assert held == [True]


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
    kept = search()
    saved_searches.stop(about=f"search:{kept.pk}")
    reprice("maple-hit-associate", 1_234)
    clock.move_to(MONDAY)
    assert make_digests().digests == 0
    search()
    clock.shift(dt.timedelta(days=7))
    assert make_digests().digests == 0


def test_a_long_list_of_news_is_cut_and_counted(clock):
    kept = search("")
    SavedSearch.objects.update(known={})
    clock.move_to(MONDAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("directory.pipeline.alerts.SHOWN", 3)
        make_digests()
    mail = Mail.objects.get()
    assert f"New ({len(kept.known)})" in mail.text
    assert f"and {len(kept.known) - 3} more." in mail.text


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
