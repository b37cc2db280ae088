"""The first page of the desk: numbers with their lists, for whoever may open them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from directory.curation.dashboard import traffic
from directory.models import ClickCount, ImportRun, Mail, MissedSearch, Release
from directory.vocab import GoKind, Source
from tests.directory.admin.shelves import fill
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2025, 9, 10, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
HOME = "/admin/"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
    cache.clear()


def left(day, count, **where):
    ClickCount.objects.create(day=day, kind=GoKind.VISIT, count=count, **where)


def missed(text, count, *, month=dt.date(2025, 9, 1), **more):
    digest = f"{MissedSearch.objects.count():032x}"
    MissedSearch.objects.create(month=month, digest=digest, text=text, count=count, **more)


def mail(key, state, *, days=0):
    Mail.objects.create(
        key=key, recipient="somebody@example.com", message_id=key, state=state, not_before=NOON,
        written_at=NOON - dt.timedelta(days=days),
    )  # fmt: skip


def test_leaves_are_summed_up_by_day_and_a_day_without_any_is_none():
    at = school(100001, name="Example College")
    course = program(at)
    left(TODAY, 3, school=at)
    left(TODAY, 4, school=at, program=course)
    left(TODAY - dt.timedelta(days=27), 2, school=at)
    left(TODAY - dt.timedelta(days=28), 100, school=at)
    days = traffic.leaves(today=TODAY)
    assert len(days) == 28
    assert (days[0].leaves, days[1].leaves, days[-1].leaves) == (2, 0, 7)


def test_the_most_frequent_open_texts_of_two_months_are_named():
    missed("maple", 4)
    missed("maple", 3, month=dt.date(2025, 8, 1))
    missed("elm", 5)
    missed("oak", 90, month=dt.date(2025, 7, 1))
    missed("answered", 50, decision="not-ours", reason="No school teaches it", decided_on=TODAY)
    missed("", 80)
    assert traffic.misses(today=TODAY) == [("maple", 7), ("elm", 5)]


def test_every_number_leads_to_a_list_that_opens(desk, chief):
    fill(2, chief)
    mail("one", Mail.State.WAITING, days=3)
    mail("two", Mail.State.IN_DOUBT)
    left(TODAY, 5, school=school(100077, name="Example College"))
    missed("maple", 4)
    page = desk.get(HOME).content.decode()
    board_html = page[page.index('id="board-waiting"') : page.index('class="board-tables"')]
    found = set(re.findall(r'href="([^"]+)"', board_html))
    assert len(found) > 15
    for address in found:
        assert desk.get(address.replace("&amp;", "&")).status_code == 200, address


def test_mails_are_counted_and_named_to_nobody(desk):
    mail("one", Mail.State.WAITING, days=3)
    mail("two", Mail.State.IN_DOUBT)
    mail("three", Mail.State.SENT)
    page = desk.get(HOME).content.decode()
    assert "1 waiting, 1 in doubt, oldest: 3 days" in page
    assert "somebody@example.com" not in page


def test_a_role_sees_the_numbers_whose_lists_it_may_open(staff):
    mail("one", Mail.State.WAITING)
    Release.objects.create(source=Source.DAPIP, vintage="November 2020", rank=202011)
    page = staff("view_release").get(HOME).content.decode()
    assert "How old the sources are" in page
    for other in ("Last loads", "Readers who left", "Searched for in vain", "Mails", "Broken links", "Reported errors"):
        assert other not in page, other


def test_staff_without_a_role_get_a_page_without_numbers(staff):
    assert 'class="board"' not in staff().get(HOME).content.decode()


def test_the_bars_have_the_same_as_a_table(desk):
    left(TODAY, 1234, school=school(100001, name="Example College"))
    page = desk.get(HOME).content.decode()
    assert page.count("<rect ") == 28
    assert '<th scope="row">Wed 10 Sep</th><td>1,234</td>' in page
    assert "style=" not in page[page.index("board-leaves") : page.index("board-misses")]


def test_loads_are_shown_with_how_they_ended(desk):
    ImportRun.objects.create(source=Source.OEWS, file_name="may.zip", state="refused", started_at=NOON, rejected=1200)
    page = desk.get(HOME).content.decode()
    assert "may.zip" in page
    assert "Refused" in page
    assert "1,200" in page


def test_it_is_counted_again_after_a_minute_or_two(desk, clock):
    at = school(100001, name="Example College")
    desk.get(HOME)
    left(TODAY, 777, school=at)
    clock.shift(59)
    assert "777" not in desk.get(HOME).content.decode()
    clock.shift(62)
    assert "777" in desk.get(HOME).content.decode()


def test_it_asks_little_the_same_for_one_row_and_for_many(desk, chief, django_assert_max_num_queries, clock):
    fill(1, chief)
    desk.get(HOME)
    with django_assert_max_num_queries(6):
        desk.get(HOME)
    fill_more()
    clock.shift(61)
    with django_assert_max_num_queries(20):  # the worklists anew
        desk.get(HOME)
    with django_assert_max_num_queries(20):  # and then what stands beside them
        desk.get(HOME)
    cache.clear()
    with django_assert_max_num_queries(28):  # all at once, where nobody has looked for two minutes
        desk.get(HOME)


def fill_more():
    at = school(100500, name="Another Example College")
    for number in range(40):
        left(TODAY - dt.timedelta(days=number), 1, school=at)
        missed(f"text {number}", number)
        mail(f"key {number}", Mail.State.WAITING)
        ImportRun.objects.create(source=Source.OEWS, file_name=f"{number}.zip", state="applied", started_at=NOON)


def test_the_desk_looks_whole_with_nothing_in_it(desk):
    page = desk.get(reverse("admin:index"))
    assert page.status_code == 200
    assert "Nothing waits in" in page.content.decode()
