"""What staff corrected, said wherever the fact is shown: ours, since when, and what the official file says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format

from directory.models import Override, Program, Release, School

SOURCE: Final = "Corrected by us"
#: A day in the middle of a sentence.
DAY: Final = "j F Y"
#: Columns that come with the school itself; the others are of files that are named beside their figures.
OF_THE_SCHOOLS_FILE: Final = frozenset({
    "name", "address", "city", "state", "zip_code", "county", "latitude", "longitude", "control", "website",
    "admissions_url", "apply_url", "aid_url", "net_price_url", "veterans_url", "disability_url", "status", "closed_on",
    "successor_unitid",
})  # fmt: skip

Row = dict[str, Any]


def paper(release: Release | None) -> Row:
    """Source and year of a row; empty when the source was never loaded."""
    return {"source": release.get_source_display(), "year": release.vintage} if release else {}


class Corrected:
    """The corrections in force of one school or program, by column."""

    def __init__(self, overrides: Iterable[Override]) -> None:
        self.by_column: Mapping[str, Override] = {override.column: override for override in overrides}

    def mark(self, column: str, row: Row) -> Row:
        """The row of a fact; where the column is corrected, with our paper in place of the file's."""
        override = self.by_column.get(column)
        if override is None:
            return row
        said = f"The official file says{says(override)}{_file(row)}"
        return {
            **row,
            "note": ". ".join(part for part in (row.get("note", ""), said) if part),
            "source": SOURCE,
            "year": override.made_at.date(),
            "source_url": override.evidence_url,
        }

    def sentence(self, columns: Iterable[str], release: Release) -> str:
        """In words, for facts that stand in a sentence; empty when none of the columns is corrected."""
        held = [self.by_column[column] for column in columns if column in self.by_column]
        if not held:
            return ""
        day = max(override.made_at for override in held).date()
        file = paper(release)
        said = "; ".join(f"{label(override)}: {official(override)}" for override in held)
        return f"{SOURCE} on {date_format(day, DAY)}. {file['source']}, {file['year']}, says: {said}"

    def among(self, *columns: str) -> list[Row]:
        """Label, source and day of those columns that are corrected."""
        return [
            {"label": label(override), "source": SOURCE, "year": override.made_at.date()}
            for column, override in self.by_column.items()
            if column in columns
        ]

    def rows(self, release: Release | None = None) -> list[Row]:
        """All of them, as rows of `partials/facts_table.html`: our value, what the official file says, why and when.

        `release` is that of the listing; it names the file and its year where the column is one of that file.
        """
        return [
            {
                "label": label(override),
                "value": shown(override, override.value),
                "note": f"{_says(override, release)}. {override.reason}",
                "source": SOURCE,
                "year": override.made_at.date(),
                "source_url": override.evidence_url,
            }
            for override in self.by_column.values()
        ]


def as_facts(overrides: Iterable[Override]) -> list[Row]:
    """Corrections in force as the API gives them, by column."""
    return [
        {
            "field": override.column,
            "value": override.value,
            "official_value": override.official_value,
            "reason": override.reason,
            "evidence_url": override.evidence_url or None,
            "as_of": override.made_at.date(),
            "source": SOURCE,
        }
        for override in sorted(overrides, key=lambda each: each.column)
    ]


def corrected_cells(programs: Collection[int]) -> dict[int, str]:
    """Of those programs with corrections in force, theirs or their school's: what the official file says. One query."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    named = Q(program__in=programs) | Q(school__programs__in=programs)
    rows = Override.objects.filter(named, active=True).order_by("column", "pk")
    for override in rows.annotate(of=F("school__programs")):
        whose = "" if override.program_id else "school, "
        words = f"{whose}{label(override).lower()}: the official file says{says(override).replace(':', '', 1)}"
        key = override.program_id or override.of
        if key in programs:
            said[key].append(f"{words} (corrected by us on {override.made_at.date()})")
    return {key: "; ".join(each) for key, each in said.items()}


def label(override: Override) -> str:
    """The corrected column in words."""
    words = str(_field(override).verbose_name)
    return f"{words[0].upper()}{words[1:]}"


def official(override: Override) -> str:
    """What the official file says, in words."""
    return shown(override, override.official_value)


def says(override: Override) -> str:
    """The end of "The official file says": its value, or that it has come round to ours."""
    return " the same by now" if override.official_value == override.value else f": {official(override)}"


def shown(override: Override, value: Any) -> str:
    """A stored value in words: the label of a choice, Yes or No, or "nothing"."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(_field(override), models.DateField):
        return date_format(dt.date.fromisoformat(value), DAY)
    return str(dict(_field(override).flatchoices).get(value, value))


def _field(override: Override) -> Any:
    # Not through `target`, which would cost a query for each.
    kind = School if override.school_id else Program
    return kind._meta.get_field(override.column)


def _says(override: Override, release: Release | None) -> str:
    """What the official file says, with its name where the column is one of the listing's own file."""
    own = override.program_id or override.column in OF_THE_SCHOOLS_FILE
    return f"The official file says{says(override)}{_file(paper(release) if own else {})}"


def _file(row: Row) -> str:
    return f" ({row['source']}, {row['year']})" if row.get("source") else ""
