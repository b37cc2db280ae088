"""The first page of the desk: numbers with their lists, for whoever may open them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.curation.dashboard import traffic
from directory.curation.worklists import board as worklists
from directory.curation.worklists.case import Asked
from directory.curation.worklists.harm import reach
from directory.models import ClickCount, DuplicateSearch, ImportRun, LinkRun, Mail, MissedSearch, Release
from directory.staff.session import DESK
from directory.vocab import GoKind, Role, Source
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


@pytest.fixture
def asked():
    """How many queries the first page asks: asked(browser), the marks of the test's own transaction left out."""

    def count(browser):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(HOME).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in queries)

    return count


def with_second_factor(browser, user):
    """A browser whose session was opened with a factor and is noted anew at the next page."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    session = browser.session
    session[DESK] = {"since": NOON.timestamp() - 600, "seen": NOON.timestamp() - 600, "factor": "totp"}
    session.save()
    return browser


def test_it_asks_at_most_twenty_times_cold_and_warm_for_one_row_and_for_many(desk, chief, asked, clock):
    with_second_factor(desk, chief)
    fill(1, chief)
    cache.clear()
    assert asked(desk) <= 20  # and the session is noted
    cache.clear()
    cold = asked(desk)
    fill_more()
    cache.clear()
    assert asked(desk) == cold <= 20
    assert asked(desk) <= 20  # the rest of the worklists
    assert asked(desk) <= 8
    for seconds in (61, 61, 1, 1800, 1):
        clock.shift(seconds)
        assert asked(desk) <= 20


def test_a_role_with_permissions_to_look_up_stays_within_the_limit(client, asked):
    pat = User.objects.create_user("pat", is_staff=True)
    pat.groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
    client.force_login(pat)
    fill(1, pat)
    cache.clear()
    assert max(asked(with_second_factor(client, pat)), asked(client), asked(client)) <= 20


def test_no_worklist_asks_more_than_it_says(chief):
    fill(2, chief)
    told = Asked(NOON, 300, reach(NOON))
    for kind in worklists.kinds().values():
        with CaptureQueriesContext(connection) as queries:
            kind.find(told)
        assert len(queries) <= kind.asks, kind.slug


def test_what_was_not_counted_yet_is_named_and_counted_at_the_next_look(desk):
    assert "Not counted yet" in desk.get(HOME).content.decode()
    assert "Not counted yet" not in desk.get(HOME).content.decode()


def test_an_older_figure_says_when_it_was_counted(desk, clock):
    desk.get(HOME)
    desk.get(HOME)
    clock.shift(3600)
    assert "counted 10 Sep, 12:00 UTC" in desk.get(HOME).content.decode()
    assert "counted 10 Sep, 12:00 UTC" not in desk.get(HOME).content.decode()


def waiting_part(browser):
    """What the page says of what waits, and of what does not."""
    page = browser.get(HOME).content.decode()
    part = page[page.index('id="board-waiting"') : page.index("</section>")]
    return part.partition("Nothing waits in")


def test_where_nobody_has_looked_it_does_not_say_that_nothing_waits(desk):
    desk.get(HOME)  # the rest is counted at the second look
    waits, _, empty = waiting_part(desk)
    for label, command in (("Broken links", "check_links"), ("Likely duplicates", "find_duplicates")):
        assert label in waits
        assert f"Run <code>manage.py {command}</code>" in waits
        assert label not in empty
    assert waits.count("never run") == 2


def test_a_checker_that_ran_this_night_is_believed_and_one_that_stopped_is_not(desk, clock):
    LinkRun.objects.create(started_at=NOON, ended_at=NOON)
    DuplicateSearch.objects.create(started_at=NOON, ended_at=NOON)
    desk.get(HOME)
    waits, _, empty = waiting_part(desk)
    assert "Broken links" not in waits
    assert "Broken links</a> (looked for today at 12:00 UTC)" in empty
    clock.shift(dt.timedelta(days=3))
    desk.force_login(User.objects.get())
    desk.get(HOME)
    waits, _, empty = waiting_part(desk)
    assert "looked for 3 days ago: overdue" in waits
    assert "Broken links" not in empty


def test_looking_for_duplicates_now_is_seen_at_once(desk):
    desk.get(HOME)
    desk.get(HOME)
    desk.post(reverse("admin:directory_duplicatepair_find"))
    assert "Likely duplicates" in waiting_part(desk)[2]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/admin/worklists/?kind=links", "The link checker has never run"),
        ("/admin/worklists/?kind=duplicates", "The search for duplicates has never run"),
        ("/admin/directory/link/", "Run <code>manage.py check_links</code>"),
        ("/admin/directory/duplicatepair/", "Press “Look again now”, or run <code>manage.py find_duplicates</code>"),
    ],
)
def test_the_lists_themselves_say_that_nobody_has_looked(desk, address, words):
    assert words in desk.get(address).content.decode()


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
