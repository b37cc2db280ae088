"""A run asks what is due, politely, keeps each answer as it comes, and goes on where another was ended."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter

import pytest
import time_machine
from django.core.management import call_command

from directory.curation.links.judging import Answer, Failure
from directory.curation.links.register import Use, register
from directory.curation.links.run import PER_HOST, ask_anew, check, keep, vouch
from directory.models import Link, LinkRun, LinkUse, ProgramFact
from directory.vocab import Finding, ListingState, SchoolState
from tests.directory.invented import fact, program, school

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def run(ask, **options):
    return list(check(ask=ask, rest=lambda seconds: None, **options))


def fine(url, mark):
    return Answer(url, 200)


def uses(*urls):
    return [Use(url, "Apply", "Maple Fork College") for url in urls]


# --- which there are --------------------------------------------------------------------------------


def test_every_usable_address_of_open_listings_is_a_link_once():
    at = school(website="www.maplefork.example", apply_url="https://www.maplefork.example/", aid_url="none")
    of = program(at)
    fact(
        of,
        ProgramFact.Kind.PROGRAM_URL,
        "https://maplefork.example/him#top",
        evidence_url="https://maplefork.example/e",
    )
    register()
    assert set(Link.objects.values_list("url", flat=True)) == {
        "https://www.maplefork.example", "https://www.maplefork.example/", "https://maplefork.example/him",
        "https://maplefork.example/e",
    }  # fmt: skip
    assert LinkUse.objects.get(link__url="https://maplefork.example/him").program == of


def test_what_has_left_the_lists_has_no_links():
    closed = school(website="https://closed.example", status=SchoolState.CLOSED)
    gone = program(school(100002), state=ListingState.WITHDRAWN)
    fact(gone, ProgramFact.Kind.PROGRAM_URL, "https://gone.example/him", evidence_url="https://gone.example/e")
    program(closed)
    register()
    assert not Link.objects.exists()


def test_registering_again_changes_nothing_and_forgets_what_is_not_used():
    assert register(uses("https://a.example/1", "https://a.example/2")) == (2, 0)
    kept = Link.objects.get(url="https://a.example/1").pk
    assert register(uses("https://a.example/1", "https://b.example/")) == (1, 1)
    assert set(Link.objects.values_list("url", flat=True)) == {"https://a.example/1", "https://b.example/"}
    assert Link.objects.get(url="https://a.example/1").pk == kept
    assert LinkUse.objects.count() == 2


# --- asking -----------------------------------------------------------------------------------------


def test_a_link_that_answers_is_not_due_again_for_weeks():
    register(uses("https://a.example/"))
    (progress,) = run(fine)
    assert (progress.asked, progress.due) == (1, 1)
    link = Link.objects.get()
    assert link.finding == Finding.FINE
    assert link.asked_at
    assert 25 < (link.ask_again - link.asked_at).days < 35
    assert run(fine) == []


def test_three_days_of_failure_break_a_link_and_an_answer_mends_it():
    register(uses("https://a.example/"))
    gone = lambda url, mark: Answer(url, 404)  # noqa: E731 - one line says it
    with time_machine.travel(MONDAY, tick=False) as clock:
        ask_anew([Link.objects.get().pk])
        for day in range(3):
            clock.move_to(MONDAY + day * dt.timedelta(days=1, minutes=1))
            (progress,) = run(gone)
        link = Link.objects.get()
        assert (progress.broken, link.broken_since) == (1, dt.date(2026, 3, 4))
        assert run(gone) == []  # a week of patience
        clock.move_to(MONDAY + dt.timedelta(days=10))
        (progress,) = run(fine)
    assert progress.mended == 1
    assert not Link.objects.get().is_broken
    assert LinkRun.objects.count() == 5


def test_hosts_are_asked_side_by_side_and_each_one_thing_at_a_time():
    register(uses(*(f"https://{host}.example/{page}" for host in "abc" for page in range(4))))
    busy: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()
    rests: list[float] = []

    def ask(url, mark):
        host = url.split("/")[2]
        with lock:
            busy[host] += 1
            most[host] = max(most[host], busy[host])
        with lock:
            busy[host] -= 1
        return Answer(url, 200)

    done = list(check(ask=ask, threads=3, pause=3.0, rest=rests.append))
    assert done[-1].asked == 12
    assert set(most.values()) == {1}
    assert rests == [3.0] * 9  # between two of one host, and before none


def test_one_host_does_not_fill_a_run():
    register(uses(*(f"https://a.example/{page}" for page in range(PER_HOST + 5))))
    assert run(fine)[-1].asked == PER_HOST
    assert run(fine)[-1].asked == 5


def test_a_run_that_is_ended_has_kept_what_it_asked():
    register(uses(*(f"https://{number}.example/" for number in range(6))))
    running = check(ask=fine, threads=1, rest=lambda seconds: None)
    next(running)
    next(running)
    running.close()
    assert Link.objects.exclude(finding=Finding.UNASKED).count() == 2
    assert run(fine)[-1].due == 4
    assert not LinkRun.objects.filter(ended_at=None).exists()


def test_a_run_ends_when_its_time_is_over():
    register(uses("https://a.example/1", "https://a.example/2", "https://a.example/3"))
    times = iter([0.0, 1.0, 2.0, 99.0])
    assert run(fine, seconds=10, threads=1, clock=lambda: next(times))[-1].asked == 2


def test_an_unchanged_page_keeps_what_was_found_in_it():
    register(uses("https://a.example/"))
    run(lambda url, mark: Answer(url, 200, title="404 not found", etag='"e"'))
    ask_anew([Link.objects.get().pk])
    marks = []

    def unchanged(url, mark):
        marks.append(mark.etag)
        return Answer(url, 304)

    run(unchanged)
    assert marks == ['"e"']
    link = Link.objects.get()
    assert (link.finding, link.etag) == (Finding.DOUBTFUL, '"e"')


def test_an_answer_about_a_link_that_went_meanwhile_is_dropped():
    register(uses("https://a.example/"))
    link = Link.objects.get()
    Link.objects.all().delete()
    assert keep(link, Answer(link.url, 404)) == (False, False)
    assert not Link.objects.exists()


def test_who_vouched_for_a_link_is_remembered(django_user_model):
    register(uses("https://a.example/"))
    Link.objects.update(strikes=3, struck_on=MONDAY.date(), broken_since=MONDAY.date(), finding=Finding.GONE)
    by = django_user_model.objects.create_user("curator")
    assert vouch(links=Link.objects.all(), by=by, today=MONDAY.date()) == 1
    link = Link.objects.get()
    assert (link.is_broken, link.vouched_on) == (False, MONDAY.date())
    assert link.history.first().history_user == by


def test_the_command_lists_and_asks(monkeypatch, capsys):
    school(website="https://www.maplefork.example")
    asked = []

    def ask(url, **how):
        asked.append(url)
        return Answer(url, failure=Failure.NO_HOST)

    monkeypatch.setattr("directory.management.commands.check_links.ask", ask)
    call_command("check_links", "--list-only")
    assert asked == []
    call_command("check_links", "--pause", "0")
    assert asked == ["https://www.maplefork.example"]
    assert "Asked 1 of 1 that were due: 0 newly broken" in capsys.readouterr().out
    call_command("check_links")
    assert "Nothing is due." in capsys.readouterr().out
