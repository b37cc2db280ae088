"""Official values that moved under our corrections: found, looked at, decided one or many at a time, undone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.curation.overrides import correct, lift, reapply
from directory.models import ConflictDecision, Override, School
from tests.directory.admin.conftest import address, filled_in
from tests.directory.invented import program, school
from tests.factories.state import fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DESK = reverse("admin:directory_override_conflicts")
LATER = "2027-11-01"
KEEP = {"decision": "keep", "reason": "They wrote again", "review_by": LATER}
ACCEPT = {"decision": "accept", "reason": "The file is right by now"}
MAY = ("view_override", "change_override", "change_school", "change_program", "view_conflictdecision")


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-02 12:00", tick=False):
        yield


@pytest.fixture
def maple() -> School:
    at = school(city="Maple Forks")
    program(at)
    return at


def conflict(at: School, ours: str = "Maple Fork", official: str = "Maple Fork City") -> Override:
    """A correction of the city, and an import that brought another city since."""
    made = correct(target=School.objects.get(pk=at.pk), column="city", value=ours, reason="A letter", by=None)
    lifted = lift()
    School.objects.filter(pk=at.pk).update(city=official)
    reapply(lifted)
    made.refresh_from_db()
    assert made.conflict_since
    return made


def previewed(browser: Client, overrides: list[Override], **said: str):
    """Choose, decide and look: the page that comes before anything is kept."""
    page = browser.get(DESK, {"id": [row.pk for row in overrides]})
    return browser.post(DESK, {**filled_in(page), **ids(overrides), **said, "_preview": "1"})


def decided(browser: Client, overrides: list[Override], **said: str):
    page = previewed(browser, overrides, **said)
    assert page.status_code == 200
    return browser.post(DESK, {**filled_in(page), **ids(overrides), **radio(page), "_decide": "1"})


def radio(page) -> dict[str, str]:
    """A radio's choice comes as a list of one."""
    return {"decision": filled_in(page)["decision"][0]}


def ids(overrides: list[Override]) -> dict[str, list[int]]:
    return {"id": [row.pk for row in overrides]}


def stands(override: Override) -> tuple[bool, str, bool]:
    override = Override.objects.select_related("school").get(pk=override.pk)
    return override.active, override.school.city if override.school else "", override.conflict_since is not None


def public(browser: Client, at: School) -> str:
    text = re.sub(r"<[^>]+>", " ", browser.get(at.get_absolute_url()).content.decode())
    return " ".join(text.split())


def test_the_desk_lists_what_moved_with_both_values(desk, maple):
    conflict(maple)
    page = desk.get(DESK).content.decode()
    assert [word in page for word in ("Maple Fork City", "A letter", "Maple Fork College")] == [True] * 3


def test_a_correction_whose_day_came_is_listed_to_look_at_again(desk, maple):
    row = correct(target=maple, column="city", value="Oak", reason="x", by=None, review_by=dt.date(2026, 11, 2))
    assert "Oak" not in desk.get(DESK).content.decode()
    assert "Oak" in desk.get(DESK, {"which": "review"}).content.decode()
    decided(desk, [row], **KEEP)
    assert "Oak" not in desk.get(DESK, {"which": "review"}).content.decode()


def test_accepting_lets_the_official_value_stand(desk, maple):
    row = conflict(maple)
    assert decided(desk, [row], **ACCEPT).status_code == 302
    assert stands(row) == (False, "Maple Fork City", False)
    assert "Corrected by us" not in public(desk, maple)


def test_keeping_ours_renews_the_reason_and_the_day(desk, maple, chief):
    row = conflict(maple)
    decided(desk, [row], **KEEP)
    assert stands(row) == (True, "Maple Fork", False)
    row.refresh_from_db()
    assert (row.reason, row.review_by, row.made_by) == ("They wrote again", dt.date(2027, 11, 1), chief)
    told = public(desk, maple)
    assert "The official file says: Maple Fork City (IPEDS institution directory (HD), " in told
    assert "). They wrote again" in told
    assert row.history.first().history_user == chief


def test_another_value_is_neither_ours_nor_theirs(desk, maple):
    row = conflict(maple)
    decided(desk, [row], decision="edit", reason="Their new page", review_by=LATER, value="Mapleton")
    assert stands(row) == (True, "Mapleton", False)


def test_before_it_is_kept_the_page_shows_what_readers_will_see(desk, maple):
    row = conflict(maple)
    before = fingerprint()
    page = previewed(desk, [row], **ACCEPT).content.decode()
    assert "Maple Fork City. Source: IPEDS institution directory (HD), 2024-25." in page
    assert fingerprint() == before


def test_a_decision_that_was_not_looked_at_is_looked_at_first(desk, maple):
    row = conflict(maple)
    page = previewed(desk, [row], **ACCEPT)
    other = {**filled_in(page), **ids([row]), **KEEP, "_decide": "1"}
    assert "Nothing is decided yet" in desk.post(DESK, other).content.decode()
    assert stands(row) == (True, "Maple Fork", True)


def test_many_are_decided_in_one_step_and_undone_in_one(desk, maple):
    rows = [conflict(maple), conflict(school(100002, name="Oak College", slug="oak", city="Oaks"), "Oak", "Oak City")]
    answer = decided(desk, rows, **ACCEPT)
    assert [stands(row)[0] for row in rows] == [False, False]
    made = ConflictDecision.objects.earliest("pk")
    assert answer["Location"] == address(made)
    assert "2 corrections were decided in this step" in desk.get(address(made)).content.decode()
    desk.post(reverse("admin:directory_conflictdecision_undo", args=[made.pk]))
    assert [stands(row) for row in rows] == [(True, "Maple Fork", True), (True, "Oak", True)]
    assert all(each.undone_at for each in ConflictDecision.objects.all())


@pytest.fixture
def unwell(monkeypatch) -> None:
    """Working the lists out anew ends in an error."""

    def fail(*args):
        raise RuntimeError("The lists")

    for name in ("desk", "decisions"):
        monkeypatch.setattr(f"directory.admin.conflicts.{name}.refresh", fail)


def test_a_decision_whose_lists_cannot_follow_is_none(desk, maple, unwell):
    row = conflict(maple)
    with pytest.raises(RuntimeError, match="The lists"):
        decided(desk, [row], **ACCEPT)
    assert (stands(row), ConflictDecision.objects.count()) == ((True, "Maple Fork", True), 0)


def test_what_cannot_be_undone_whole_stays_decided(desk, maple, request):
    row = conflict(maple)
    decided(desk, [row], **ACCEPT)
    request.getfixturevalue("unwell")
    with pytest.raises(RuntimeError, match="The lists"):
        desk.post(reverse("admin:directory_conflictdecision_undo", args=[ConflictDecision.objects.get().pk]))
    assert stands(row) == (False, "Maple Fork City", False)
    assert ConflictDecision.objects.get().undone_at is None


@pytest.mark.parametrize("said", [ACCEPT, KEEP, {**KEEP, "decision": "edit", "value": "Mapleton"}])
def test_undoing_brings_the_correction_back_as_it_was(desk, maple, said):
    row = conflict(maple)
    before = Override.objects.values().get()
    decided(desk, [row], **said)
    desk.post(reverse("admin:directory_conflictdecision_undo", args=[ConflictDecision.objects.get().pk]))
    assert Override.objects.values().get() == before
    assert School.objects.get().city == "Maple Fork"


def test_undoing_leaves_what_somebody_changed_since(desk, maple):
    row = conflict(maple)
    decided(desk, [row], **ACCEPT)
    correct(target=School.objects.get(), column="city", value="Elm", reason="Theirs", by=None)
    made = ConflictDecision.objects.get()
    page = desk.post(reverse("admin:directory_conflictdecision_undo", args=[made.pk]), follow=True)
    assert "Changed since" in page.content.decode()
    assert School.objects.get().city == "Elm"


def test_of_two_curators_the_second_sees_what_the_first_decided_and_keeps_the_words(desk, maple):
    row = conflict(maple)
    mine = filled_in(previewed(desk, [row], **KEEP))
    User.objects.create_superuser("other")
    second = Client()
    second.force_login(User.objects.get(username="other"))
    decided(second, [row], **{**KEEP, "reason": "Theirs"})
    page = desk.post(DESK, {**mine, **ids([row]), "decision": "keep", "_decide": "1"})
    html = page.content.decode()
    assert page.status_code == 409
    assert "other says Maple Fork (Theirs)" in " ".join(html.split())
    assert "They wrote again" in html
    assert Override.objects.get().reason == "Theirs"


def test_when_one_of_many_changed_nothing_is_decided(desk, maple):
    rows = [conflict(maple), conflict(school(100002, name="Oak College", slug="oak", city="Oaks"), "Oak", "Oak City")]
    page = previewed(desk, rows, **ACCEPT)
    Override.objects.filter(pk=rows[1].pk).update(reason="Another")
    assert desk.post(DESK, {**filled_in(page), **ids(rows), "decision": "accept", "_decide": "1"}).status_code == 409
    assert [stands(row)[0] for row in rows] == [True, True]


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"decision": "keep", "reason": "x"}, "review_by", "by when"),
        ({"decision": "keep", "reason": "x", "review_by": "2026-11-02"}, "review_by", "still to come"),
        ({"decision": "accept", "reason": ""}, "reason", "required"),
        ({**KEEP, "decision": "edit", "value": "Maple Fork City"}, "value", "That is the official value"),
        ({**KEEP, "decision": "edit", "value": ""}, "value", "may not be empty"),
        ({**KEEP, "evidence_url": "http://nowhere"}, "evidence_url", "valid URL"),
        ({**KEEP, "decision": "burn"}, "decision", "valid choice"),
    ],
)
def test_a_decision_that_lacks_something_says_so_beside_the_field(desk, maple, said, field, why):
    page = previewed(desk, [conflict(maple)], **said)
    assert why in " ".join(page.context["form"].errors[field])
    assert not ConflictDecision.objects.exists()


def test_correcting_anew_on_the_schools_own_form_settles_the_conflict(desk, edit, maple):
    row = conflict(maple)
    edit(School.objects.get(), city="Mapleton", why="Their page")
    assert stands(row) == (True, "Mapleton", False)


@pytest.mark.parametrize("lacking", MAY[1:4])
def test_deciding_takes_the_permission_for_the_correction_and_the_listing(staff, maple, lacking):
    row = conflict(maple)
    browser = staff(*(name for name in MAY if name != lacking))
    assert browser.get(DESK).status_code == 200
    before = fingerprint()
    assert browser.post(DESK, {**ids([row]), **ACCEPT, "_decide": "1"}).status_code == 403
    assert fingerprint() == before


def test_with_the_permissions_it_works_and_undoing_is_no_look(staff, maple):
    row = conflict(maple)
    browser = staff(*MAY)
    decided(browser, [row], **ACCEPT)
    made = ConflictDecision.objects.get()
    assert browser.get(reverse("admin:directory_conflictdecision_undo", args=[made.pk])).status_code == 405
    assert stands(row)[0] is False


def test_nothing_is_decided_while_an_import_runs(desk, maple, importing):
    row = conflict(maple)
    page = previewed(desk, [row], **ACCEPT)
    assert desk.post(DESK, {**filled_in(page), **ids([row]), **radio(page), "_decide": "1"}).status_code == 409
    assert stands(row)[0] is True


@pytest.mark.parametrize("query", [{"id": ["x", "99999999999", "-1"]}, {"id": "7"}, {"p": "x"}, {"which": "?"}])
def test_an_address_that_names_nothing_shows_the_list(desk, maple, query):
    assert desk.get(DESK, query).status_code == 200


def test_the_desk_asks_as_much_for_many_as_for_one(desk, maple):
    conflict(maple)
    asked = []
    for number in (0, 30):
        for each in range(number):
            conflict(school(100100 + each, name=f"Elm {each}", slug=f"elm-{each}", city="Elms"), "Elm", "Elm City")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(DESK).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
