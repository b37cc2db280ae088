"""Saving a search from the list, looking after it on the account page, and stopping mail by its link."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from directory.engagement import saved_searches
from directory.models import Mail, SavedSearch
from directory.pipeline.alerts import make_digests
from tests.architecture.test_templates import INLINE
from tests.directory.account.conftest import signs_in
from tests.directory.alerts.conftest import MONDAY, OHIO, reprice, saved, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = reverse("saved_search_new")


@pytest.fixture
def reader(clock):
    browser = Client()
    signs_in(browser, "one@example.org")
    return browser


def me():
    return User.objects.get(email="one@example.org")


class TestSaving:
    def test_the_list_leads_there_with_its_whole_question(self, client):
        page = client.get("/programs/?q=coding&where=ohio&sort=price").content.decode()
        assert f'href="{NEW}?' in page
        assert "Alert me when this list changes" in page

    def test_without_an_account_the_way_leads_over_the_sign_in_and_back(self, client):
        there = f"{NEW}?q=coding&state=OH"
        way = client.get(there)["Location"]
        assert way.startswith("/account/sign-in/?next=%2Faccount%2Fsearches%2Fnew%2F%3Fq%3Dcoding")
        assert signs_in(client, "two@example.org", next=there)["Location"] == there

    def test_looking_saves_nothing_and_sending_saves(self, reader):
        assert b"7 programs" in reader.get(f"{NEW}?{OHIO}").content or SavedSearch.objects.count() == 0
        assert not SavedSearch.objects.exists()
        assert reader.post(f"{NEW}?{OHIO}")["Location"] == "/account/#searches"
        kept = SavedSearch.objects.get()
        assert (kept.query, kept.title, kept.week) == ("state=OH", "Ohio", "2025-W36")
        assert kept.known

    def test_the_same_search_twice_is_one(self, reader):
        reader.post(f"{NEW}?state=OH&level=associate")
        reader.post(f"{NEW}?level=associate&state=OH&sort=price&page=2")
        assert SavedSearch.objects.count() == 1

    def test_a_search_that_cannot_be_read_is_not_saved(self, reader):
        for query in ("where=nowhere-at-all", "level=nonsense", "max_price=much", "colour=red"):
            page = reader.post(f"{NEW}?{query}")
            assert "could not be read" in page.content.decode(), query
        assert not SavedSearch.objects.exists()

    def test_a_search_that_finds_too_much_is_told_so(self, reader, monkeypatch):
        monkeypatch.setattr("directory.pipeline.alerts.MOST_RESULTS", 2)
        assert "Narrow it to 2 at most" in reader.post(NEW).content.decode()

    def test_there_is_a_limit(self, reader, monkeypatch):
        monkeypatch.setattr(saved_searches, "LIMIT", 1)
        reader.post(f"{NEW}?{OHIO}")
        page = reader.post(f"{NEW}?state=CA").content.decode()
        assert "You have saved 1 searches" in page
        assert SavedSearch.objects.count() == 1

    def test_a_search_of_a_thousand_words_is_not_kept(self, reader):
        page = reader.post(f"{NEW}?q={'coding+' * 200}")
        assert page.status_code == 200
        assert not SavedSearch.objects.exists()


class TestLookingAfter:
    def test_the_page_lists_them_with_what_can_be_done(self, reader):
        search()
        page = reader.get(reverse("account")).content.decode()
        assert '<a href="/programs/?state=OH">Ohio</a>' in page
        assert "Saved searches" in page
        assert [what for what, pattern in INLINE.items() if pattern.search(page)] == []

    def test_stopping_starting_and_deleting(self, reader):
        own = reverse("saved_search", args=[search().pk])
        reader.post(own, {"action": "stop"})
        assert not SavedSearch.objects.get().active
        reader.post(own, {"action": "start"})
        assert SavedSearch.objects.get().active
        reader.post(own, {"action": "delete"})
        assert not SavedSearch.objects.exists()

    def test_a_stopped_search_that_finds_too_much_by_now_does_not_start_and_the_page_says_why(
        self, reader, monkeypatch
    ):
        own = reverse("saved_search", args=[search().pk])
        reader.post(own, {"action": "stop"})
        with monkeypatch.context() as patch:
            patch.setattr("directory.pipeline.alerts.MOST_RESULTS", 1)
            page = reader.post(own, {"action": "start"}, follow=True).content.decode()
        assert not SavedSearch.objects.get().active
        assert "it finds more programs by now" in page
        assert "it finds more" not in reader.post(own, {"action": "start"}, follow=True).content.decode()
        assert SavedSearch.objects.get().active

    def test_mail_about_programs_starts_from_the_facts_of_that_moment(self, reader):
        saved("maple-hit-associate")
        for action in ("stop", "start"):
            reader.post(reverse("program_alerts"), {"action": action})
        reprice("maple-hit-associate", 77)
        assert make_digests().changes == 1

    def test_nobody_touches_anothers(self, reader):
        theirs = search(name="two")
        for action in ("stop", "start", "delete"):
            assert reader.post(reverse("saved_search", args=[theirs.pk]), {"action": action}).status_code == 404
        assert SavedSearch.objects.get().active

    def test_mail_about_programs_can_be_stopped_and_started(self, reader):
        for action, wanted in (("stop", False), ("start", True)):
            reader.post(reverse("program_alerts"), {"action": action})
            assert saved_searches.wants_program_alerts(me()) is wanted

    def test_get_changes_nothing(self, reader):
        for address in (reverse("saved_search", args=[search().pk]), reverse("program_alerts")):
            assert reader.get(address).status_code == 405

    def test_deleting_the_account_takes_all_of_it(self, reader):
        search()
        saved("maple-hit-associate")
        reader.post(reverse("account_delete"))
        assert not SavedSearch.objects.exists()


class TestStoppingByLink:
    @pytest.fixture
    def mail(self, clock) -> Mail:
        search()
        reprice("maple-hit-associate", 1)
        clock.move_to(MONDAY)
        make_digests()
        return Mail.objects.get()

    def test_looking_changes_nothing(self, mail, client):
        for method in (client.get, client.head):
            assert method(mail.stop_path).status_code == 200
        assert SavedSearch.objects.get().active

    def test_one_press_of_a_mail_program_stops_it(self, mail):
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post(mail.stop_path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
        assert not SavedSearch.objects.get().active
        assert not Mail.objects.exists(), "what waited is taken back"

    def test_pressing_twice_is_no_harm(self, mail, client):
        assert [client.post(mail.stop_path).status_code for _ in range(2)] == [200, 200]

    def test_the_link_of_a_deleted_search_still_answers(self, mail, client):
        SavedSearch.objects.all().delete()
        assert client.post(mail.stop_path).status_code == 200

    @pytest.mark.parametrize("token", ["x", "search.1", "search.1.AAAA", "programs.1.", "a" * 3000])
    def test_a_forged_link_is_refused(self, client, token):
        mine = search()
        answer = client.post(f"/mail/stop/{token}/")
        assert answer.status_code == 404
        assert "This link is not whole" in answer.content.decode()
        mine.refresh_from_db()
        assert mine.active

    def test_a_link_for_one_search_stops_no_other(self, mail, client):
        other = search("state=CA")
        client.post(mail.stop_path)
        other.refresh_from_db()
        assert other.active

    def test_the_link_about_saved_programs(self, clock, client):
        saved("maple-hit-associate")
        reprice("maple-hit-associate", 1)
        make_digests()
        client.post(Mail.objects.get().stop_path)
        assert not saved_searches.wants_program_alerts(me())
