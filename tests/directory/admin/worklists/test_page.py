"""The page of the worklists: who sees what, what is done with checked cases, and the way to the mending and back."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.admin.worklists import chosen
from directory.curation.worklists import board, decisions
from directory.models import CaseDecision, Link
from directory.vocab import Role
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.curation.worklists.made import broken, left, record
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
TODAY = MORNING.date()
LIST = "/admin/worklists/"


@pytest.fixture(autouse=True)
def morning():
    cache.clear()
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock
    cache.clear()


@pytest.fixture
def at(db):
    return school(name="Example College")


@pytest.fixture
def link(at):
    return broken(at, since=TODAY - dt.timedelta(days=7))


def somebody(role, name=""):
    user = User.objects.create_user(name or f"a-{role}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    browser = Client()
    browser.force_login(user)
    browser.user = user  # type: ignore[attr-defined]  # the tests ask whose browser it is
    return browser


@pytest.fixture
def curator(db):
    return somebody(Role.CURATOR)


def marks(page):
    return re.findall(r'name="case" value="([^"]+)"', page.content.decode())


def mark(browser, query="?kind=links"):
    (only,) = marks(browser.get(LIST + query))
    return only


def said(page):
    return [str(each) for each in page.context["messages"]]


def test_the_heaviest_case_comes_first_and_says_why_and_where(curator, at):
    other = school(100002, name="Example Institute")
    broken(at, "Evidence", since=TODAY)
    heavy = broken(other, since=TODAY)
    left(other, 30, TODAY)
    page = curator.get(f"{LIST}?kind=links")
    assert [row["case"].subject for row in page.context["rows"]] == [
        "Apply of Example Institute",
        "Evidence of Example College",
    ]
    text = page.content.decode()
    assert "has failed on three days: It answered 404." in text
    assert f'href="{address(heavy)}?worklist=links"' in text


def test_each_role_decides_about_its_own_cases_and_looks_at_the_others(at, link):
    record(program(at), TODAY - dt.timedelta(days=500))
    for role, may in (
        (Role.CURATOR, {"links", "accreditation", "enrol"}), (Role.MODERATOR, set()), (Role.VIEWER, set()),
        (Role.ADMINISTRATOR, {"links", "accreditation", "enrol"}),
    ):  # fmt: skip
        browser = somebody(role)
        page = browser.get(f"{LIST}?kind=all")
        assert {text.partition(":")[0] for text in marks(page)} <= may
        assert {row["case"].kind for row in page.context["rows"]} >= {"links", "accreditation"}
        assert ("mails" in page.context["chosen"].visible) == (role == Role.ADMINISTRATOR)


def test_a_verb_about_a_case_of_others_is_refused(at, link):
    given = {"case": mark(somebody(Role.CURATOR)), "do": "assign", "to": ""}
    for role in (Role.MODERATOR, Role.VIEWER, Role.EDITOR):
        assert somebody(role).post(LIST, given).status_code == 403
    assert not CaseDecision.objects.exists()


def test_staff_without_a_role_see_no_worklist(db, link):
    user = User.objects.create_user("nobody yet", is_staff=True)
    browser = Client()
    browser.force_login(user)
    assert browser.get(LIST).status_code == browser.post(LIST).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_link"))
    assert browser.get(LIST).status_code == 200
    assert browser.get(f"{LIST}?kind=reviews").context["chosen"].kind == ""


def test_a_case_is_taken_by_its_own_button_and_shows_whose_it_is(curator, link):
    page = curator.post(f"{LIST}?kind=links", {"take": mark(curator)}, follow=True)
    assert page.redirect_chain == [(f"{LIST}?kind=links", 302)]
    assert said(page) == ["1 case given to a-curator."]
    assert "Yours" in page.content.decode()
    assert len(marks(curator.get(f"{LIST}?kind=links&who=me"))) == 1
    assert marks(curator.get(f"{LIST}?kind=links&who=nobody")) == []


def test_a_case_is_given_to_a_colleague_who_may_decide_about_it_and_to_no_other(curator, link):
    other, moderator = somebody(Role.CURATOR, "another").user, somebody(Role.MODERATOR).user
    given = {"case": mark(curator), "do": "assign", "to": moderator.pk}
    refused = curator.post(LIST, given)
    assert refused.context["form"].errors["to"] == ["a-moderator does not decide about: Broken links."]
    assert refused.context["rows"][0]["checked"]
    curator.post(LIST, {**given, "to": other.pk})
    assert CaseDecision.objects.get().assignee == other
    assert len(marks(curator.get(f"{LIST}?who={other.pk}&kind=links"))) == 1


def test_only_those_who_may_decide_about_the_list_are_offered(curator, link):
    somebody(Role.CURATOR, "another")
    for role in (Role.VIEWER, Role.MODERATOR, Role.EDITOR):
        somebody(role)
    chief = User.objects.create_superuser("chief", password=None)
    single = User.objects.create_user("single", is_staff=True)
    single.user_permissions.add(Permission.objects.get(codename="change_link"))
    User.objects.create_user("no staff").user_permissions.add(Permission.objects.get(codename="change_link"))
    page = curator.get(f"{LIST}?kind=links")
    offered = [str(label) for _, label in page.context["form"].fields["to"].choices]
    assert offered == ["Nobody", "me (a-curator)", "another", chief.username, "single"]
    everything = curator.get(f"{LIST}?kind=all").context["form"].fields["to"].choices
    assert "single" in [label for _, label in everything]
    assert "a-viewer" not in [label for _, label in everything]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"do": "ignore", "note": " "}, "note", "Say why it can be ignored"),
        ({"do": "resolve", "note": ""}, "note", "Say what was done"),
        ({"do": "snooze"}, "until", "Choose the day"),
        ({"do": "snooze", "until": "2026-03-02"}, "until", "has come already"),
        ({"do": "snooze", "until": "2027-06-01"}, "until", "a year at most"),
        ({"do": "snooze", "until": "soon"}, "until", "Enter a valid date"),
        ({"do": "ignore", "note": "x" * 501}, "note", "at most 500"),
        ({"do": "assign", "to": "987654"}, "to", "valid choice"),
        ({"do": ""}, "__all__", "Press one of the buttons"),
        ({"do": "delete"}, "__all__", "Press one of the buttons"),
    ],
)
def test_what_is_lacking_is_said_beside_its_field_and_nothing_is_lost(curator, link, given, field, words):
    page = curator.post(LIST, {"case": mark(curator), "note": "Typed already", **given})
    assert page.status_code == 200
    assert words in page.context["form"].errors[field][0]
    assert page.context["rows"][0]["checked"]
    assert given.get("note", "Typed already").strip() in page.content.decode()
    assert not CaseDecision.objects.exists()


@pytest.mark.parametrize("case", [None, "", "links", "links:x", "links:x:y:z", "nothing:x:0000000000000000:"])
def test_a_form_without_a_case_or_with_a_strange_one_does_nothing(curator, link, case):
    given = {"do": "ignore", "note": "Not ours", **({} if case is None else {"case": case})}
    assert curator.post(LIST, given).status_code in (200, 403)
    assert not CaseDecision.objects.exists()


def test_ignored_cases_stand_in_their_place_with_the_reason_and_can_be_put_back(curator, link):
    curator.post(LIST, {"case": mark(curator), "do": "ignore", "note": "Only the checker sees it"})
    assert marks(curator.get(f"{LIST}?kind=links")) == []
    place = "?kind=links&show=ignore"
    page = curator.get(LIST + place)
    assert "Ignored by a-curator on 2 Mar 2026: “Only the checker sees it”" in page.content.decode()
    curator.post(LIST + place, {"case": mark(curator, place), "do": "undo"})
    assert len(marks(curator.get(f"{LIST}?kind=links"))) == 1


def test_a_snoozed_case_is_back_on_its_day_and_says_so(curator, link, morning):
    curator.post(LIST, {"case": mark(curator), "do": "snooze", "until": "2026-03-09", "note": "They mend it"})
    assert marks(curator.get(f"{LIST}?kind=links")) == []
    assert "Put off until 9 Mar 2026" in curator.get(f"{LIST}?kind=links&show=snooze").content.decode()
    morning.move_to(dt.datetime(2026, 3, 9, 0, 1, tzinfo=dt.UTC))
    curator.force_login(curator.user)
    text = curator.get(f"{LIST}?kind=links").content.decode()
    assert "Back on the list" in text
    assert "that time is over" in text


def test_an_ignored_case_is_back_when_the_facts_change(curator, link):
    curator.post(LIST, {"case": mark(curator), "do": "ignore", "note": "Not ours"})
    Link.objects.filter(pk=link.pk).update(broken_since=TODAY)
    assert "the facts have changed since" in curator.get(f"{LIST}?kind=links").content.decode()


def test_of_two_at_the_same_case_the_second_reads_what_the_first_said_and_keeps_what_was_typed(curator, link):
    other = somebody(Role.CURATOR, "another")
    held = mark(curator)
    other.post(LIST, {"case": held, "do": "ignore", "note": "Only the checker sees it"})
    place = f"{LIST}?kind=links&show=ignore"
    page = curator.post(place, {"case": held, "do": "resolve", "note": "Wrote to the school"})
    assert page.status_code == 409
    (words,) = said(page)
    assert words.startswith("“Apply of Example College”: another has ignored it on 2 Mar, 08:00 UTC: “Only the checker")
    assert words.endswith("Nothing was changed there.")
    assert page.context["rows"][0]["checked"]
    assert CaseDecision.objects.count() == 1
    page = curator.post(place, {"case": marks(page)[0], "do": "undo"})
    assert page.status_code == 302


def test_a_case_whose_facts_changed_or_were_mended_meanwhile_is_not_decided_about(curator, link):
    held = mark(curator)
    Link.objects.filter(pk=link.pk).update(broken_since=TODAY)
    page = curator.post(LIST, {"case": held, "do": "ignore", "note": "Not ours"})
    assert "has changed since you opened this page" in said(page)[0]
    Link.objects.filter(pk=link.pk).update(broken_since=None, strikes=0)
    page = curator.post(LIST, {"case": held, "do": "ignore", "note": "Not ours"})
    assert "what was wrong has been mended" in said(page)[0]
    assert not CaseDecision.objects.exists()


def test_many_are_decided_about_at_once_and_the_others_stay(curator, db):
    for number in range(3):
        broken(school(100001 + number, name=f"Example College {number}"), since=TODAY)
    first, second, _ = marks(curator.get(f"{LIST}?kind=links"))
    page = curator.post(
        f"{LIST}?kind=links", {"case": [first, second], "do": "ignore", "note": "Not ours"}, follow=True
    )
    assert said(page) == ["2 cases ignored for as long as the facts stay as they are."]
    assert len(marks(page)) == 1


def test_pages_go_on_after_a_case_and_lose_none_when_one_is_mended(curator, db, monkeypatch):
    monkeypatch.setattr(chosen, "PAGE", 2)
    links = [broken(school(100001 + number), since=TODAY - dt.timedelta(days=30 * number)) for number in range(5)]
    first = curator.get(f"{LIST}?kind=links")
    assert [row["case"].key for row in first.context["rows"]] == [f"link-{each.pk}" for each in (links[4], links[3])]
    Link.objects.filter(pk=links[4].pk).update(broken_since=None, strikes=0)
    second = curator.get(LIST + first.context["next"])
    assert [row["case"].key for row in second.context["rows"]] == [f"link-{each.pk}" for each in (links[2], links[1])]
    last = curator.get(LIST + second.context["next"])
    assert (len(last.context["rows"]), last.context["next"]) == (1, "")
    assert last.context["first"] == "?kind=links"


@pytest.mark.parametrize(
    "query",
    ["?kind=nothing", "?show=x", "?who=99999", "?who=%00", "?after=x", "?after=nan~~", "?after=-inf", "?after=1"],
)
def test_an_address_that_nobody_can_read_says_so(curator, link, query):
    page = curator.get(LIST + query)
    assert page.status_code == 200
    if query != "?after=1":
        assert said(page) == ["This list has no such page or filter, so here it is without."]


def test_from_the_list_to_the_mending_and_back(curator, at, db):
    program(at)
    held = record(program(at, award_level=5), TODAY - dt.timedelta(days=500))
    (row,) = curator.get(f"{LIST}?kind=accreditation").context["rows"]
    page = curator.get(row["url"])
    back = f"{LIST}?kind=accreditation"
    assert f'<a href="{back}">Back to “Accreditation to confirm”</a>' in page.content.decode()
    given = {**filled_in(page), "checked_on": "2026-03-02", "why": "Asked them today."}
    saved = curator.post(row["url"], given)
    assert errors(saved) == {}
    assert saved["Location"] == back
    held.refresh_from_db()
    assert held.checked_on == TODAY
    assert curator.get(back).context["rows"] == []


def test_the_way_back_is_no_filter_of_a_list_and_no_page_that_does_not_exist(curator, db):
    rejected = reverse("admin:directory_importreject_changelist")
    page = curator.get(f"{rejected}?worklist=unmatched")
    assert page.status_code == 200
    assert "Back to “Rows that match nothing”" in page.content.decode()
    assert "worklist" not in curator.get(f"{rejected}?worklist=nothing").content.decode().partition("<main")[2][:400]


def test_the_history_of_a_case_is_a_click_away(curator, link):
    curator.post(LIST, {"take": mark(curator)})
    (row,) = curator.get(f"{LIST}?kind=links").context["rows"]
    page = curator.get(row["history"])
    assert page.context["cl"].result_count == 1
    assert "Given to" in page.content.decode()


def test_the_page_asks_as_often_for_many_cases_as_for_one_and_at_most_twenty_times(desk, chief, db):
    somebody(Role.CURATOR)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(LIST).status_code == 200
        return len(queries)

    broken(school(100001), since=TODAY)
    desk.get(LIST)
    few = asked()
    for number in range(30):
        at = school(100100 + number, name=f"Example College {number}")
        broken(at, since=TODAY)
        record(program(at), TODAY - dt.timedelta(days=500))
    for row in board.rows([board.kinds()["links"]])[:10]:
        decisions.assign(case=row.case, to=chief, by=chief, seen="")
    assert asked() == few <= 20
