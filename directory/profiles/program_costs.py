"""What a program costs: its own published charges, then the school's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet

from directory.importers.vintages import academic
from directory.models import Listing, Program, ProgramCharge, SchoolFigure
from directory.profiles.figures import charge_figures
from directory.profiles.school_figures import school_figures
from directory.vocab import Level, SchoolMeasure

COST_MEASURES: Final = (
    SchoolMeasure.TUITION_IN_DISTRICT,
    SchoolMeasure.TUITION_IN_STATE,
    SchoolMeasure.TUITION_OUT_OF_STATE,
    SchoolMeasure.CREDIT_IN_DISTRICT,
    SchoolMeasure.CREDIT_IN_STATE,
    SchoolMeasure.CREDIT_OUT_OF_STATE,
    SchoolMeasure.BOOKS,
    SchoolMeasure.NET_PRICE,
)


def cost_rows(program: Program, listing: Listing) -> list[dict[str, Any]]:
    """The program's own charges first, then the school's; each with year and level."""
    charges = charges_of([listing]) if listing.price_level == Level.PROGRAM else ()
    return cost_lines(listing, charges, cost_figures([program.school_id]))


def cost_lines(
    listing: Listing, charges: Iterable[ProgramCharge], figures: Iterable[SchoolFigure]
) -> list[dict[str, Any]]:
    """The same from rows that are read already: those of `charges_of`, and the school's own of `cost_figures`."""
    charge = own_charge(listing, charges)
    rows: list[dict[str, Any]] = [
        {"label": line.label, "figure": line.figure} for line in (charge_figures(charge) if charge else ())
    ]
    measured = school_figures(row for row in figures if row.measure in COST_MEASURES)
    rows += [{"label": measure.label, "figure": measure.figure} for measure in measured]
    return rows


def charges_of(listings: Iterable[Listing]) -> list[ProgramCharge]:
    """What their schools charge for whole programs, the newest first; one query."""
    schools, cips = zip(*((each.school_id, each.cip) for each in listings), strict=True)
    held = ProgramCharge.objects.filter(school__in=set(schools), cip__in=set(cips))
    return list(held.select_related("release").order_by("-year", "position"))


def cost_figures(schools: Iterable[int]) -> QuerySet[SchoolFigure]:
    """The yearly costs of some schools."""
    return SchoolFigure.objects.filter(school__in=schools, measure__in=COST_MEASURES).select_related("release")


def own_charge(listing: Listing, charges: Iterable[ProgramCharge]) -> ProgramCharge | None:
    """The charge from which the listing has its price. A school may publish several in one field, by length."""
    if listing.price_level != Level.PROGRAM:
        return None
    return next(
        (
            charge
            for charge in charges
            if charge.school_id == listing.school_id
            and (charge.cip, charge.price) == (listing.cip, listing.price)
            and charge.release_id == listing.price_release_id
            and academic(charge.year) == listing.price_year
        ),
        None,
    )
