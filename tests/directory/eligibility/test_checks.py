"""Rules that would hold for nobody, or that contradict one another, are found before anybody rests on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from directory.eligibility.checks import condition_problems, overlaps, problems_of, unknown_cips
from directory.eligibility.circles import circles
from directory.eligibility.rules import Accreditor, Condition, ExamRules, Experience, Kind, Route, RuleSet
from tests.directory.eligibility.shipped import EXAMS

TODAY = dt.date(2026, 11, 22)
BOARD = Accreditor("BOARD")
WHOLE: dict[Kind, dict[str, Any]] = {
    Kind.NONE: {},
    Kind.DIPLOMA: {},
    Kind.AWARD_LEVEL: {"levels": frozenset({3})},
    Kind.FIELD: {"cips": ("51.07",)},
    Kind.PROGRAM_ACCREDITATION: {"accreditor": BOARD},
    Kind.SCHOOL_ACCREDITATION: {"accreditor": BOARD},
    Kind.EXPERIENCE: {"experience": Experience.CODING, "months": 12},
    Kind.CREDENTIAL: {"credentials": frozenset({"b"})},
    Kind.CREDITS: {"credits": 60},
    Kind.COURSE: {"course": "practicum"},
    Kind.LAST_TERM: {},
    Kind.RECIPROCITY: {},
}
#: What each kind may have beside what it needs.
BESIDE: dict[Kind, dict[str, Any]] = {
    Kind.FIELD: {"vouched": True},
    Kind.PROGRAM_ACCREDITATION: {"levels": frozenset({3}), "course": "practicum"},
    Kind.CREDENTIAL: WHOLE[Kind.EXPERIENCE],
    Kind.CREDITS: {"levels": frozenset({3})},
    Kind.COURSE: WHOLE[Kind.EXPERIENCE],
}
COLUMN = {"levels": "award_levels", "accreditor": "agency", "experience": "experience_kind"}
EVERYTHING = {name: value for columns in WHOLE.values() for name, value in columns.items()} | {"vouched": True}


def condition(kind: Kind, **columns) -> Condition:
    return Condition(1, kind, "t", **columns)


def exam(slug: str, *routes: list[Condition], **columns) -> ExamRules:
    ways = tuple(Route(number, f"R{number}", "t", tuple(each)) for number, each in enumerate(routes, start=1))
    rules = RuleSet(1, columns.pop("grade", "A"), "https://x.example/", routes=ways, **columns)
    return ExamRules(slug, slug.upper(), "ISS", "https://x.example/", (rules,))


def holding(*slugs: str, required: bool = True) -> Condition:
    return condition(Kind.CREDENTIAL, credentials=frozenset(slugs), required=required)


@pytest.mark.parametrize("kind", WHOLE, ids=str)
def test_what_a_kind_needs_is_enough_and_what_it_may_have_is_no_fault(kind):
    assert condition_problems(condition(kind, **WHOLE[kind])) == {}
    assert condition_problems(condition(kind, **{**WHOLE[kind], **BESIDE.get(kind, {})})) == {}


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, column) for kind, columns in WHOLE.items() for column in columns], ids=str
)
def test_a_condition_without_one_of_the_things_that_its_kind_needs_is_named_by_column(kind, column):
    left = {name: value for name, value in WHOLE[kind].items() if name != column}
    assert list(condition_problems(condition(kind, **left))) == [COLUMN.get(column, column)]


@pytest.mark.parametrize("kind", WHOLE, ids=str)
def test_whatever_a_kind_does_not_use_is_refused(kind):
    allowed = {*WHOLE[kind], *BESIDE.get(kind, {})}
    for column, value in EVERYTHING.items():
        if column not in allowed:
            found = condition_problems(condition(kind, **WHOLE[kind], **{column: value}))
            assert "does not use it" in found[COLUMN.get(column, column)]


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ({"months": 12, "hours": 10}, "hours"),
        ({"months": 0}, "months"),
        ({"hours": -5}, "hours"),
        ({"experience": None, "months": 12}, "experience_kind"),
    ],
)
def test_work_has_one_length(columns, column):
    given = {"experience": Experience.CODING, **columns}
    assert list(condition_problems(condition(Kind.EXPERIENCE, **given))) == [column]


@pytest.mark.parametrize(
    ("kind", "columns", "says"),
    [
        (Kind.AWARD_LEVEL, {"levels": frozenset({3, 99})}, "No award level: 99"),
        (Kind.FIELD, {"cips": ("51.07", "health")}, "No CIP code: health"),
        (Kind.CREDITS, {"credits": -1}, "how many credits"),
        (Kind.CREDENTIAL, {"credentials": frozenset({"b"}), "months": 6}, "which kind of work"),
    ],
)
def test_what_is_no_value_is_named(kind, columns, says):
    assert says in " ".join(condition_problems(condition(kind, **columns)).values())


def test_codes_that_the_classification_does_not_have_are_found_and_families_are_known_by_their_fields():
    assert unknown_cips(["51", "51.07", "51.0707", "51.0799", "77"], ["51.0707"]) == ["51.0799", "77"]


def test_a_route_that_requires_nothing_by_name_is_unfinished_until_its_rules_begin():
    only_advice = [condition(Kind.DIPLOMA, required=False)]
    (problem,) = problems_of(exam("a", only_advice), today=TODAY)
    assert (problem.route, "Route R1 has no required condition" in problem.text) == (1, True)
    assert problems_of(exam("a", only_advice, valid_from=TODAY), today=TODAY)
    tomorrow = exam("a", only_advice, valid_from=TODAY + dt.timedelta(days=1))
    assert problems_of(tomorrow, today=TODAY) == []
    assert len(problems_of(tomorrow)) == 1  # the shipped table is never unfinished


def test_a_rule_that_is_not_verified_has_no_route():
    assert [each.column for each in problems_of(exam("a", [condition(Kind.NONE)], grade="C"))] == ["grade"]
    assert problems_of(exam("a", grade="C")) == []


def test_an_exam_does_not_need_itself():
    (problem,) = problems_of(exam("a", [condition(Kind.NONE), holding("a", "b", required=False)]))
    assert (problem.column, problem.condition) == ("credentials", 1)
    assert "this exam itself" in problem.text


def test_rules_end_after_they_begin():
    (problem,) = problems_of(exam("a", valid_from=TODAY, valid_to=TODAY - dt.timedelta(days=1)))
    assert problem.column == "valid_to"


@pytest.mark.parametrize(
    ("one", "other", "overlapping"),
    [
        ((None, None), (None, None), True),
        ((None, "2024-01-01"), ("2024-01-01", None), True),
        ((None, "2023-12-31"), ("2024-01-01", None), False),
        (("2024-01-01", "2024-06-01"), ("2024-03-01", "2024-04-01"), True),
        (("2025-01-01", None), (None, "2024-12-31"), False),
    ],
)
def test_two_rules_of_one_day_name_each_other(one, other, overlapping):
    def made(pk, days):
        first, last = (dt.date.fromisoformat(each) if each else None for each in days)
        return RuleSet(pk, "A", "https://x.example/", valid_from=first, valid_to=last)

    found = overlaps([made(1, one), made(2, other)])
    assert [each.rule_set for each in found] == ([1, 2] if overlapping else [])


def test_an_overlap_says_of_the_other_rules_when_they_hold():
    then, now = RuleSet(1, "A", "", valid_to=dt.date(2024, 1, 1)), RuleSet(2, "A", "", valid_from=dt.date(2024, 1, 1))
    first, second = overlaps([then, now])
    assert "the rules from 1 January 2024 until further notice hold as well" in first.text
    assert "the rules until 1 January 2024 hold as well" in second.text


# --- circles -----------------------------------------------------------------------------------------


def words(*exams: ExamRules) -> dict[str, str]:
    return {slug: circle.in_words(exams) for slug, circle in circles(exams).items()}


def test_two_exams_that_need_each_other_are_a_circle():
    found = words(exam("a", [holding("b")]), exam("b", [holding("a")]))
    assert found["a"].startswith("This goes in a circle: A → B → A.")
    assert found["b"].startswith("This goes in a circle: B → A → B.")


def test_a_circle_is_found_however_long():
    ring = [exam(f"e{n}", [holding(f"e{(n + 1) % 9}")]) for n in range(9)]
    assert len(circles(ring)) == 9
    assert circles(ring)["e7"].way == ("e7", "e8", "e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7")


def test_what_only_leads_into_a_circle_is_named_with_it():
    found = words(exam("a", [holding("b")]), exam("b", [holding("a")]), exam("c", [holding("a")]))
    assert found["c"].startswith("This goes in a circle: C → A → B → A.")


def test_every_other_way_around_breaks_the_circle():
    back = exam("b", [holding("a")])
    diploma = condition(Kind.DIPLOMA)
    assert not words(exam("a", [holding("b")], [diploma]), back)  # another route
    assert not words(exam("a", [holding("b", "c")]), back, exam("c", [diploma]))  # another credential will do
    assert not words(exam("a", [holding("b", required=False), diploma]), back)  # advice
    assert not words(exam("a", [holding("b")]), exam("b"))  # a rule that nobody knows
    assert not words(exam("a", [holding("b")]), exam("b", [holding("a", required=False)]))  # unfinished
    assert not words(exam("a", [holding("luck")]))


def test_a_further_condition_does_not_break_it():
    both = [condition(Kind.DIPLOMA), holding("b"), holding("c")]
    assert set(words(exam("a", both), exam("b", [holding("a")]), exam("c"))) == {"a", "b"}


def test_a_circle_begins_with_the_rules_that_close_it():
    (then,) = exam("b", [condition(Kind.DIPLOMA)], valid_to=dt.date(2029, 12, 31)).rule_sets
    (later,) = exam("b", [holding("a")], valid_from=dt.date(2030, 1, 1)).rule_sets
    b = ExamRules("b", "B", "ISS", "", (then, later))
    found = words(exam("a", [holding("b")]), b)
    assert found["a"].startswith("This goes in a circle from 1 January 2030 on: A → B → A.")
    (over,) = exam("a", [holding("b")], valid_to=dt.date(2029, 12, 31)).rule_sets
    assert not words(ExamRules("a", "A", "ISS", "", (over,)), b)


def test_the_last_day_of_the_calendar_is_no_obstacle():
    assert circles([exam("a", [condition(Kind.NONE)], valid_to=dt.date.max)]) == {}


def test_the_shipped_rules_have_no_fault():
    exams = list(EXAMS.values())
    assert not circles(exams)
    assert [problem for each in exams for problem in problems_of(each)] == []
