"""Saving programs: one tap, no account, nothing lost, and nothing asked of readers who save nothing."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.readers_own import ReadersOwn
from directory.engagement.reader_session import changing
from directory.engagement.readers import BACKEND, greet
from directory.engagement.shortlist import LIMIT, Full, NoteTooLong, Shortlist, take_over
from directory.engagement.shortlist_stores import Rows, SessionPart
from directory.models import Program, SavedProgram
from directory.models.saved_program import LONGEST_NOTE
from tests.directory.catalogue import BUILT_ON, by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

OURS = {"sec-fetch-site": "same-origin"}
SLUG = "maple-hit-associate"
LIST = "/programs/?q=health"


def press(client: Client, came: str = LIST, **form: str):
    return client.post("/shortlist/", form, headers={**OURS, "referer": f"http://testserver{came}"})


@pytest.fixture(params=["session", "account"])
def mine(request) -> Shortlist:
    """A list of either kind."""
    session = SessionStore()
    if request.param == "session":
        return Shortlist(SessionPart(session))
    return Shortlist(Rows(User.objects.create_user("reader").pk, session))


def some(count: int) -> list[int]:
    return list(Program.objects.order_by("pk").values_list("pk", flat=True)[:count])


class TestTheList:
    def test_the_latest_stands_first_and_saving_twice_changes_nothing(self, mine):
        first, second = some(2)
        for day, key in ((1, first), (2, second), (3, first)):
            with time_machine.travel(dt.datetime(2026, 3, day, tzinfo=dt.UTC)):
                mine.save(program=key)
        assert [each.program for each in mine.saved] == [second, first]
        assert mine.saved[1].saved_at.day == 1

    def test_what_was_removed_comes_back_with_its_note_in_its_place(self, mine):
        for key in some(3):
            mine.save(program=key)
        before = mine.saved
        mine.write_note(program=before[1].program, note="Evening classes?")
        mine.remove(program=before[1].program)
        assert len(mine) == 2
        mine.undo()
        assert [each.program for each in mine.saved] == [each.program for each in before]
        assert mine.saved[1].note == "Evening classes?"
        assert mine.removed is None

    def test_the_only_program_can_come_back_too(self, mine):
        (key,) = some(1)
        mine.save(program=key)
        mine.remove(program=key)
        assert mine.programs == frozenset()
        mine.undo()
        assert mine.programs == {key}

    def test_removing_what_is_not_there_keeps_what_can_be_undone(self, mine):
        first, second = some(2)
        mine.save(program=first)
        mine.remove(program=first)
        assert mine.remove(program=second) is None
        assert mine.removed is not None

    def test_a_note_of_the_full_length_is_kept_and_a_longer_one_refused(self, mine):
        (key,) = some(1)
        mine.save(program=key)
        kept = mine.write_note(program=key, note="é" * LONGEST_NOTE)
        assert kept is not None
        with pytest.raises(NoteTooLong):
            mine.write_note(program=key, note="é" * (LONGEST_NOTE + 1))
        assert mine.saved[0].note == "é" * LONGEST_NOTE

    def test_a_note_of_a_program_that_is_not_saved_is_kept_nowhere(self, mine):
        assert mine.write_note(program=some(1)[0], note="?") is None
        assert not SavedProgram.objects.exists()

    def test_clearing_forgets_the_way_back_as_well(self, mine):
        for key in some(2):
            mine.save(program=key)
        mine.remove(program=some(1)[0])
        assert mine.clear() == 1
        assert (mine.saved, mine.removed, mine.undo()) == ([], None, None)

    def test_the_list_is_full_at_its_limit_and_says_so(self, mine, monkeypatch):
        monkeypatch.setattr("directory.engagement.shortlist.LIMIT", 2)
        first, second, third = some(3)
        mine.save(program=first)
        mine.save(program=second)
        with pytest.raises(Full):
            mine.save(program=third)
        mine.save(program=first)  # saved already
        assert mine.programs == {first, second}


def test_the_limit_is_fifty():
    assert LIMIT == 50


class TestTheSession:
    def test_nothing_kept_is_no_session_at_all(self):
        session = SessionStore()
        mine = Shortlist(SessionPart(session))
        mine.save(program=some(1)[0])
        assert Session.objects.count() == 1
        mine.clear()
        assert Session.objects.count() == 0

    def test_two_taps_at_once_lose_nothing(self):
        first, second = some(2)
        begun = SessionStore()
        with changing(begun, "other") as part:
            part["a"] = 1
        # Both read the session before either of them writes.
        one, two = SessionStore(begun.session_key), SessionStore(begun.session_key)
        assert one.get("shortlist") is two.get("shortlist") is None
        Shortlist(SessionPart(one)).save(program=first)
        Shortlist(SessionPart(two)).save(program=second)
        assert Shortlist(SessionPart(SessionStore(begun.session_key))).programs == {first, second}

    def test_two_taps_on_a_new_day_lose_nothing_when_their_requests_end(self, rf):
        session = SessionStore()
        with time_machine.travel(BUILT_ON):
            Shortlist(SessionPart(session)).save(program=some(3)[0])
        answers = []
        with time_machine.travel(BUILT_ON + dt.timedelta(days=1)):
            asked = [rf.post("/shortlist/") for _ in range(2)]
            for request in asked:
                request.COOKIES["sessionid"] = session.session_key
                request.session = SessionStore(session.session_key)
                request.session.get("shortlist")  # both have read before either writes
            for request, key in zip(asked, some(3)[1:], strict=True):
                Shortlist(SessionPart(request.session)).save(program=key)
            for request in asked:
                ends = SessionMiddleware(lambda _request: HttpResponse())
                outer = ReadersOwn(partial(ends.process_response, response=HttpResponse()))
                answers.append(outer(request))
            assert Shortlist(SessionPart(SessionStore(session.session_key))).programs == set(some(3))
        assert answers[0].cookies["sessionid"]["max-age"] == 180 * 24 * 60 * 60

    def test_what_was_written_already_is_not_written_again_at_the_end_of_the_request(self):
        session = SessionStore()
        Shortlist(SessionPart(session)).save(program=some(1)[0])
        again = SessionStore(session.session_key)
        Shortlist(SessionPart(again)).save(program=some(2)[1])
        assert not again.modified

    def test_it_lasts_half_a_year_and_its_cookie_is_renewed_once_a_day(self, client):
        with time_machine.travel(BUILT_ON) as clock:
            press(client, save=SLUG)
            assert client.cookies["sessionid"]["max-age"] == 180 * 24 * 60 * 60
            assert not press(client, save="birch-coding-year").cookies
            clock.shift(dt.timedelta(days=1))
            assert press(client, save="cedar-coding-certificate").cookies

    def test_a_staff_sign_in_keeps_its_own_time(self, client):
        User.objects.create_superuser("keeper", password="long enough for us")
        press(client, save=SLUG)
        client.post("/admin/login/", {"username": "keeper", "password": "long enough for us"})
        assert client.session.get_expiry_age() < 24 * 60 * 60


class TestSigningIn:
    def test_both_lists_become_one_and_the_session_is_empty(self):
        session, user = SessionStore(), User.objects.create_user("reader")
        first, second, third = some(3)
        before, account = Shortlist(SessionPart(session)), Shortlist(Rows(user.pk, session))
        before.save(program=first)
        before.save(program=second)
        before.write_note(program=first, note="from the session")
        before.write_note(program=second, note="from the session")
        account.save(program=second)
        account.save(program=third)
        account.write_note(program=second, note="from the account")
        assert take_over(session, user) == 1
        notes = {each.program: each.note for each in Shortlist(Rows(user.pk, session)).saved}
        assert notes == {first: "from the session", second: "from the account", third: ""}
        assert Shortlist(SessionPart(session)).saved == []

    def test_the_list_of_this_browser_is_the_accounts_from_the_first_page_on(self, client, rf):
        press(client, save=SLUG)
        request = rf.get("/")
        request.session, reader = client.session, User.objects.create_user("reader")
        greet(request=request, reader=reader)
        assert SavedProgram.objects.get().reader == reader
        assert not request.session.get("shortlist")
        assert request.session.get_expiry_age() == 14 * 24 * 60 * 60

    def test_staff_keep_theirs_in_the_session(self, client):
        client.force_login(User.objects.create_superuser("keeper"), "django.contrib.auth.backends.ModelBackend")
        press(client, save=SLUG)
        assert not SavedProgram.objects.exists()
        assert f'name="remove" value="{SLUG}"' in client.get(LIST).content.decode()

    def test_an_empty_note_of_the_account_takes_the_sessions(self):
        session, user = SessionStore(), User.objects.create_user("reader")
        (key,) = some(1)
        Shortlist(Rows(user.pk, session)).save(program=key)
        before = Shortlist(SessionPart(session))
        before.save(program=key)
        before.write_note(program=key, note="Evening classes?")
        take_over(session, user)
        assert SavedProgram.objects.get().note == "Evening classes?"

    def test_what_does_not_fit_stays_in_the_session(self, monkeypatch):
        monkeypatch.setattr("directory.engagement.shortlist.LIMIT", 2)
        session, user = SessionStore(), User.objects.create_user("reader")
        first, second, third = some(3)
        Shortlist(Rows(user.pk, session)).save(program=first)
        before = Shortlist(SessionPart(session))
        for day, key in ((1, second), (2, third)):
            with time_machine.travel(dt.datetime(2026, 3, day, tzinfo=dt.UTC)):
                before.save(program=key)
        assert take_over(session, user) == 1
        assert Shortlist(Rows(user.pk, session)).programs == {first, third}
        assert Shortlist(SessionPart(session)).programs == {second}

    def test_a_program_that_is_gone_from_the_records_is_left_out(self):
        session, user = SessionStore(), User.objects.create_user("reader")
        Shortlist(SessionPart(session)).save(program=999_999_999)
        take_over(session, user)
        assert not SavedProgram.objects.exists()


class TestTheButton:
    def test_a_tap_saves_and_leads_back_to_the_card(self, client):
        response = press(client, save=SLUG)
        assert (response.status_code, response["Location"]) == (303, f"{LIST}#card-{SLUG}")
        page = client.get(LIST).content.decode()
        assert f'name="remove" value="{SLUG}"' in page
        assert '1<span class="vh"> saved program</span>' in page

    def test_the_next_reader_of_the_list_sees_nothing_of_it(self, client):
        client.get(LIST)
        press(client, save=SLUG)
        client.get(LIST)
        other = Client().get(LIST)
        assert 'name="remove"' not in other.content.decode()
        assert "saved program" not in other.content.decode()
        assert not other.cookies

    def test_a_second_tap_takes_it_off_and_a_third_puts_it_back(self, client):
        press(client, save=SLUG)
        press(client, remove=SLUG)
        assert 'name="remove"' not in client.get(LIST).content.decode()
        press(client, undo="1")
        assert f'name="remove" value="{SLUG}"' in client.get(LIST).content.decode()

    @pytest.mark.parametrize("address", [f"/programs/{SLUG}/", "/schools/maple-fork-college/", LIST])
    def test_every_page_with_the_program_shows_that_it_is_saved(self, client, address):
        assert f'name="save" value="{SLUG}"' in client.get(address).content.decode()
        press(client, save=SLUG)
        assert f'name="remove" value="{SLUG}"' in client.get(address).content.decode()

    def test_a_former_address_saves_the_program_of_today(self, client):
        by_slug(SLUG).former_slugs.create(slug="maple-before")
        assert press(client, save="maple-before")["Location"].endswith(f"#card-{SLUG}")

    @pytest.mark.parametrize("form", [{"save": "no-such-program"}, {"remove": ""}, {}, {"save": "\0"}])
    def test_what_names_no_program_is_not_found(self, client, form):
        assert press(client, **form).status_code == 404

    @pytest.mark.parametrize(
        "came",
        [
            "https://elsewhere.example/x",
            "",
            "http://[broken",
            "//elsewhere.example/",
            "http://testserver//elsewhere.example/",
        ],
    )
    def test_it_leads_to_no_other_site(self, client, came):
        response = client.post("/shortlist/", {"save": SLUG}, headers={**OURS, "referer": came})
        assert response["Location"] == f"/programs/{SLUG}/"

    def test_a_full_list_is_said_kindly(self, client, monkeypatch):
        monkeypatch.setattr("directory.engagement.shortlist.LIMIT", 1)
        press(client, save=SLUG)
        response = press(client, save="cedar-coding-certificate")
        assert response.status_code == 409
        assert "Your list is full" in response.content.decode()

    def test_it_is_a_form_and_nothing_to_read(self, client):
        assert client.get("/shortlist/").status_code == 405

    def test_a_reader_with_an_account_keeps_it_in_rows(self, client):
        user = User.objects.create_user("reader")
        client.force_login(user, BACKEND)
        press(client, save=SLUG)
        assert SavedProgram.objects.get().reader == user
        assert f'name="remove" value="{SLUG}"' in client.get(LIST).content.decode()


def test_a_list_asks_nothing_more_of_the_database_for_a_reader_without_a_session(client):
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST, {"level": "certificate"})  # another question: the first one's page is kept whole
    assert not [query for query in asked if "session" in query["sql"] or "saved" in query["sql"]]


def test_the_session_costs_a_list_one_query_and_an_account_two_more(client):
    press(client, save=SLUG)
    counts = []
    for signed_in in (False, True):
        if signed_in:
            client.force_login(User.objects.create_user("reader"), BACKEND)
        Client().get(LIST)
        with CaptureQueriesContext(connection) as plain:
            Client().get(LIST)
        with CaptureQueriesContext(connection) as own:
            client.get(LIST)
        counts.append(len(own) - len(plain))
    assert counts == [1, 3]


@pytest.mark.parametrize("address", ["/", LIST, f"/programs/{SLUG}/", "/schools/", "/compare/", "/no-such-page/"])
def test_a_cache_keeps_the_page_of_one_reader_for_no_other(client, address):
    before = client.get(address)
    assert "Cookie" in before["Vary"]
    assert "private" not in before.get("Cache-Control", "")
    press(client, save=SLUG)
    after = client.get(address)
    assert "Cookie" in after["Vary"]
    assert "private" in after["Cache-Control"]


def test_the_number_beside_my_plan_reads_no_note(client):
    client.force_login(User.objects.create_user("reader"), BACKEND)
    press(client, save=SLUG)
    for address in ("/schools/", f"/programs/{SLUG}/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        saved = [query["sql"] for query in asked if "directory_savedprogram" in query["sql"]]
        assert len(saved) == 1
        assert '"note"' not in saved[0]
