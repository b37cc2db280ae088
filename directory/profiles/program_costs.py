"""What a program costs: its own published charges, then the school's."""

from __future__ import annotations

from typing import Any, Final

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
    charge = _own_charge(program, listing)
    rows: list[dict[str, Any]] = [
        {"label": line.label, "figure": line.figure} for line in (charge_figures(charge) if charge else ())
    ]
    figures = SchoolFigure.objects.filter(school=program.school, measure__in=COST_MEASURES).select_related("release")
    rows += [{"label": measure.label, "figure": measure.figure} for measure in school_figures(figures)]
    return rows


def _own_charge(program: Program, listing: Listing) -> ProgramCharge | None:
    """The charge from which the listing has its price. A school may publish several in one field, by length."""
    if listing.price_level != Level.PROGRAM:
        return None
    charges = ProgramCharge.objects.filter(
        school=program.school, cip=program.field.cip, price=listing.price, release=listing.price_release
    )
    held = charges.select_related("release").order_by("-year", "position")
    return next((charge for charge in held if academic(charge.year) == listing.price_year), None)
