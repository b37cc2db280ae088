"""A session that ends while somebody types loses nothing of it, and does nothing by itself."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directory.models import ProgramFact, School, Synonym
from directory.staff import typed
from tests.directory.admin.conftest import address, filled_in
from tests.directory.invented import fact, program, school
from tests.directory.staff.conftest import LOGIN, PASSWORD, STEP, code_of, give_password

pytestmark = pytest.mark.django_db
HOUR = 60 * 60
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def late(sign_in, clock):
    """A browser with a form that is sent after its session is over."""

    def send(row, **changes):
        browser = sign_in()
        fields = {**filled_in(browser.get(address(row))), **changes}
        clock.shift(HOUR)
        return browser, browser.post(address(row), fields)

    return send


def carried_in(page):
    found = re.search(r'name="typed_before" value="([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def signed_in_again(browser, page, secret):
    step = give_password(browser, typed_before=carried_in(page))
    assert step.status_code == 200
    assert "Second step" in step.content.decode()
    return browser.post(STEP, {"code": code_of(secret), "typed_before": carried_in(step)})


def hidden_fields(page):
    """What the form of the page would send, without its token."""
    text = page.content.decode()
    form = text[text.index('<form method="post" action="/admin/directory') :]
    found = [
        (html.unescape(name), html.unescape(value)) for name, value in HIDDEN.findall(form[: form.index("</form>")])
    ]
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_form_that_comes_too_late_is_not_done_and_comes_back_after_the_sign_in(required, late, secret):
    row = Synonym.objects.create(words="mapel", means="maple")
    browser, page = late(row, means="oak & <elm>")
    assert page.status_code == 403
    assert "nothing that you typed is lost" in page.content.decode()
    shown = signed_in_again(browser, page, secret)
    assert "oak &amp; &lt;elm&gt;" in shown.content.decode()
    assert Synonym.objects.get().means == "maple"
    back = browser.post(address(row), {**hidden_fields(shown), "_show_only": "Back to the form"})
    assert back.status_code == 200
    assert "Your session was over before this was sent" in back.content.decode()
    fields = filled_in(back)
    assert fields["means"] == "oak & <elm>"
    assert Synonym.objects.get().means == "maple"
    browser.post(address(row), {**fields, "means": "oak", "_save": "Save"})
    assert browser.get(address(row)).status_code == 200


def test_what_was_typed_about_a_school_is_saved_when_its_person_saves_it(required, late, secret):
    row = school(100001, name="Example College")
    browser, page = late(row, name="Example State College", why="Its page says so")
    shown = signed_in_again(browser, page, secret)
    assert School.objects.get().name == "Example College"
    fields = filled_in(browser.post(address(row), {**hidden_fields(shown), "_show_only": "1"}))
    assert School.objects.get().name == "Example College"
    assert fields["why"] == "Its page says so"
    browser.post(address(row), {**fields, "_save": "Save"})
    assert School.objects.get().name == "Example State College"


def test_it_is_told_in_the_labels_of_its_form_what_changes_first_and_the_rest_folded(required, late, secret):
    row = school(100001, name="Example College", control=1, apply_url="https://college.example/apply")
    browser, page = late(row, name="Example State College", control="2", eight_keys="on", why="Its page says so")
    shown = signed_in_again(browser, page, secret).content.decode()
    changed, _, same = shown.partition("What you typed or changed")[2].partition("<details>")
    for label, text in (("Name", "Example State College"), ("Why", "Its page says so"), ("Control", "Private")):
        assert re.search(rf"<dt>{label}[^<]*</dt><dd>{text}", changed, re.IGNORECASE), label
    assert "<dt>Application page</dt><dd>https://college.example/apply</dd>" in same
    assert "college.example/apply" not in changed
    assert "apply url" not in shown.lower()


def test_rows_below_a_form_are_told_by_their_labels(required, sign_in, secret, clock):
    row = fact(program(school()), ProgramFact.Kind.CREDITS, "30", checked_on=dt.date(2025, 8, 1))
    browser = sign_in()
    fields = filled_in(browser.get(address(row.program)))
    clock.shift(HOUR)
    page = browser.post(address(row.program), {**fields, "facts-0-value": "31"})
    shown = signed_in_again(browser, page, secret).content.decode()
    changed = shown.partition("What you typed or changed")[2].partition("<details>")[0]
    assert re.search(r"<dt>[^<]+ 1: Value</dt><dd>31</dd>", changed)
    assert "facts-0" not in changed


def test_what_cannot_be_read_comes_back_all_the_same(required, late, secret):
    row = school(100001, name="Example College")
    browser, page = late(row, latitude="north", closed_on="soon", control="99", why="Look")
    shown = signed_in_again(browser, page, secret).content.decode()
    for text in ("north", "soon", "99", "Look"):
        assert f"<dd>{text}</dd>" in shown


def test_another_action_is_shown_and_waits_for_its_button(required, sign_in, secret, clock):
    row = Synonym.objects.create(words="mapel", means="maple")
    browser = sign_in()
    clock.shift(HOUR)
    many = reverse("admin:directory_synonym_changelist")
    page = browser.post(many, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    shown = signed_in_again(browser, page, secret)
    assert "Send it now" in shown.content.decode()
    assert Synonym.objects.count() == 1
    browser.post(many, hidden_fields(shown))
    assert Synonym.objects.count() == 0


def test_it_is_shown_to_its_own_person_only(required, late, secret, settings):
    row = Synonym.objects.create(words="mapel", means="maple")
    browser, page = late(row, means="private thoughts")
    settings.STAFF_SECOND_FACTOR = False
    User.objects.create_superuser("another", password=PASSWORD)
    shown = give_password(browser, name="another", typed_before=carried_in(page))
    assert "belongs to another account" in shown.content.decode()
    assert "private thoughts" not in shown.content.decode()


def test_what_was_altered_is_not_shown(curator):
    browser = Client()
    shown = give_password(browser, typed_before="made.up:words")
    assert "is not shown" in shown.content.decode()


def test_a_wrong_password_in_between_loses_nothing(required, late, secret):
    row = Synonym.objects.create(words="mapel", means="maple")
    browser, page = late(row, means="oak")
    again = give_password(browser, password="wrong", typed_before=carried_in(page))
    assert carried_in(again) == carried_in(page)
    step = give_password(browser, typed_before=carried_in(again))
    wrong = browser.post(STEP, {"code": "000000", "typed_before": carried_in(step)})
    assert "oak" in browser.post(STEP, {"code": code_of(secret), "typed_before": carried_in(wrong)}).content.decode()


def test_passwords_tokens_and_files_do_not_travel_and_the_page_says_so(required, sign_in, secret, clock):
    browser = sign_in()
    clock.shift(HOUR)
    given = {
        "password1": "hunter2",
        "api_token": "t0ken",
        "note": "kept",
        "file": SimpleUploadedFile("list.csv", b"a,b"),
    }
    page = browser.post(reverse("admin:directory_synonym_add"), given)
    text = page.content.decode()
    assert "Files have to be chosen again: list.csv" in text
    assert "Passwords have to be typed again" in text
    shown = signed_in_again(browser, page, secret).content.decode()
    assert "kept" in shown
    assert "hunter2" not in shown
    assert "t0ken" not in shown


def test_more_than_a_page_can_carry_is_said(required, sign_in, clock, monkeypatch):
    monkeypatch.setattr(typed, "MOST_TEXT", 100)
    browser = sign_in()
    clock.shift(HOUR)
    page = browser.post(reverse("admin:directory_synonym_add"), {"words": "x" * 101})
    assert "It is still in your browser" in page.content.decode()
    assert "typed_before" not in page.content.decode()


def test_signed_out_in_another_tab_it_comes_back_too(required, sign_in, secret, clock):
    row = Synonym.objects.create(words="mapel", means="maple")
    browser = sign_in()
    fields = {**filled_in(browser.get(address(row))), "means": "oak"}
    browser.post(reverse("admin:logout"))
    page = browser.post(address(row), fields)
    clock.shift(60)
    assert "oak" in signed_in_again(browser, page, secret).content.decode()


def test_a_stale_token_after_a_sign_in_in_another_tab_loses_nothing(curator):
    browser = Client(enforce_csrf_checks=True, HTTP_ORIGIN="http://testserver")
    browser.force_login(curator, backend="django.contrib.auth.backends.ModelBackend")
    row = Synonym.objects.create(words="mapel", means="maple")
    page = browser.post(address(row), {"words": "mapel", "means": "oak", "csrfmiddlewaretoken": "x" * 64})
    assert "Back to the form" in page.content.decode()
    assert Synonym.objects.get().means == "maple"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_a_form_from_elsewhere_is_not_shown(curator, origin):
    browser = Client(enforce_csrf_checks=True, HTTP_ORIGIN=origin)
    browser.force_login(curator, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.post(reverse("admin:directory_synonym_add"), {"words": "planted"})
    assert page.status_code == 403
    assert "planted" not in page.content.decode()


def test_a_stranger_gets_no_page_of_the_desk_for_a_form(db):
    page = Client().post(reverse("admin:directory_synonym_add"), {"words": "x"})
    assert page.status_code == 403
    assert LOGIN in page.content.decode()
    assert Synonym.objects.count() == 0
