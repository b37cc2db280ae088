"""Changes of saved programs: price, accreditation, start dates, link, leaving the list; once a day at most."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User

from directory.engagement import saved_searches
from directory.models import Listing, Mail, Program, ProgramFact, SavedProgram, School, ToldProgram
from directory.pipeline import alerts
from directory.pipeline.alerts import make_digests, remember_saved
from directory.profiles.told_facts import Facts, differences
from tests.directory.alerts.conftest import leave, person, reprice, saved
from tests.directory.invented import fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SLUG = "maple-hit-associate"


def told() -> str:
    made = make_digests()
    return Mail.objects.latest("pk").text if made.changes else ""


def test_what_did_not_change_is_not_told():
    saved(SLUG)
    assert told() == ""


def test_a_price(clock):
    saved(SLUG)
    reprice(SLUG, 4_321)
    text = told()
    assert "Price: $4,321. It was $" in text
    assert "Maple Fork College" in text
    assert Mail.objects.get().key == f"changes:{person().pk}:2025-09-01"


def test_a_price_that_nobody_knows_any_more():
    saved(SLUG)
    reprice(SLUG, None)
    assert "Price: not known. It was $" in told()


def test_an_accreditation():
    saved(SLUG)
    Listing.objects.filter(program__slug=SLUG).update(standing="on-notice")
    assert "Accreditation: On notice. It was" in told()


def test_start_dates():
    saved(SLUG)
    fact(Program.objects.get(slug=SLUG), ProgramFact.Kind.START_DATES, "January and August")
    assert "Start dates: “January and August”. They were not known." in told()


def test_the_link_to_apply():
    saved(SLUG)
    School.objects.filter(slug="maple-fork-college").update(apply_url="new.maple.example/apply")
    assert "The link to apply leads to another page now." in told()


def test_a_school_that_closed_and_nothing_else_of_it():
    saved(SLUG)
    School.objects.filter(slug="maple-fork-college").update(status="closed", closed_year=2025)
    text = told()
    assert "It left the list: the school has closed." in text
    assert "link" not in text.partition("* ")[2].partition("http")[0]


def test_a_program_that_left_and_came_back(clock):
    saved(SLUG)
    leave(SLUG)
    assert "It left the list: taken off the list by staff." in told()
    Program.objects.filter(slug=SLUG).update(state="listed")
    clock.shift(dt.timedelta(days=1))
    assert "It is back on the list." in told()


def test_it_is_told_once_and_the_next_change_another_day(clock):
    saved(SLUG)
    reprice(SLUG, 1)
    assert told()
    assert told() == ""
    reprice(SLUG, 2)
    assert told() == "", "one mail a day"
    clock.shift(dt.timedelta(days=1))
    assert "Price: $2. It was $1." in told()


def test_what_changed_before_it_was_saved_is_no_news_and_what_changed_after_is():
    SavedProgram.objects.create(
        reader=person(), program=Program.objects.get(slug=SLUG), saved_at=dt.datetime(2025, 9, 1, tzinfo=dt.UTC)
    )
    reprice(SLUG, 5)
    assert told() == ""
    reprice(SLUG, 6)
    assert "It was $5." in told()


def test_several_programs_are_one_mail():
    saved(SLUG)
    saved("birch-hit-associate")
    reprice(SLUG, 1)
    reprice("birch-hit-associate", 2)
    told()
    assert Mail.objects.get().subject == "2 programs that you saved have changed"


def test_no_mail_when_it_was_stopped_and_no_old_news_when_it_starts_again():
    saved(SLUG)
    saved_searches.stop_program_alerts(reader=person())
    reprice(SLUG, 1)
    assert told() == ""
    saved_searches.start_program_alerts(reader=person())
    assert told() == ""
    reprice(SLUG, 2)
    assert "It was $1." in told()


def test_a_program_that_is_no_longer_saved_is_forgotten():
    saved(SLUG).delete()
    assert not ToldProgram.objects.exists()


def test_who_stops_while_a_run_is_busy_with_others_gets_no_mail(monkeypatch):
    saved(SLUG)
    reprice(SLUG, 1)
    changes = alerts._changes

    def late(pk, now):
        saved_searches.stop_program_alerts(reader=person())
        return changes(pk, now)

    monkeypatch.setattr(alerts, "_changes", late)
    assert make_digests().changes == 0
    assert not Mail.objects.exists()


def test_staff_get_no_alerts():
    saved(SLUG)
    User.objects.update(is_staff=True)
    reprice(SLUG, 1)
    assert told() == ""


def test_saving_on_the_page_keeps_the_facts_of_the_moment(client):
    reader = person()
    client.force_login(reader, backend="directory.engagement.readers.ReaderBackend")
    client.post("/shortlist/", {"save": SLUG}, headers={"Sec-Fetch-Site": "same-origin"})
    assert ToldProgram.objects.get().facts["state"] == "listed"


def test_remembering_asks_the_same_for_one_and_for_many(django_assert_max_num_queries):
    for slug in (SLUG, "birch-hit-associate", "cedar-coding-long"):
        SavedProgram.objects.create(
            reader=person(), program=Program.objects.get(slug=slug), saved_at=dt.datetime(2025, 9, 1, tzinfo=dt.UTC)
        )
    reader = person()
    with django_assert_max_num_queries(6):  # two of them the savepoint
        assert remember_saved(reader=reader) == 3
    with django_assert_max_num_queries(3):
        assert remember_saved(reader=reader) == 0


def test_equal_facts_never_differ():
    one = Facts(None, "accredited", "", "", "listed")
    assert differences(one, one) == []
