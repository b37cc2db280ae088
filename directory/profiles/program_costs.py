"""What a program costs: its own published charges, what pages state, then the school's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.importers.vintages import academic
from directory.models import Listing, ProgramCharge
from directory.profiles.figures import charge_figures
from directory.profiles.program_rows import Rows
from directory.profiles.program_study import fact_row
from directory.profiles.school_figures import school_figures
from directory.vocab import Level


def cost_rows(rows: Rows, listing: Listing) -> list[dict[str, Any]]:
    """The program's own charges first, then the school's; each with year and level."""
    charge = _own_charge(rows.charges, listing)
    shown: list[dict[str, Any]] = [
        {"label": line.label, "figure": line.figure} for line in (charge_figures(charge) if charge else ())
    ]
    shown += [fact_row(fact) for fact in rows.facts if fact.kind == fact.Kind.PRICE]
    shown += [{"label": measure.label, "figure": measure.figure} for measure in school_figures(rows.figures)]
    return shown


def _own_charge(charges: Iterable[ProgramCharge], listing: Listing) -> ProgramCharge | None:
    """The charge from which the listing has its price. A school may publish several in one field, by length."""
    if listing.price_level != Level.PROGRAM:
        return None
    return next(
        (
            charge
            for charge in charges
            if charge.price == listing.price
            and charge.release_id == listing.price_release_id
            and academic(charge.year) == listing.price_year
        ),
        None,
    )
