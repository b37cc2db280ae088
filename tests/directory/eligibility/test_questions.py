"""What the rules of exams ask a person: everything that a condition names, and nothing else."""

from __future__ import annotations

import datetime as dt

from directory.eligibility.questions import Questions, questions
from directory.eligibility.rules import Accreditor, Condition, ExamRules, Experience, Kind, Route, RuleSet

TODAY = dt.date(2026, 11, 20)


def exam(*conditions: Condition, valid_to: dt.date | None = None) -> ExamRules:
    rules = RuleSet(1, "A", "https://example.org/", valid_to=valid_to, routes=(Route(1, "a", "A way", conditions),))
    return ExamRules("xyz", "XYZ", "Board", "https://example.org/", (rules,))


def test_an_exam_that_is_open_to_all_asks_nothing():
    asked = questions([exam(Condition(1, Kind.NONE, "Nothing"))], on=TODAY)
    assert asked == Questions()
    assert not asked


def test_a_rule_that_is_not_known_asks_nothing():
    assert not questions([ExamRules("xyz", "XYZ", "Board", "https://example.org/")], on=TODAY)


def test_recommended_conditions_are_asked_for_too():
    advised = Condition(1, Kind.EXPERIENCE, "Work", required=False, experience=Experience.CODING, months=12)
    assert questions([exam(advised)], on=TODAY) == Questions(experience=(Experience.CODING,))


def test_each_accreditor_and_each_course_is_asked_for_once():
    board = Accreditor("ABC")
    conditions = [
        Condition(1, Kind.PROGRAM_ACCREDITATION, "Accredited", accreditor=board),
        Condition(2, Kind.PROGRAM_ACCREDITATION, "Accredited", accreditor=board, course="practicum"),
        Condition(3, Kind.COURSE, "Practicum", course="practicum"),
    ]
    asked = questions([exam(*conditions), exam(*conditions)], on=TODAY)
    assert asked.accreditors == (board,)
    assert asked.courses == ("practicum",)
    assert asked.award


def test_the_field_is_asked_for_unless_an_accreditor_vouches_for_it():
    vouched = Condition(1, Kind.FIELD, "In the field", cips=("51.0707",), vouched=True)
    plain = Condition(2, Kind.FIELD, "In the field", cips=("51.0713",))
    assert questions([exam(vouched)], on=TODAY).cips == ()
    assert questions([exam(vouched, plain)], on=TODAY).cips == ("51.0713",)


def test_rules_that_are_over_ask_nothing():
    over = exam(Condition(1, Kind.DIPLOMA, "Diploma"), valid_to=dt.date(2020, 1, 1))
    assert not questions([over], on=TODAY)


def test_credits_that_an_award_replaces_ask_for_the_award():
    asked = questions([exam(Condition(1, Kind.CREDITS, "60", credits=60, levels=frozenset({3})))], on=TODAY)
    assert asked.credits
    assert asked.award
