"""A new dated rule set out of the one that stands, and who changed what in either."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from directory.eligibility.reference import load_certifications
from directory.models import Condition, Opening, Release, Route, RuleSet
from directory.pipeline.refresh import refresh
from tests.directory.admin.conftest import Form, address, errors
from tests.directory.admin.rule_forms import PAGE, certification, condition_of, route_of, rows, rules_of
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
ASSOCIATE = {"kind": "award-level", "award_levels": [3], "text": "An associate degree"}


@pytest.fixture
def exam():
    made = certification("exam", "EX", ASSOCIATE, named="OLD", valid_to=dt.date(2090, 1, 1))
    other = certification("other", "OT", {"kind": "diploma"})
    condition_of(route_of(made), kind="credential", credentials=[other], required=False, order=2)
    return made


def copy(browser, rules: RuleSet, **given: str):
    page = reverse("admin:directory_ruleset_copy", args=[rules.pk])
    shown = browser.get(page)
    if shown.status_code != 200:
        return shown
    html = shown.content.decode()
    fields = Form(html[html.index('id="content-main"') :]).fields
    return browser.post(page, {**fields, **given})


def test_a_copy_has_the_routes_and_conditions_and_the_old_one_ends_the_day_before(desk, exam):
    program(school())
    refresh()
    old = rules_of(exam)
    assert copy(desk, old, valid_from="2080-05-01", as_of="April 2080").status_code == 302
    then, now = RuleSet.objects.filter(certification=exam).order_by("pk")
    assert (then.valid_from, then.valid_to) == (None, dt.date(2080, 4, 30))
    assert (now.valid_from, now.valid_to, now.as_of) == (dt.date(2080, 5, 1), dt.date(2090, 1, 1), "April 2080")
    assert (now.grade, now.source_url, now.named) == ("A", PAGE, "OLD")
    (way,) = now.routes.all()
    assert (way.code, way.title) == ("A", "With an associate degree")
    first, second = way.conditions.all()
    assert (first.kind, first.award_levels, first.text) == ("award-level", [3], "An associate degree")
    assert [each.slug for each in second.credentials.all()] == ["other"]
    assert then.routes.get().conditions.count() == 2
    assert Opening.objects.filter(certification=exam).count() == 1


def test_a_copy_that_has_begun_opens_what_the_old_one_opened(desk, exam):
    program(school())
    refresh()
    copy(desk, rules_of(exam), valid_from="2020-01-01")
    now = RuleSet.objects.get(valid_from=dt.date(2020, 1, 1))
    assert Opening.objects.get(certification=exam).route.rule_set == now


@pytest.mark.parametrize(
    ("given", "field", "because"),
    [
        ({"valid_from": ""}, "valid_from", "required"),
        ({"valid_from": "soon"}, "valid_from", "valid date"),
        ({"valid_from": "2020-01-01"}, "valid_from", "begin later"),
        ({"valid_from": "2091-01-01"}, "valid_from", "begin while they hold"),
        ({"valid_from": "2080-01-01", "grade": "C"}, "grade", "encodes no route"),
        ({"valid_from": "2080-01-01", "source_url": "nowhere"}, "source_url", "valid URL"),
    ],
)
def test_a_copy_that_cannot_be_is_refused_and_keeps_what_was_typed(desk, exam, given, field, because):
    RuleSet.objects.filter(certification=exam).update(valid_from=dt.date(2020, 1, 1))
    page = copy(desk, rules_of(exam), note="Kept as typed", **given)
    assert because in page.context["form"].errors[field][0]
    assert list(page.context["form"].errors) == [field]
    assert "Kept as typed" in page.content.decode()
    assert RuleSet.objects.filter(certification=exam).count() == 1
    assert rules_of(exam).valid_to == dt.date(2090, 1, 1)


def test_no_copy_is_made_while_an_import_runs(desk, exam, importing):
    assert copy(desk, rules_of(exam), valid_from="2080-01-01").status_code == 409
    assert RuleSet.objects.filter(certification=exam).count() == 1


def test_a_copy_takes_the_right_to_do_what_it_does(staff, desk, exam):
    rules = rules_of(exam)
    assert reverse("admin:directory_ruleset_copy", args=[rules.pk]) in desk.get(address(rules)).content.decode()
    browser = staff("view_ruleset", "change_ruleset", "add_ruleset", "add_route")
    assert b"Copy with a new date" not in browser.get(address(rules)).content
    assert copy(browser, rules, valid_from="2080-01-01").status_code == 403
    assert desk.get(reverse("admin:directory_ruleset_copy", args=[9_999])).status_code == 404


# --- history -----------------------------------------------------------------------------------------


def history(browser, rules: RuleSet) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """Who, what, kind and differences of each change, the newest first."""
    page = browser.get(address(rules, "history"))
    assert page.status_code == 200
    return [
        (str(each.who or ""), each.what, each.kind, [(d.column, d.old, d.new) for d in each.differences])
        for each in page.context["changes"]
    ]


def test_the_page_of_a_rule_set_says_who_changed_which_condition(desk, edit, exam):
    change = {"conditions-0-award_levels": ["3", "5"], "conditions-0-confirmed": ""}
    assert errors(edit(route_of(exam), **change)) == {}
    newest = history(desk, rules_of(exam))[0]
    assert newest == (
        "chief",
        "Route A: An associate degree",
        "~",
        [("confirmed", "yes", "no"), ("award levels", "3", "3, 5")],
    )
    assert "award levels: 3 → 3, 5" in desk.get(address(rules_of(exam), "history")).content.decode()


def test_credentials_that_were_added_and_conditions_that_were_deleted_are_told(desk, edit, exam):
    third = certification("third", "THI", {"kind": "diploma"})
    second = Condition.objects.get(route=route_of(exam), kind="credential")
    edit(second, credentials=[*second.credentials.values_list("pk", flat=True), third.pk])
    assert history(desk, rules_of(exam))[0][3] == [("credentials", "OT", "OT, THI")]
    edit(route_of(exam), **{"conditions-1-DELETE": "on"})
    assert history(desk, rules_of(exam))[0][:3] == ("chief", "Route A: It", "-")


def test_a_route_that_is_gone_stays_in_the_history_of_its_rules(desk, edit, exam):
    other = Route.objects.create(rule_set=rules_of(exam), code="B", title="B")
    condition_of(other, kind="diploma", text="A diploma")
    desk.post(address(other, "delete"), {"post": "yes"})
    told = {(who, what, kind) for who, what, kind, _ in history(desk, rules_of(exam))}
    assert {("chief", "Route B", "-"), ("chief", "Route B: A diploma", "-")} <= told


def test_a_copy_says_in_its_history_what_it_is_a_copy_of(desk, exam):
    old = rules_of(exam)
    copy(desk, old, valid_from="2080-01-01")
    now = RuleSet.objects.exclude(pk=old.pk).get(certification=exam)
    page = desk.get(address(now, "history"))
    assert {each.reason for each in page.context["changes"] if each.kind == "+"} == {
        f"Copied from the rules with the key {old.pk}"
    }


def test_the_history_is_for_who_may_see_the_rules(staff, exam):
    assert staff("view_school").get(address(rules_of(exam), "history")).status_code == 403


def test_what_staff_have_changed_in_a_condition_is_not_overwritten_by_the_shipped_table(edit):
    load_certifications()
    held = Condition.objects.filter(route__rule_set__certification__slug="ccs", kind="diploma").get()
    edit(held, text="Our own words")
    Release.objects.filter(source="certifications").update(sha256="")
    loaded = load_certifications()
    held.refresh_from_db()
    assert (held.text, loaded.kept) == ("Our own words", ["ccs"])


def test_rows_of_a_form_are_told_apart(edit, exam):
    two = ({"kind": "diploma", "text": text, "order": order} for text, order in (("A", 3), ("B", 4)))
    given = rows("conditions", *two, held=2)
    assert errors(edit(route_of(exam), **given)) == {}
    assert [each.text for each in route_of(exam).conditions.all()][2:] == ["A", "B"]
