"""What the steps of a plan cost, each line with its source or the reason why it is not known, and their sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from careers.plan.exam import ExamPlan, Kinds
from directory.figures import Figure, half_up
from directory.models import Listing, SchoolFigure
from directory.profiles.certification_facts import UNDATED, source_words
from directory.profiles.figures import program_price
from directory.profiles.school_figures import MeasureFigures, school_figures
from directory.vocab import USUAL_YEARS, Control, Level, SchoolMeasure

MEASURES: Final = (
    SchoolMeasure.TUITION_IN_DISTRICT,
    SchoolMeasure.TUITION_IN_STATE,
    SchoolMeasure.TUITION_OUT_OF_STATE,
    SchoolMeasure.BOOKS,
)
NO_FILE: Final = "Not known: no file that we hold has it. Ask the school."


@dataclass(frozen=True, slots=True)
class Cost:
    """One line. `amount` in whole dollars, None when not known; `words` are its caveat or the reason. `counted` is
    False for what comes after the goal.
    """

    step: str
    label: str
    amount: int | None
    words: str
    source: str = ""
    year: str = ""
    url: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Bill:
    """All lines; `total` is the sum of what is known, None when nothing is, and `unknown` names what it leaves out."""

    lines: tuple[Cost, ...]

    @property
    def total(self) -> int | None:
        known = [line.amount for line in self.lines if line.counted and line.amount is not None]
        return sum(known) if known else None

    @property
    def unknown(self) -> list[str]:
        return [line.label for line in self.lines if line.counted and line.amount is None]

    @property
    def by_step(self) -> Mapping[str, list[Cost]]:
        found: dict[str, list[Cost]] = {}
        for line in self.lines:
            found.setdefault(line.step, []).append(line)
        return found


def figures_of(listing: Listing) -> dict[SchoolMeasure, MeasureFigures]:
    """The school's tuition by residence, and books; one query."""
    rows = SchoolFigure.objects.filter(school=listing.school_id, measure__in=MEASURES).select_related("release")
    return {each.measure: each for each in school_figures(rows)}


def bill(
    listing: Listing | None,
    figures: Mapping[SchoolMeasure, MeasureFigures],
    exam: ExamPlan | None,
    *,
    state: str | None,
) -> Bill:
    """The lines of a plan, in the order of the steps. `state` is where the reader lives, None when not said."""
    lines: list[Cost] = []
    if listing is not None:
        lines += _school(listing, figures, state)
    if exam is not None:
        lines += _exam(exam)
    return Bill(tuple(lines))


def lives_elsewhere(listing: Listing, state: str | None) -> bool:
    """Whether the price of a public school is not that of its state's residents."""
    return state is not None and listing.school.control == Control.PUBLIC and state != listing.school.state


def _school(listing: Listing, figures: Mapping[SchoolMeasure, MeasureFigures], state: str | None) -> Sequence[Cost]:
    years = USUAL_YEARS.get(listing.program.award_level)
    books = figures.get(SchoolMeasure.BOOKS)
    return [
        Cost("apply", "Application fee", None, NO_FILE),
        _tuition(listing, figures.get(SchoolMeasure.TUITION_OUT_OF_STATE), years, state),
        _yearly("term-1", "Books and supplies", books.figure if books else None, years),
        Cost("placement", "Placement: travel, checks, clothing", None, NO_FILE),
    ]


def _tuition(listing: Listing, elsewhere: MeasureFigures | None, years: float | None, state: str | None) -> Cost:
    label = "Tuition and fees, whole program"
    if lives_elsewhere(listing, state) and listing.price_level != Level.PROGRAM:
        cost = _yearly("term-1", label, elsewhere.figure if elsewhere else None, years)
        return cost if cost.amount is None else Cost(
            cost.step, label, cost.amount, f"Price for residents of other states. {cost.words}",
            cost.source, cost.year,
        )  # fmt: skip
    return _of_figure("term-1", label, program_price(listing))


def _of_figure(step: str, label: str, figure: Figure) -> Cost:
    if figure.value is None:
        reason = figure.missing.label if figure.missing else "Not known"
        return Cost(step, label, None, f"{reason}. Ask the school.", figure.source, figure.year)
    return Cost(step, label, half_up(figure.value), figure.note, figure.source, figure.year)


def _yearly(step: str, label: str, figure: Figure | None, years: float | None) -> Cost:
    """A yearly charge times the usual years of the award. A slower pace changes no price that we know."""
    if figure is None or years is None:
        return Cost(step, label, None, NO_FILE)
    if figure.value is None:
        return _of_figure(step, label, figure)
    words = f"Estimate: ${figure.value:,} a year for {years:g} {'year' if years == 1 else 'years'}"
    return Cost(step, label, half_up(figure.value * years), words, figure.source, figure.year)


def _exam(plan: ExamPlan) -> Sequence[Cost]:
    fee = plan.fact(Kinds.FEE)
    ask = f"Not known: we have read no page that states it. Ask {plan.exam.issuer}."
    label = f"{plan.exam.name} exam fee"
    first = (
        Cost("exam-apply", label, None, ask, url=plan.issuer_url)
        if fee is None or fee.amount is None
        else Cost("exam-apply", label, fee.amount, fee.text, source_words(fee, plan.exam.issuer),
                  fee.as_of or UNDATED, fee.source_url)
    )  # fmt: skip
    if plan.exam.closed:
        return [first]
    return [first, Cost("renewal", f"{plan.exam.name} renewal", None, ask, url=plan.issuer_url, counted=False)]
