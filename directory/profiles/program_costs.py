"""What a program costs: its own published charges, what pages state, then the school's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.importers.vintages import academic
from directory.models import Listing, ProgramCharge, ProgramFact, SchoolFigure
from directory.profiles.figures import charge_figures
from directory.profiles.program_rows import COST_MEASURES, Rows
from directory.profiles.program_study import fact_row
from directory.profiles.school_figures import school_figures
from directory.vocab import Level


def cost_rows(rows: Rows, listing: Listing) -> list[dict[str, Any]]:
    """The program's own charges first, then the school's; each with year and level."""
    return cost_lines(listing, rows.charges, rows.figures, rows.facts)


def cost_lines(
    listing: Listing,
    charges: Iterable[ProgramCharge],
    figures: Iterable[SchoolFigure],
    facts: Iterable[ProgramFact] = (),
) -> list[dict[str, Any]]:
    """The same from rows read elsewhere: charges with their releases, the newest first; the school's yearly
    figures; what pages state."""
    charge = own_charge(listing, charges)
    shown: list[dict[str, Any]] = [
        {"label": line.label, "figure": line.figure} for line in (charge_figures(charge) if charge else ())
    ]
    shown += [fact_row(fact) for fact in facts if fact.kind == fact.Kind.PRICE]
    measured = school_figures(row for row in figures if row.measure in COST_MEASURES)
    return shown + [{"label": measure.label, "figure": measure.figure} for measure in measured]


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
