"""What a rule cannot say is refused beside the field or above the form, and nothing that was typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.models import Agency, Certification, Condition, Route, RuleSet
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.admin.rule_forms import PAGE, at_the_top, certification, condition_of, route_of, rows, rules_of
from tests.directory.invented import field_of_study

pytestmark = pytest.mark.django_db
DIPLOMA = {"kind": "diploma"}
DAY = dt.timedelta(days=1)


@pytest.fixture
def exam():
    return certification("exam", "EX", DIPLOMA)


def add(desk, model: str, **given):
    page = reverse(f"admin:directory_{model}_add")
    return desk.post(page, {**filled_in(desk.get(page)), **given})


# --- conditions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field", "because"),
    [
        ({"kind": "award-level"}, "award_levels", "at least one award level"),
        ({"kind": "field"}, "cips", "at least one CIP code"),
        ({"kind": "field", "cips": "51.9999"}, "cips", "No such field of study in CIP 2020: 51.9999"),
        ({"kind": "field", "cips": "health"}, "cips", "No CIP code: health"),
        ({"kind": "program-accreditation"}, "agency", "Name the accreditor"),
        ({"kind": "school-accreditation"}, "agency", "Name the accreditor"),
        ({"kind": "program-accreditation", "agency": "99"}, "agency", "We know no such accreditor"),
        ({"kind": "experience", "months": "12"}, "experience_kind", "which kind of work"),
        ({"kind": "experience", "experience_kind": "coding"}, "months", "Say how long"),
        ({"kind": "credential"}, "credentials", "at least one credential"),
        ({"kind": "credits"}, "credits", "how many credits"),
        ({"kind": "course"}, "course", "Name the course"),
        ({"kind": "diploma", "months": "12"}, "months", "does not use it"),
        ({"kind": "diploma", "award_levels": ["3"]}, "award_levels", "does not use it"),
        ({"kind": "none", "vouched": "on"}, "vouched", "does not use it"),
    ],
)
def test_a_condition_has_what_its_kind_needs_and_nothing_else(desk, edit, exam, given, field, because):
    field_of_study()
    before = Condition.objects.count()
    response = edit(route_of(exam), **rows("conditions", {"text": "Kept as typed", **given}, held=1))
    assert {name: because in texts[0] for name, texts in errors(response).items()} == {f"conditions-1-{field}": True}
    sent = filled_in(response)
    assert sent["conditions-1-text"] == "Kept as typed"
    typed = {name: value for name, value in given.items() if name not in ("agency", "vouched")}
    assert {name: sent[f"conditions-1-{name}"] for name in typed} == typed
    own = add(desk, "condition", route=route_of(exam).pk, order="2", text="It", **given)
    assert {name: because in texts[0] for name, texts in errors(own).items()} == {field: True}
    assert Condition.objects.count() == before


def test_a_condition_does_not_ask_for_the_exam_itself(edit, exam):
    given = rows("conditions", {"kind": "credential", "credentials": [exam.pk]}, held=1)
    found = errors(edit(route_of(exam), **given))
    assert list(found) == ["conditions-1-credentials"]
    assert "this exam itself" in found["conditions-1-credentials"][0]


def test_an_accreditor_that_is_known_is_taken(edit, exam):
    board = Agency.objects.create(name="The Board", acronym="BRD")
    assert (
        errors(
            edit(route_of(exam), **rows("conditions", {"kind": "program-accreditation", "agency": board.pk}, held=1))
        )
        == {}
    )


def test_an_exam_is_meant_for_fields_that_exist(edit, exam):
    field_of_study()
    found = errors(edit(exam, related_cips="51.07, 51.0799"))
    assert found == {"related_cips": ["No such field of study in CIP 2020: 51.0799."]}


# --- routes ------------------------------------------------------------------------------------------


def test_the_last_required_condition_of_a_route_stays(edit, exam):
    (held,) = Condition.objects.all()
    response = edit(route_of(exam), **{"conditions-0-DELETE": "on"})
    assert "Route A has no required condition" in at_the_top(response)
    advice = edit(held, required="")
    assert "Route A has no required condition" in at_the_top(advice)
    held.refresh_from_db()
    assert held.required


def test_a_route_is_entered_with_what_it_requires(desk, exam):
    given = {"rule_set": rules_of(exam).pk, "code": "B", "title": "Another way", "order": "2"}
    bare = add(desk, "route", **given)
    assert "Route B has no required condition" in at_the_top(bare)
    assert filled_in(bare)["title"] == "Another way"
    only_advice = add(desk, "route", **given, **rows("conditions", {"kind": "diploma", "required": ""}))
    assert "Route B has no required condition" in at_the_top(only_advice)
    assert add(desk, "route", **given, **rows("conditions", DIPLOMA)).status_code == 302
    assert Route.objects.filter(code="B").exists()


def test_rules_in_force_have_no_unfinished_route(edit, exam):
    rules = rules_of(exam)
    new = rows("routes", {"code": "B", "title": "Another way"}, held=1)
    assert "Route B has no required condition" in at_the_top(edit(rules, **new))
    later = {"valid_from": str(timezone.localdate() + DAY), **new}
    assert errors(edit(rules, **later)) == {}
    assert Route.objects.filter(code="B").exists()
    begun = edit(rules, valid_from=str(timezone.localdate()))
    assert "Route B has no required condition" in at_the_top(begun)
    from_the_exam = edit(exam, **{"rule_sets-0-valid_from": ""})
    assert "Route B has no required condition" in at_the_top(from_the_exam)


def test_who_keeps_an_unfinished_route_is_told_so(edit, exam, desk):
    later = {"valid_from": str(timezone.localdate() + DAY)}
    saved = edit(rules_of(exam), **later, **rows("routes", {"code": "B", "title": "Another way"}, held=1))
    assert b"Route B of EX has no required condition yet" in desk.get(saved.url).content


def test_moving_a_condition_does_not_empty_the_route_that_it_leaves(edit, exam):
    other = Route.objects.create(rule_set=rules_of(exam), code="B", title="Another way")
    (held,) = Condition.objects.all()
    assert "Route A has no required condition" in at_the_top(edit(held, route=other.pk))


def test_deleting_the_last_required_condition_is_refused_and_deleting_the_route_is_not(desk, exam):
    (held,) = Condition.objects.all()
    page = desk.post(address(held, "delete"), {"post": "yes"})
    assert page.status_code == 200
    assert b"Route A of EX would require nothing: delete the route itself." in page.content
    assert Condition.objects.exists()
    assert desk.post(address(route_of(exam), "delete"), {"post": "yes"}).status_code == 302


# --- rule sets ---------------------------------------------------------------------------------------


def test_two_rule_sets_of_one_exam_share_no_day(desk, edit, exam):
    edit(rules_of(exam), valid_from="2024-01-01")
    given = {"certification": exam.pk, "grade": "B", "source_url": PAGE, "valid_to": "2024-01-01"}
    response = add(desk, "ruleset", **given)
    (message,) = errors(response)["valid_from"]
    assert "the rules from 1 January 2024 until further notice hold as well" in message
    assert filled_in(response)["valid_to"] == "2024-01-01"
    assert add(desk, "ruleset", **{**given, "valid_to": "2023-12-31"}).status_code == 302
    assert RuleSet.objects.count() == 2


def test_two_rule_sets_on_the_exams_page_name_each_other(edit, exam):
    second = rows("rule_sets", {"grade": "B", "source_url": PAGE, "valid_from": "2020-01-01"}, held=1)
    found = errors(edit(exam, **second))
    assert "from 1 January 2020" in found["rule_sets-0-valid_from"][0]
    assert "without dates" in found["rule_sets-1-valid_from"][0]


def test_rules_of_another_exam_may_share_the_day(desk, exam):
    other = certification("other", "OT", DIPLOMA)
    assert errors(desk.post(address(rules_of(other)), filled_in(desk.get(address(rules_of(other)))))) == {}


def test_rules_end_after_they_begin(edit, exam):
    given = {"valid_from": "2024-01-02", "valid_to": "2024-01-01"}
    assert errors(edit(rules_of(exam), **given)) == {"valid_to": ["The rules end before they begin."]}
    inline = {f"rule_sets-0-{name}": value for name, value in given.items()}
    assert errors(edit(exam, **inline)) == {"rule_sets-0-valid_to": ["The rules end before they begin."]}


def test_a_rule_that_is_not_verified_has_no_route(desk, edit, exam):
    assert "encodes no route" in errors(edit(rules_of(exam), grade="C"))["grade"][0]
    assert "encodes no route" in errors(edit(exam, **{"rule_sets-0-grade": "C"}))["rule_sets-0-grade"][0]
    other = certification("other", "OT", DIPLOMA, valid_from="2025-01-01")
    columns = {"grade": "C", "source_url": PAGE, "valid_to": "2024-12-31"}
    bare = RuleSet.objects.create(certification=other, **columns)
    given = {"rule_set": bare.pk, "code": "A", "title": "A way", "order": "1", **rows("conditions", DIPLOMA)}
    assert "encodes no route" in at_the_top(add(desk, "route", **given))


# --- circles -----------------------------------------------------------------------------------------


def test_exams_that_need_each_other_are_refused_with_the_circle(edit, desk, exam):
    second = certification("second", "SEC", {"kind": "credential", "credentials": [exam]})
    third = certification("third", "THI", {"kind": "credential", "credentials": [second]})
    needs = {"kind": "credential", "credentials": [third.pk]}
    response = edit(route_of(exam), **rows("conditions", needs, held=1))
    assert "This goes in a circle: EX → THI → SEC → EX." in at_the_top(response)
    own = add(desk, "condition", route=route_of(exam).pk, order="2", text="It", **needs)
    assert errors(own)["credentials"][0].startswith("This goes in a circle: EX → THI → SEC → EX.")
    assert Condition.objects.filter(route=route_of(exam)).count() == 1


def test_another_way_in_breaks_the_circle(edit, exam):
    second = certification("second", "SEC", {"kind": "credential", "credentials": [exam]})
    way_out = Route.objects.create(rule_set=rules_of(second), code="B", title="Another way")
    condition_of(way_out, kind="diploma")
    needs = {"kind": "credential", "credentials": [second.pk]}
    assert errors(edit(route_of(exam), **rows("conditions", needs, held=1))) == {}


def test_an_exam_that_another_one_asks_for_is_not_deleted_before_that_is_changed(desk, exam):
    certification("second", "SEC", {"kind": "credential", "credentials": [exam], "text": "You hold the EX"})
    page = desk.post(address(exam, "delete"), {"post": "yes"})
    assert "Route A of SEC asks for it: “You hold the EX”" in page.content.decode()
    assert Certification.objects.count() == 2


@pytest.mark.parametrize("from_the_list", [False, True])
def test_a_route_without_which_exams_need_each_other_is_not_deleted(desk, exam, from_the_list):
    certification("second", "SEC", {"kind": "credential", "credentials": [exam]})
    second = Certification.objects.get(slug="second")
    other = Route.objects.create(rule_set=rules_of(exam), code="B", title="Another way")
    condition_of(other, kind="credential", credentials=[second])
    way_in = Route.objects.get(rule_set=rules_of(exam), code="A")
    given = {"action": "delete_selected", "_selected_action": [way_in.pk]} if from_the_list else {}
    url = reverse("admin:directory_route_changelist") if from_the_list else address(way_in, "delete")
    page = desk.post(url, {"post": "yes", **given})
    assert page.status_code == 200
    assert "This goes in a circle: EX → SEC → EX." in page.content.decode()
    assert Route.objects.filter(pk=way_in.pk).exists()
    assert desk.post(address(other, "delete"), {"post": "yes"}).status_code == 302


# --- what hinders nobody -----------------------------------------------------------------------------


def test_a_row_that_was_wrong_before_does_not_hinder_the_note_of_its_rules(edit, exam):
    Condition.objects.update(kind="credential")  # and names none
    assert errors(edit(rules_of(exam), note="Asked the issuer")) == {}
    assert "credentials" in "".join(errors(edit(route_of(exam), title="Other")))


def test_who_may_change_rule_sets_only_is_told_what_their_routes_lack(staff, edit, exam):
    Condition.objects.all().delete()
    browser = staff("view_ruleset", "change_ruleset", "view_certification")
    assert "no required condition" in at_the_top(edit(rules_of(exam), browser=browser, note="x"))
