"""Rows and rules say the same, and the pure rooms stay pure."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.eligibility import rules
from directory.eligibility.graduates import Basis
from directory.eligibility.person import LEVELS, Status
from directory.eligibility.reader import exam_rules
from directory.eligibility.reference import load_certifications
from directory.models import Certification, Condition, Opening
from directory.vocab import AccreditationStatus, AwardLevel, LevelGroup, Standing
from tests.directory.eligibility.shipped import EXAMS


def without_keys(exam):
    def route(each):
        return replace(each, pk=0, conditions=tuple(replace(condition, pk=0) for condition in each.conditions))

    rule_sets = [
        replace(each, pk=0, routes=tuple(route(one) for one in each.routes))
        for each in exam.rule_sets
    ]  # fmt: skip
    return replace(exam, rule_sets=tuple(sorted(rule_sets, key=lambda each: str(each.valid_from))))


@pytest.mark.django_db
def test_what_is_read_from_the_database_is_what_was_loaded_into_it():
    load_certifications()
    assert {exam.slug: without_keys(exam) for exam in exam_rules()} == {
        slug: without_keys(exam) for slug, exam in EXAMS.items()
    }


@pytest.mark.django_db
def test_one_exam_and_all_take_the_same_queries():
    load_certifications()

    def queries(certifications):
        with CaptureQueriesContext(connection) as captured:
            assert exam_rules(certifications)
        return len(captured)

    assert queries(Certification.objects.filter(slug="chps")) == queries(None) == 5


def test_the_words_of_the_engine_are_those_of_the_table():
    assert {kind.value for kind in rules.Kind} - {"rule"} == set(Condition.Kind.values)
    assert {kind.value for kind in rules.Experience} == set(Condition.Experience.values)
    assert {basis.value for basis in Basis} == set(Opening.Basis.values)
    assert {*AccreditationStatus.values, *Standing.values} | {"unknown"} == {status.value for status in Status}
    assert sorted(level for levels in LEVELS.values() for level in levels) == sorted(AwardLevel.values)
    assert set(LEVELS) == {*LevelGroup.values, "postmasters-certificate"}


def test_the_engine_needs_no_django():
    modules = ["rules", "person", "verdict", "weighing", "wording", "engine", "graduates", "described"]
    names = ", ".join(f"directory.eligibility.{module}" for module in modules)
    script = (
        f"import sys, {names}; print([name for name in sys.modules if name.startswith(('django', 'directory.models'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout.strip() == "[]"
