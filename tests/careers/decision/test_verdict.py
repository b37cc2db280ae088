"""The answer on top: it follows the rules of the exams and what employers ask for, whatever they are."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from careers.decision.page import decision_page
from careers.models import Projection
from directory.models import Certification, Condition, RuleSet
from directory.vocab import AwardLevel
from tests.directory.catalogue import BUILT_ON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
CERTIFICATES = [1, 2, 4, 20, 21]


def answer(question: str) -> list[str]:
    return list(decision_page(QueryDict(question), today=BUILT_ON.date())["verdict"])


def columns(question: str) -> list[str]:
    return [head["level"] for head in decision_page(QueryDict(question), today=BUILT_ON.date())["heads"]]


def condition(slug: str, kind: Condition.Kind) -> Condition:
    return Condition.objects.get(route__rule_set__certification__slug=slug, kind=kind)


def asks_of(slug: str, kind: Condition.Kind, **columns: object) -> None:
    """The exam asks for one thing alone."""
    route = Certification.objects.get(slug=slug).rule_sets.get().routes.get()
    route.conditions.all().delete()
    Condition.objects.create(route=route, kind=kind, confirmed=True, text=str(columns.pop("text", "It")), **columns)


def test_an_exam_that_asks_for_an_accredited_associate_degree():
    assert answer("goal=rhit")[0] == (
        "For the RHIT only an associate degree helps, and only from a program that CAHIIM has accredited: "
        "the certificate leaves it closed."
    )


def test_an_exam_that_asks_for_any_associate_degree():
    condition("rhit", Condition.Kind.PROGRAM_ACCREDITATION).delete()
    assert answer("goal=rhit")[0] == "For the RHIT only an associate degree helps: the certificate leaves it closed."


def test_the_same_exam_once_its_rule_names_certificates_too():
    level = condition("rhit", Condition.Kind.AWARD_LEVEL)
    Condition.objects.filter(pk=level.pk).update(award_levels=[*CERTIFICATES, AwardLevel.ASSOCIATE])
    first = answer("goal=rhit")[0]
    assert "only an associate" not in first
    assert "the certificate opens it, if CAHIIM has accredited the program" in first


def test_an_exam_that_takes_longer_shows_the_longer_awards():
    level = condition("rhit", Condition.Kind.AWARD_LEVEL)
    Condition.objects.filter(pk=level.pk).update(award_levels=[AwardLevel.BACHELORS, AwardLevel.MASTERS])
    assert answer("goal=rhit")[0] == (
        "Neither is enough for the RHIT: it takes a bachelor’s degree or a master’s degree from a program that CAHIIM "
        "has accredited."
    )
    assert columns("goal=rhit") == ["certificate", "associate", "bachelors", "masters"]


def test_an_exam_that_asks_nothing_of_a_program_says_that_neither_is_needed():
    first, *rest = answer("goal=cca")
    assert first == "You need neither of them to sit the CCA. What decides: a diploma."
    assert "For this exam the choice is yours: time, price and the work you want decide." in rest
    assert "The associate degree also opens the RHIT, if CAHIIM has accredited the program; the certificate does not." in rest  # fmt: skip  # noqa: E501


def test_an_exam_that_asks_for_work_says_how_much_is_missing():
    asks_of(
        "cca", Condition.Kind.EXPERIENCE, text="2 years of coding", experience_kind="coding", months=24
    )  # fmt: skip
    found = answer("goal=cca")
    assert found[0] == "Neither opens the CCA by itself, and the degree spares you nothing."
    assert found[1] == "Still missing after either: 2 years of coding."


def test_an_exam_without_a_known_rule_says_that_nobody_can_tell():
    Certification.objects.get(slug="cca").rule_sets.all().delete()
    assert answer("goal=cca")[0] == (
        "Nobody has confirmed who may sit the CCA, so nobody can say which award opens it."
    )
    assert columns("goal=cca") == ["certificate", "associate"]


def test_a_rule_that_was_not_read_on_the_issuers_page_says_so():
    RuleSet.objects.filter(certification__slug="ccs-p").update(grade="B")
    Condition.objects.filter(route__rule_set__certification__slug="ccs-p").update(confirmed=True)
    assert "The rule is not confirmed on IHB’s own page: ask IHB before you pay." in answer("goal=ccs-p")
    assert not [said for said in answer("goal=rhit") if "not confirmed on" in said]


@pytest.mark.parametrize(
    ("entry", "begins", "levels"),
    [
        ("Postsecondary nondegree award", "A certificate is what employers usually ask for.", 2),
        ("Associate's degree", "An associate degree is what employers usually ask for: a certificate is less", 2),
        ("Bachelor's degree", "Employers usually ask for more than either: a bachelor’s degree.", 3),
        ("Master's degree", "Employers usually ask for more than either: a master’s degree.", 3),
        ("High school diploma or equivalent", "Employers usually ask for neither.", 2),
        (
            "Doctoral or professional degree",
            "Employers usually ask for more than either: a doctoral or professional degree.",
            2,
        ),
        ("A phrase of a later file", "The Bureau of Labor Statistics counts this work under", 2),
    ],
)
def test_for_a_career_the_usual_way_in_decides(entry, begins, levels):
    Projection.objects.filter(occupation="29-2072").update(entry_education=entry)
    first = answer("goal=lamp-keeper")[0]
    assert first.startswith(begins)
    assert f"“{entry}”" in first
    assert len(columns("goal=lamp-keeper")) == levels


def test_for_a_career_without_a_published_way_in_no_award_is_favored():
    Projection.objects.filter(occupation="29-2072").delete()
    assert answer("goal=lamp-keeper")[0] == ("No official source says what employers usually ask for in Lamp Keepers.")


def test_without_a_goal_the_difference_between_the_two_is_the_answer():
    Condition.objects.update(confirmed=True)
    assert answer("") == [
        "The associate degree opens the RHIT, if CAHIIM has accredited the program; the certificate does not.",
        "Both leave you free to sit the CCA and CCS-P.",
    ]


def test_the_nearest_program_that_opens_the_exam_is_named_with_its_distance():
    last = answer("goal=rhit&where=43911")[-1]
    at = "Birch Valley College in Birch Valley, OH, under 1 mile away."
    assert last.startswith(f"The nearest program on file that opens the RHIT is at {at}")
    assert "only stated: ask CAHIIM first" in last


def test_a_confirmed_program_carries_no_doubt():
    last = answer("goal=rhit&where=43901")[-1]
    assert "Maple Fork College" in last
    assert "ask CAHIIM" not in last
