"""The exam of a trade: what a career's guide names most, and what it says for one award or the other."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from careers import publishing
from careers.decision.goals import choices, find_goal
from careers.decision.outcomes import exams
from careers.decision.page import decision_page
from careers.decision.trade import exam_of_the_trade
from careers.models import Career
from directory.models import Certification, Condition
from tests.careers.guides.samples import sections
from tests.careers.guides.test_publishing import draft_of
from tests.directory.catalogue import BUILT_ON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
CAREER = "lamp-keeper"


def guide(certification: str, *, publish: bool = True) -> None:
    draft = draft_of(Career.objects.get(slug=CAREER), **sections(certification=certification))
    if publish:
        publishing.publish(draft=draft)


def named(goal: str = CAREER, now: dt.datetime | None = None) -> str | None:
    found = find_goal(goal, choices())
    exam = exam_of_the_trade(found, exams(found.cips), now=now or timezone.now())
    return exam.slug if exam else None


def reasons() -> list[list[str]]:
    rows = decision_page(QueryDict(f"goal={CAREER}"), today=BUILT_ON.date())["rows"]
    row = next(each for each in rows if each["label"] == "Choose it if")
    return [cell["value"] for cell in row["cells"]] if not row["same"] else [row["cells"][0]] * 2


def test_the_exam_that_the_guide_links_most_is_that_of_the_trade():
    guide("First [CCA](/certifications/cca/), [RHIT](/certifications/rhit/) and again [RHIT](/certifications/rhit/).")
    assert named() == "rhit"


def test_an_exam_that_is_not_meant_for_the_fields_of_the_career_is_none_of_its_trade():
    Certification.objects.filter(slug="rhit").update(related_cips=["51.9999"])
    guide("[RHIT](/certifications/rhit/), [RHIT](/certifications/rhit/), then [CCA](/certifications/cca/).")
    assert named() == "cca"


@pytest.mark.parametrize("certification", ["None is required by law as far as we know.", "[Exams](/certifications/)"])
def test_a_guide_that_names_no_exam_has_none(certification):
    guide(certification)
    assert named() is None


def test_no_guide_no_draft_and_no_exam_as_the_goal_have_none():
    assert named() is None
    guide("[RHIT](/certifications/rhit/)", publish=False)
    assert named() is None
    assert named("rhit") is None


def test_the_reasons_speak_of_the_exam_of_the_trade_where_it_tells_the_awards_apart():
    guide("[RHIT](/certifications/rhit/)")
    certificate, associate = reasons()
    assert "You do not need the RHIT" in certificate
    assert "You want to be able to sit the RHIT" in associate


def test_what_each_award_leaves_to_be_added_is_a_reason():
    route = Certification.objects.get(slug="cca").rule_sets.get().routes.get()
    Condition.objects.create(
        route=route, kind="credits", confirmed=True, text="60 college credits", credits=60, award_levels=[3]
    )
    Condition.objects.create(
        route=route, kind="course", confirmed=True, text="You have completed the practicum", course="p"
    )
    guide("[CCA](/certifications/cca/)")
    certificate, associate = reasons()
    wanted = "You want to sit the CCA and can add what is then still missing: 60 more credits; the practicum"
    assert wanted in certificate
    assert not any("RHIT" in reason for reason in (*certificate, *associate))
    assert any(reason.startswith("You want to sit the CCA") and "credits" not in reason for reason in associate)


def test_an_exam_that_is_open_after_both_leaves_the_choice_to_the_others():
    guide("[CCA](/certifications/cca/)")
    certificate, associate = reasons()
    assert "You do not need the RHIT" in certificate
    assert "You want to be able to sit the RHIT" in associate
