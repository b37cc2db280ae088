"""Ways to pay less: what the loaded facts say, else whom to ask and what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.urls import reverse

from careers.plan.exam import ExamPlan, Kinds
from careers.plan.money import lives_elsewhere
from directory.links import may_leave, ways
from directory.models import Listing, Release
from directory.profiles.school_figures import MeasureFigures
from directory.templatetags.figures import as_of
from directory.vocab import VETERAN_MEANINGS, Control, GoKind, SchoolMeasure, VeteranFact

#: What a school can say of itself that may lower a price.
SAID: Final = (VeteranFact.YELLOW_RIBBON, VeteranFact.SUPPORT, VeteranFact.EIGHT_KEYS)
Figures = Mapping[SchoolMeasure, MeasureFigures]


class Saving(NamedTuple):
    """One way. `known` is what our facts say ("" for nothing); `ask` is the question to send; `url` leads on."""

    title: str
    known: str
    ask: str
    source: str = ""
    url: str = ""
    link: str = ""


def savings(listing: Listing | None, figures: Figures, exam: ExamPlan | None, *, state: str | None) -> list[Saving]:
    """In the order in which they tend to matter: what the school decides, then others."""
    found: list[Saving] = []
    if listing is not None:
        found += [*_residence(listing, figures, state), _prior(listing), _veterans(listing)]
    found.append(
        Saving("An employer who pays", "", "Ask your employer: do you pay for courses or exams, and must I stay after?")
    )
    if listing is not None:
        found += _grants(listing)
    fee = exam.fact(Kinds.FEE) if exam else None
    if exam and fee is not None and fee.amount is not None and fee.member_amount is not None:
        found.append(
            Saving(f"Membership of {exam.exam.issuer}",
                   f"Members pay ${fee.member_amount:,} for the exam, others ${fee.amount:,}.",
                   f"Ask {exam.exam.issuer}: what does a student membership cost?", url=fee.source_url,
                   link="The page that says so", source=fee.as_of or "undated")
        )  # fmt: skip
    return found


def _grants(listing: Listing) -> list[Saving]:
    """The school's own calculator, which every school with federal aid must have; said when it does not answer."""
    way = ways(listing.school).get(GoKind.PRICE)
    if way is None or not may_leave(listing.school, listing.program):
        return []
    ask = "Ask the aid office: which grants need no repayment, and by when do I apply?"
    if way.silent_on:
        known = f"The school’s calculator of what students pay after grants did not answer on {as_of(way.silent_on)}."
        return [Saving("Grants", f"{known} We look again.", ask)]
    known = "The school has a calculator of what students pay after grants."
    url = reverse("go", args=[listing.program.slug, GoKind.PRICE.value])
    return [Saving("Grants", known, ask, url=url, link="Net price calculator")]


def _residence(listing: Listing, figures: Figures, state: str | None) -> list[Saving]:
    """Only public schools have a price by residence."""
    if listing.school.control != Control.PUBLIC:
        return []
    found = []
    near, own = figures.get(SchoolMeasure.TUITION_IN_DISTRICT), figures.get(SchoolMeasure.TUITION_IN_STATE)
    if near and own and near.figure.value and own.figure.value and near.figure.value < own.figure.value:
        found.append(
            Saving("Living in the college’s district",
                   f"Local residents pay ${near.figure.value:,} a year, other residents of {listing.school.state} "
                   f"${own.figure.value:,}.",
                   "Ask the school: does my address count as in-district, and since when must I live there?",
                   source=f"{near.figure.source}, {near.figure.year}")
        )  # fmt: skip
    else:
        found.append(
            Saving("Living near the college", "", "Ask the school: is there a lower price for local residents?")
        )
    if lives_elsewhere(listing, state):
        found.append(
            Saving("Counting as a resident of the state", "",
                   f"Ask the school: when would I count as a resident of {listing.school.state}, and is there an "
                   "agreement with my state? For online study, which of the prices would I pay?")
        )  # fmt: skip
    return found


def _prior(listing: Listing) -> Saving:
    says = listing.school.training_credit
    return Saving(
        "Credit for what you have done already",
        f"{VETERAN_MEANINGS[VeteranFact.TRAINING_CREDIT].means}" if says else "",
        "Ask the school: which of my credits, certificates or credentials count, what may I test out of, and is that "
        "in writing before I enroll?",
        source=_paper(listing.school.offerings_release) if says else "",
    )


def _veterans(listing: Listing) -> Saving:
    """What the school says it offers; none of it is a promise to the reader, so the question stays."""
    school = listing.school
    held = [fact for fact in SAID if getattr(school, VETERAN_MEANINGS[fact].column)]
    papers = {_paper(school.eight_keys_release if fact == VeteranFact.EIGHT_KEYS else school.offerings_release)
              for fact in held}  # fmt: skip
    return Saving(
        "Veterans’ and military benefits",
        f"The school reports: {', '.join(str(fact.label) for fact in held)}." if held else "",
        "Ask the school’s veterans office: is this program approved for my benefits, and who sends the papers?",
        source="; ".join(sorted(papers - {""})),
        url=school.get_absolute_url(),
        link="What we hold about this school and veterans",
    )


def _paper(release: Release | None) -> str:
    return f"{release.get_source_display()}, {release.vintage}" if release else ""
