"""An address of a history that no row has, or had, is a 404 and no breakdown."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from directory.models import CertificationFact
from tests.directory.admin.conftest import address
from tests.directory.admin.rule_forms import PAGE, certification, rules_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["ruleset", "route", "body"])
@pytest.mark.parametrize("key", ["²", "x", "9" * 40, "0"])
def test_a_history_of_no_row_is_not_found(desk, table, key):
    assert desk.get(f"/admin/directory/{table}/{quote(key)}/history/").status_code == 404


def test_the_history_of_rules_that_are_gone_is_still_read(desk):
    rules = rules_of(certification("exam", "EX", {"kind": "diploma"}))
    page = address(rules, "history")
    rules.delete()
    assert desk.get(page).status_code == 200


def test_who_may_not_look_does_not_learn_which_rows_there_are(staff):
    browser = staff()
    for key in ("1", quote("²")):
        assert browser.get(f"/admin/directory/ruleset/{key}/history/").status_code == 403


def test_a_fact_and_a_body_say_who_corrected_them(desk, edit):
    exam = certification("exam", "EX", {"kind": "diploma"})
    columns = {"kind": "fee", "text": "$299", "grade": "A", "source_url": PAGE}
    fact = CertificationFact.objects.create(certification=exam, **columns)
    for row, given in ((fact, {"text": "$310"}), (exam.body, {"website": "https://corrected.example/"})):
        assert edit(row, **given).status_code == 302
        assert row.history.latest().history_user.username == "chief"
        assert b"chief" in desk.get(address(row, "history")).content
