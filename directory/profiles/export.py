"""The result of a question as rows of a table, with the paperwork of every figure in columns of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from directory.figures import Figure
from directory.filters.program import ProgramFilter
from directory.profiles.cards import program_card
from directory.profiles.corrections import corrected_cells
from directory.profiles.result_rows import ListingRow, exams, paperwork
from directory.profiles.result_rows import rows as listing_rows
from directory.search.table.answer import Hit
from directory.vocab import AwardLevel, Control

AT_ONCE: Final = 500
FIGURES: Final = ("price", "earnings", "completions")
COLUMNS: Final = (
    "program", "award_level", "level", "cip", "school", "unitid", "city", "state", "control", "distance_miles",
    "accreditation", "accreditation_as_of", "delivery", "delivery_source", "leads_to",
    *(f"{name}{part}" for name in FIGURES for part in ("", "_missing", "_unit", "_level", "_year", "_source", "_note")),
    "url", "corrected_by_us",
)  # fmt: skip
#: A spreadsheet reads a cell that begins so as a formula, and may run it.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")  # the last four full-width


def rows(chosen: ProgramFilter, root: str) -> Iterator[list[str]]:
    """The header, then every result in its order; some hundred in memory at a time. `root` is the site's address."""
    yield list(COLUMNS)
    snapshot = chosen.snapshot
    papers = paperwork(snapshot).standings
    for hits in chosen.answer.chunks(AT_ONCE):
        opened = exams(hits, snapshot)
        found = {row.program_id: row for row in listing_rows([hit.program for hit in hits], snapshot)}
        corrected = corrected_cells(found)
        for hit in hits:
            if row := found.get(hit.program):
                card = program_card(row, exams=opened[hit.program], standing_as_of=papers.as_of(row))
                cells = [*_cells(hit, row, card, root), corrected.get(hit.program, "")]
                yield [harmless(cell) for cell in cells]


def _cells(hit: Hit, listing: ListingRow, card: dict[str, Any], root: str) -> list[Any]:
    return [
        card["title"], AwardLevel(listing.program.award_level).label, listing.level, listing.cip, listing.school_name,
        listing.school.unitid, listing.school.city, listing.state, Control(listing.control).label,
        "" if hit.miles is None else f"{hit.miles:.1f}",
        listing.standing, card["accreditation"]["as_of"], listing.delivery, listing.delivery_basis,
        " ".join(f"{exam.label} ({exam.basis})" for exam in card["leads_to"]),
        *(cell for name in FIGURES for cell in _figure(card[name])),
        root + card["url"],
    ]  # fmt: skip


def _figure(figure: Figure) -> list[Any]:
    shape = figure.as_dict()
    return [*(shape[part] for part in ("value", "missing", "unit", "level", "year", "source")), figure.note]


def harmless(cell: Any) -> str:
    """The cell's text; one that a spreadsheet would run is marked as text by an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
