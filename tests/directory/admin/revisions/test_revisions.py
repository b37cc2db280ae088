"""Two states of a row side by side, and the way back to one of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from directory.curation import overrides
from directory.curation.revisions import BEFORE, NOW, compare, revisions
from directory.curation.signature import begin_history, sign
from directory.models import Accreditation, Agency, Override, ProgramFact, School
from directory.pipeline.refresh import refresh
from directory.vocab import AccreditationStatus, Role, Source
from tests.directory.invented import fact, program, release, school

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 1)


@pytest.fixture
def user() -> User:
    user = User.objects.create_user("a curator", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.CURATOR))
    return user


@pytest.fixture
def curator(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def change(row, by: User, why: str, **columns: object) -> None:
    begin_history(row)
    for name, value in columns.items():
        setattr(row, name, value)
    sign(row, by=by, why=why)
    row.save()


@pytest.fixture
def page(user) -> ProgramFact:
    """A fact with three states: 30, then 31, then 32 credits with a note."""
    row = fact(program(school()), ProgramFact.Kind.CREDITS, "30", checked_on=DAY)
    ProgramFact.history.all().delete()
    change(row, user, "Read it again", value="31")
    change(row, user, "And again", value="32", note="New page")
    refresh()
    return row


def history(row) -> str:
    return reverse(f"admin:directory_{row._meta.model_name}_history", args=[row.pk])


def back(row, state) -> str:
    return reverse(f"admin:directory_{row._meta.model_name}_revert", args=[row.pk, state.key])


def test_the_last_two_states_stand_side_by_side_with_what_differs_marked(curator, page):
    shown = curator.get(history(page)).content.decode()
    for words in ("<del>31</del>", "<ins>32</ins>", "<ins>New page</ins>", "And again", "a curator"):
        assert words in shown
    assert "<del>30</del>" not in shown


def test_any_two_states_can_be_compared_whichever_way_round(curator, page):
    newest, _, oldest = (each.key for each in revisions(ProgramFact, page.pk))
    for query in ({"new": newest, "old": oldest}, {"new": oldest, "old": newest}):
        shown = curator.get(history(page), query).content.decode()
        assert "<del>30</del>" in shown
        assert "<ins>32</ins>" in shown
    for query in ({"new": "x", "old": "y"}, {"new": "\0"}, {"old": newest}, {"new": oldest}, {"new": "9" * 99}):
        assert curator.get(history(page), query).status_code == 200


def test_a_state_beside_itself_is_said_to_be_one(curator, page):
    newest = revisions(ProgramFact, page.pk)[0].key
    shown = curator.get(history(page), {"new": newest, "old": newest}).content.decode()
    assert "nothing differs from itself" in shown
    assert "Two states side by side" not in shown
    assert "is not here" in curator.get(history(page), {"new": newest, "old": "9" * 9}).content.decode()
    assert "nothing differs from itself" not in curator.get(history(page)).content.decode()


def test_what_a_file_wrote_since_the_last_line_of_history_is_a_state_too(page):
    ProgramFact.objects.filter(pk=page.pk).update(value="33")
    found = revisions(ProgramFact, page.pk)
    assert (found[0].key, found[0].kind) == (NOW, "")
    assert [(each.before, each.after) for each in compare(found[1].row, found[0].row)] == [("32", "33")]


def test_nobody_hides_behind_a_file_with_the_words_of_its_line(page, user):
    change(page, user, BEFORE, value="40")
    newest = revisions(ProgramFact, page.pk)[0]
    assert (newest.who, newest.kind, newest.when is None) == (user, "~", False)
    user.delete()
    assert revisions(ProgramFact, page.pk)[0].kind == "~", "nor when the account is gone"


def test_a_line_of_a_file_that_a_former_version_credited_to_its_editor_is_the_first_one_alone(page, user):
    last, _, first = ProgramFact.history.order_by("-pk")
    for line in (last, first):
        line.history_user, line.history_change_reason = user, BEFORE
        line.save()
    newest, _, oldest = revisions(ProgramFact, page.pk)
    assert (newest.who, newest.kind) == (user, "~")
    assert (oldest.who, oldest.kind) == (None, "")


def test_going_back_is_shown_first_and_done_with_a_reason(curator, page, user):
    oldest = revisions(ProgramFact, page.pk)[-1]
    shown = curator.get(back(page, oldest))
    assert "<ins>30</ins>" in shown.content.decode()
    assert (shown.status_code, ProgramFact.objects.get().value) == (200, "32")
    sent = {"field": ["value"], "why": "The old page was right.", "seen": shown.context["seen"]}
    assert curator.post(back(page, oldest), sent).headers["Location"] == history(page)
    page.refresh_from_db()
    assert (page.value, page.note) == ("30", "New page"), "only what was ticked"
    last = page.history.latest()
    assert last.history_user == user
    assert "The old page was right." in last.history_change_reason
    assert page.release.source == Source.STAFF, "what staff change of a loaded row is theirs, as on its own form"


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"field": ["value"], "why": " "}, "Say why"), ({"why": "Because"}, "Tick at least one field")],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(curator, page, sent, said):
    oldest = revisions(ProgramFact, page.pk)[-1]
    seen = curator.get(back(page, oldest)).context["seen"]
    answer = curator.post(back(page, oldest), {**sent, "seen": seen})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert sent["why"].strip() in answer.content.decode()
    assert ProgramFact.objects.get().value == "32"


def test_who_looked_at_an_older_state_sees_the_new_one_and_loses_nothing(curator, page, user):
    oldest = revisions(ProgramFact, page.pk)[-1]
    seen = curator.get(back(page, oldest)).context["seen"]
    change(page, user, "Meanwhile", value="40")
    answer = curator.post(back(page, oldest), {"field": ["value"], "why": "Right before.", "seen": seen})
    assert answer.status_code == 409
    assert "Right before." in answer.content.decode()
    assert "<del>40</del>" in answer.content.decode()
    assert ProgramFact.objects.get().value == "40"


def test_an_old_state_that_breaks_the_rules_of_today_is_refused_in_words(curator, page, user):
    ProgramFact.history.filter(value="30").update(value="", checked_on=None)
    oldest = revisions(ProgramFact, page.pk)[-1]
    seen = curator.get(back(page, oldest)).context["seen"]
    ProgramFact.history.filter(value="").update(note="Old words")
    ticked = {"field": ["value", "checked_on", "note"], "why": "Back"}
    answer = curator.post(back(page, oldest), {**ticked, "seen": seen})
    assert answer.status_code == 400
    assert ProgramFact.objects.get().value == "32"
    shown = {change.name: (change.now, change.then) for change, _ in answer.context["able"]}
    assert shown["note"] == ("New page", "Old words"), "what stands is shown, and not what was refused"
    assert answer.context["seen"] == seen
    again = curator.post(back(page, oldest), {**ticked, "seen": answer.context["seen"]})
    assert again.status_code == 400, "nobody else has changed it"


def test_a_school_goes_back_by_corrections_that_imports_keep(curator, user):
    at = school(county="Elm")
    overrides.correct(target=at, column="county", value="Oak", reason="Their site", by=user)
    overrides.correct(target=at, column="county", value="Ash", reason="Their letter", by=user)
    at.refresh_from_db()
    _, middle, oldest = revisions(School, at.pk)
    seen = curator.get(back(at, middle)).context["seen"]
    curator.post(back(at, middle), {"field": ["county"], "why": "The letter was wrong.", "seen": seen})
    at.refresh_from_db()
    held = Override.objects.get()
    assert (at.county, held.value, held.reason, held.active) == ("Oak", "Oak", "The letter was wrong.", True)
    seen = curator.get(back(at, oldest)).context["seen"]
    curator.post(back(at, oldest), {"field": ["county"], "why": "The file is right.", "seen": seen})
    at.refresh_from_db()
    held.refresh_from_db()
    assert (at.county, held.active) == ("Elm", False), "back at the official value the correction ends"


def test_what_an_official_file_wrote_is_named_and_not_ticked(curator, user):
    at = school(county="Elm", city="Maple Fork")
    overrides.correct(target=at, column="city", value="Oak Hill", reason="Their site", by=user)
    School.objects.filter(pk=at.pk).update(county="Pine")
    first = revisions(School, at.pk)[-1]
    shown = curator.get(back(at, first))
    ticked = {each.name: on for each, on in shown.context["able"]}
    assert ticked == {"county": False, "city": True}
    assert "later files keep" in shown.content.decode()


def test_an_accreditation_goes_back_and_one_of_a_file_does_not(curator, user):
    course, agency = program(school()), Agency.objects.create(name="CAHIIM", acronym="CAHIIM")
    row = Accreditation.objects.create(
        school=course.school, program=course, agency=agency, status=AccreditationStatus.ACCREDITED, checked_on=DAY
    )
    change(row, user, "A letter", status=AccreditationStatus.PROBATION)
    oldest = revisions(Accreditation, row.pk)[-1]
    seen = curator.get(back(row, oldest)).context["seen"]
    curator.post(back(row, oldest), {"field": ["status"], "why": "Another school's letter", "seen": seen})
    row.refresh_from_db()
    assert row.status == AccreditationStatus.ACCREDITED
    Accreditation.objects.filter(pk=row.pk).update(external_key="x", release=release(Source.DAPIP, "2025"))
    assert curator.get(back(row, oldest)).status_code == 403
    assert b"Go back to this" not in curator.get(history(row)).content


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CURATOR, Role.ADMINISTRATOR)])
def test_other_roles_compare_and_do_not_go_back(page, role):
    user = User.objects.create_user(f"a {role}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    browser = Client()
    browser.force_login(user)
    shown = browser.get(history(page))
    assert b"<ins>32</ins>" in shown.content
    assert b"Go back to this" not in shown.content
    oldest = revisions(ProgramFact, page.pk)[-1]
    assert browser.get(back(page, oldest)).status_code == 403
    assert browser.post(back(page, oldest), {"field": ["value"], "why": "x"}).status_code == 403


def test_a_state_of_another_row_is_no_state_of_this_one(curator, page, user):
    other = fact(page.program, ProgramFact.Kind.MONTHS, "12")
    change(other, user, "x", value="13")
    foreign = revisions(ProgramFact, other.pk)[-1]
    assert curator.get(back(page, foreign)).status_code == 404
    assert curator.get(reverse("admin:directory_programfact_revert", args=[10**9, foreign.key])).status_code == 404


def test_the_history_asks_as_much_for_many_states_as_for_few(curator, page, user, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        curator.get(history(page))
    for number in range(30):
        change(page, user, "again", value=str(number))
    with django_assert_max_num_queries(20):
        curator.get(history(page))
