"""/corrections/: a reader reports a fact, gets a number, and sees what becomes of it."""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from directory.curation.overrides import correct
from directory.engagement.error_reports import advance
from directory.models import ErrorReport, Program, School
from directory.profiles.error_reports import has_changed
from directory.profiles.reportable import key_of, subject
from directory.vocab import ReportState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
FORMS = uuid.UUID("0b7a3d0e-5b0b-4d0a-9a3c-3f1d1f0f6c12")
SECRET = "Ask Mx Example about it"


def program() -> Program:
    found: Program = Program.objects.filter(listing__listed=True, school__slug="maple-fork-college").first()  # type: ignore[assignment]
    return found


def form(about: str, fact: str = "") -> str:
    return f"{reverse('correction_report')}?{urlencode({'about': about, **({'fact': fact} if fact else {})})}"


def send(client: Client, fact: str = "price", **typed: str) -> Any:
    given = {"should_be": "$9,900", "evidence_url": "www.maple.example/tuition", "words": SECRET, "form": mark("a1")}
    return client.post(form(f"program:{program().slug}", fact), {**given, **typed})


def mark(name: str) -> str:
    """What the hidden field of one form holds, and of no other."""
    return uuid.uuid5(FORMS, name).hex


def text(response: HttpResponse) -> str:
    return response.content.decode()


class TestTheForm:
    def test_it_shows_the_fact_as_the_page_does(self, client):
        about = f"program:{program().slug}"
        shown = subject(about).facts()["price"]  # type: ignore[union-attr]
        html = text(client.get(form(about, "price")))
        assert shown.value in html
        assert shown.source.partition(",")[0] in html

    @pytest.mark.parametrize("kind", ["program", "school", "certification"])
    def test_every_kind_of_page_offers_its_facts(self, client, kind):
        slug = {"program": program().slug, "school": "maple-fork-college", "certification": "rhit"}[kind]
        html = text(client.get(form(f"{kind}:{slug}")))
        facts = re.findall(r"fact=([\w-]+)", html)
        assert len(facts) > 4
        assert facts[-1] == "other"
        assert len(set(facts)) == len(facts)

    def test_each_fact_that_is_offered_has_its_form(self, client):
        about = f"program:{program().slug}"
        for key in subject(about).facts():  # type: ignore[union-attr]
            assert "What should it be?" in text(client.get(form(about, key))), key

    def test_a_fact_that_the_page_does_not_show_asks_which_one_is_meant(self, client):
        response = client.get(form(f"program:{program().slug}", "no-such-fact"))
        assert response.status_code == 200
        assert "no such fact" in text(response)

    @pytest.mark.parametrize("about", ["program:no-such", "school:", "planet:mars", "program", ":", "career:no-such"])
    def test_a_page_that_is_not_there_is_said_to_be_none(self, client, about):
        response = client.get(form(about))
        assert response.status_code == 404
        assert "no such page" in text(response)

    @pytest.mark.parametrize("kind", ["program", "school", "certification", "career"])
    def test_no_database_is_asked_for_an_address_that_none_of_them_can_hold(
        self, client, kind, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            assert subject(f"{kind}:a\0") is None
        assert client.get(form(f"{kind}:\0")).status_code == 404

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"should_be": "", "words": ""}, "Say what it should be"),
            ({"should_be": "x" * 301}, "these are 301"),
            ({"words": "y" * 50_000}, "these are 50000"),
            ({"evidence_url": "javascript:alert(1)"}, "no web address"),
            ({"evidence_url": "http://localhost/"}, "no web address"),
            ({"words": "a\x00b"}, "Null"),
            ({"subject_line": "buy now"}, "trap for machines"),
        ],
    )
    def test_a_bad_value_is_told_beside_its_field_and_nothing_is_lost(self, client, typed, told):
        response = send(client, **typed)
        assert response.status_code == 400
        assert told in text(response)
        assert "Not sent yet" in text(response)
        kept = {"should_be": "$9,900", "words": SECRET, "evidence_url": "www.maple.example/tuition"}
        assert all(value in text(response) for name, value in kept.items() if name not in typed)
        assert not ErrorReport.objects.exists()

    def test_the_trap_stands_in_nobodys_way(self, client):
        html = text(client.get(form(f"program:{program().slug}", "price")))
        trap = re.search(r'<p class="field trap" aria-hidden="true">.*?</p>', html, re.DOTALL)
        assert trap
        assert 'name="subject_line"' in trap[0]
        assert 'tabindex="-1"' in trap[0]
        assert html.count('name="subject_line"') == 1

    def test_who_comes_back_to_what_did_not_go_finds_it(self, client):
        refused = send(client, evidence_url="nonsense")
        assert "private" in refused["Cache-Control"]
        assert "no-store" not in refused["Cache-Control"]

    def test_markup_is_shown_as_it_was_typed(self, client):
        response = send(client, should_be="<script>alert(1)</script>" * 20)
        assert "<script>alert" not in text(response)

    def test_after_many_in_an_hour_it_waits_and_keeps_what_was_typed(self, client, settings):
        settings.CORRECTIONS_PER_HOUR = 1
        assert send(client, form=mark("one")).status_code == 303
        response = send(client, form=mark("two"))
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert SECRET in text(response)
        assert ErrorReport.objects.count() == 1

    def test_it_needs_no_cookie_and_is_kept_in_no_cache(self):
        strict = Client(enforce_csrf_checks=True)
        page = strict.get(form(f"program:{program().slug}", "price"))
        assert not page.cookies
        assert "no-store" in page["Cache-Control"]
        assert send(strict).status_code == 303


class TestTheNumber:
    def test_what_is_sent_has_a_page_with_its_number(self, client):
        response = send(client)
        report = ErrorReport.objects.get()
        assert response["Location"].startswith(f"/corrections/{report.number}/?key=")
        html = text(client.get(response["Location"]))
        assert report.number in html
        assert "Take the report back" in html
        assert (report.program, report.school, report.fact) == (program(), program().school, "price")

    def test_the_same_form_twice_is_one_number_and_other_words_are_another(self, client):
        assert send(client)["Location"] == send(client)["Location"]
        assert send(client, words="Something else")["Location"] != send(client)["Location"]
        assert ErrorReport.objects.count() == 2

    @pytest.mark.parametrize("held", ["", "a1", "x" * 64])
    def test_two_readers_whose_forms_have_no_mark_get_a_number_and_a_key_each(self, held):
        first, second = (send(Client(), form=held)["Location"] for _ in range(2))
        assert first != second
        assert ErrorReport.objects.count() == 2

    def test_what_a_reader_wrote_is_seen_by_nobody_before_staff_have_read_it(self, client):
        send(client)
        report = ErrorReport.objects.get()
        before = text(client.get(report.get_absolute_url()))
        assert SECRET not in before
        assert "$9,900" not in before
        ErrorReport.objects.update(words_shown=True)
        after = text(client.get(report.get_absolute_url()))
        assert SECRET in after
        assert "https://www.maple.example/tuition" in after

    def test_words_that_staff_keep_back_stay_hidden_and_that_is_said(self, client):
        send(client)
        ErrorReport.objects.update(words_shown=False)
        html = text(client.get(ErrorReport.objects.get().get_absolute_url()))
        assert SECRET not in html
        assert "found a reason not to" in html

    def test_what_was_corrected_is_shown_with_its_reason(self, client):
        school = School.objects.get(slug="maple-fork-college")
        client.post(form("school:maple-fork-college", "county"), {"should_be": "Alder County", "form": mark("b")})
        report = ErrorReport.objects.get()
        override = correct(target=school, column="county", value="Alder County", reason="Its own page", by=None)
        advance(
            report=report, to=ReportState.CORRECTED, by=None, words="You were right.", override=override, changed=True
        )
        html = text(client.get(report.get_absolute_url()))
        assert "You were right." in html
        assert "Its own page" in html
        assert "The page says now" in html

    def test_what_was_changed_elsewhere_is_not_said_to_be_the_fact(self, client):
        client.post(form("school:maple-fork-college", "county"), {"should_be": "Alder County", "form": mark("b")})
        report = ErrorReport.objects.get()
        assert not has_changed(report)
        other = "The address beside it."
        report = advance(report=report, to=ReportState.CORRECTED, by=None, words="It is right.", elsewhere=other)
        html = text(client.get(report.get_absolute_url()))
        assert other in html
        assert "The page still says" in html
        assert "The fact reads as it did" in html
        for claim in ("The fact was changed", "The page says now", ">Corrected<"):
            assert claim not in html
        entrance = text(client.get(reverse("correction_report")))
        assert "0 led to a correction, 1 to a change of something else" in entrance
        assert ">Corrected<" not in entrance

    def test_a_page_that_says_the_same_again_is_not_said_to_be_changed(self, client):
        client.post(form("school:maple-fork-college", "county"), {"should_be": "Alder County", "form": mark("b")})
        report = advance(
            report=ErrorReport.objects.get(), to=ReportState.CORRECTED, by=None, words="Changed.", changed=True
        )
        html = text(client.get(report.get_absolute_url()))
        assert "The fact was changed" not in html
        assert "The page still says" in html

    def test_a_fact_that_a_later_file_changes_has_changed(self, client):
        client.post(form("school:maple-fork-college", "county"), {"should_be": "Alder County", "form": mark("b")})
        School.objects.filter(slug="maple-fork-college").update(county="Alder County")
        assert has_changed(ErrorReport.objects.get())

    def test_only_who_holds_the_key_takes_it_back(self, client):
        place = send(client)["Location"]
        report = ErrorReport.objects.get()
        refused = client.post(report.get_absolute_url(), {"key": "0" * 20})
        assert refused.status_code == 400
        assert client.post(report.get_absolute_url(), {"key": place.partition("key=")[2]}).status_code == 303
        report.refresh_from_db()
        assert report.state == ReportState.WITHDRAWN

    def test_a_number_written_otherwise_leads_to_its_page(self, client):
        send(client)
        report = ErrorReport.objects.get()
        found = client.get(f"/corrections/{report.reference.lower()}/")
        assert (found.status_code, found["Location"]) == (301, report.get_absolute_url())
        looked_up = client.get(reverse("correction_report"), {"number": f" {report.number.lower()} "})
        assert looked_up["Location"] == report.get_absolute_url()

    def test_a_number_written_otherwise_keeps_the_key_and_the_wish(self, client):
        key = send(client)["Location"].partition("key=")[2]
        report = ErrorReport.objects.get()
        otherwise = f"/corrections/{report.reference.lower()}/"
        found = client.get(f"{otherwise}?key={key}")
        assert (found.status_code, found["Location"]) == (302, f"{report.get_absolute_url()}?key={key}")
        assert "no-store" in found["Cache-Control"]
        assert client.post(otherwise, {"key": key}, follow=True).status_code == 200
        report.refresh_from_db()
        assert report.state == ReportState.WITHDRAWN

    @pytest.mark.parametrize("number", ["7K3M-R9WF", "nonsense", "7K3M-R9WH", "%00", "7K3M-R9WH" * 40])
    def test_a_wrong_number_is_told_beside_the_field(self, client, number):
        response = client.get(f"/corrections/{number}/")
        assert response.status_code == 404
        assert "c-number-error" in text(response)

    def test_looking_at_it_changes_nothing(self, client):
        send(client)
        client.get(ErrorReport.objects.get().get_absolute_url())
        client.head(ErrorReport.objects.get().get_absolute_url())
        assert ErrorReport.objects.get().steps.count() == 1


class TestTheList:
    def test_it_shows_what_staff_have_read_and_nothing_else(self, client):
        send(client)
        assert ErrorReport.objects.get().number not in text(client.get(reverse("correction_report")))
        report = advance(report=ErrorReport.objects.get(), to=ReportState.CHECKING, by=None)
        assert report.number in text(client.get(reverse("correction_report")))
        ErrorReport.objects.update(listed=False)
        assert report.number not in text(client.get(reverse("correction_report")))

    def test_many_cost_as_many_queries_as_one(self, client, django_assert_num_queries):
        send(client)
        advance(report=ErrorReport.objects.get(), to=ReportState.CHECKING, by=None)
        client.get(reverse("correction_report"))
        with django_assert_num_queries(5):
            client.get(reverse("correction_report"))
        for number in range(8):
            send(client, form=mark(f"form {number}"))
        ErrorReport.objects.update(state=ReportState.CHECKING)
        with django_assert_num_queries(5):
            client.get(reverse("correction_report"))

    @pytest.mark.parametrize("query", ["page=0", "page=9999999999999999999999", "page=x", "colour=red", "number=%00"])
    def test_a_bad_parameter_is_no_error(self, client, query):
        assert client.get(f"{reverse('correction_report')}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("path", ["/schools/maple-fork-college/", "/certifications/rhit/"])
def test_pages_lead_to_the_form(client, path):
    html = text(client.get(path))
    link = re.search(r'href="(/corrections/\?about=[^"]+)"', html)
    assert link
    assert client.get(link[1].replace("&amp;", "&")).status_code == 200


def test_keys_stay_the_same_when_a_label_says_more():
    assert {key_of("Published price"), key_of("Estimated price"), key_of("Price"), key_of("price")} == {"price"}
