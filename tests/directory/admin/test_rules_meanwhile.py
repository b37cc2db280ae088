"""Two people edit the same part of the rules: the second sees what the first has saved, and neither loses anything."""

from __future__ import annotations

import pytest

from directory.models import Condition, RuleSet
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.admin.rule_forms import at_the_top, certification, condition_of, route_of, rows, rules_of

pytestmark = pytest.mark.django_db
YEARS = {"kind": "experience", "experience_kind": "coding", "months": 24, "text": "2 years"}


@pytest.fixture
def exam():
    return certification("exam", "EX", YEARS)


def test_the_second_to_save_a_condition_sees_what_the_first_saved(desk, edit, exam):
    (held,) = Condition.objects.all()
    opened = filled_in(desk.get(address(held)))
    edit(held, months="30")
    refused = desk.post(address(held), {**opened, "text": "Two years of coding"})
    assert refused.status_code == 409
    assert "somebody else has changed this page meanwhile" in at_the_top(refused)
    assert errors(refused)["months"] == ["As it stands now: 30"]
    assert errors(refused)["text"] == ["As it stands now: 2 years"]
    sent = filled_in(refused)
    assert (sent["months"], sent["text"]) == ("24", "Two years of coding")
    held.refresh_from_db()
    assert (held.months, held.text) == (30, "2 years")
    assert desk.post(address(held), {**sent, "months": "30"}).status_code == 302
    held.refresh_from_db()
    assert (held.months, held.text) == (30, "Two years of coding")


def test_a_route_says_beside_the_condition_what_stands_there_now(desk, edit, exam):
    route = route_of(exam)
    other = certification("other", "OT", {"kind": "diploma"})
    asked = condition_of(route, kind="credential", credentials=[other], order=2)
    third = certification("third", "TH", {"kind": "diploma"})
    opened = filled_in(desk.get(address(route)))
    edit(Condition.objects.get(months=24), months="30")
    edit(asked, credentials=[third.pk])
    refused = desk.post(address(route), {**opened, "title": "Work"})
    found = errors(refused)
    assert found["conditions-0-months"] == ["As it stands now: 30"]
    assert found["conditions-1-credentials"] == ["As it stands now: TH"]
    assert filled_in(refused)["title"] == "Work"
    assert desk.post(address(route), filled_in(refused)).status_code == 302
    assert Condition.objects.filter(months=24).exists()


def test_rows_that_came_or_went_meanwhile_ask_for_the_page_anew(desk, edit, exam):
    rules = rules_of(exam)
    opened = filled_in(desk.get(address(rules)))
    later = {"valid_from": "2999-01-01", **rows("routes", {"code": "B", "title": "Another way"}, held=1)}
    edit(rules, **later)
    for _ in range(2):  # the form lacks the route, so that it never saves
        refused = desk.post(address(rules), {**opened, "note": "Asked the issuer"})
        assert refused.status_code == 409
        assert "added or deleted rows of this page" in at_the_top(refused)
        opened = filled_in(refused)
        assert opened["note"] == "Asked the issuer"
    assert RuleSet.objects.get().note == ""
    route = route_of_code("A")
    opened = filled_in(desk.get(address(route)))
    condition_of(route, kind="diploma", order=2)
    Condition.objects.filter(months=24).delete()
    assert "added or deleted rows" in at_the_top(desk.post(address(route), opened))


def route_of_code(code):
    return RuleSet.objects.get().routes.get(code=code)


def test_who_sends_a_form_without_saying_what_it_began_from_is_refused(edit, exam):
    assert edit(rules_of(exam), _seen="", note="x").status_code == 409
    assert RuleSet.objects.get().note == ""


def test_a_save_that_changed_nothing_hinders_nobody(desk, edit, exam):
    rules = rules_of(exam)
    opened = filled_in(desk.get(address(rules)))
    edit(rules)
    assert desk.post(address(rules), {**opened, "note": "x"}).status_code == 302


def test_a_preview_shows_the_conflict_too(desk, edit, exam):
    (held,) = Condition.objects.all()
    opened = filled_in(desk.get(address(held)))
    edit(held, months="30")
    page = desk.post(address(held), {**opened, "_preview": "1"})
    assert errors(page)["months"] == ["As it stands now: 30"]
    assert "rules-preview" not in page.content.decode()
