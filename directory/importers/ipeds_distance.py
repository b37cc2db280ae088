"""Students by distance, a custom table of IPEDS: enrolled, with all courses by distance, with some.

The table does not say which enrollment survey it is from. An empty cell is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from directory.importers.custom_tables import CustomTableImporter
from directory.importers.missing import Cell
from directory.importers.registry import register
from directory.vocab import SchoolMeasure, Source

WITHOUT_YEAR = "SDE_ENROLL_TOTAL"


@register
class DistanceImporter(CustomTableImporter):
    source = Source.IPEDS_DISTANCE
    feeds_listings = False
    patterns = {
        SchoolMeasure.ENROLLED: r"TOTAL_ENROLL_(\d{4})",
        SchoolMeasure.DISTANCE_ALL: r"DE_ENROLL_(\d{4})",
        SchoolMeasure.DISTANCE_SOME: r"SDE_ENROLL_(\d{4})",
    }

    def named(self, header: Iterable[str]) -> dict[tuple[int, SchoolMeasure], str]:
        """One column of "some" is named without a year: it is that of the newest year, if that lacks one."""
        names = list(header)
        found = super().named(names)
        newest = max((year for year, measure in found if measure is SchoolMeasure.ENROLLED), default=None)
        for name in names:
            if name.casefold() == WITHOUT_YEAR.casefold() and newest is not None:
                found.setdefault((newest, SchoolMeasure.DISTANCE_SOME), name)
        return found

    def contradiction(self, measure: SchoolMeasure, year: int, found: Mapping[tuple[int, SchoolMeasure], Cell]) -> str:
        """Those who study by distance are enrolled."""
        if measure is not SchoolMeasure.ENROLLED:
            return ""
        parts = (SchoolMeasure.DISTANCE_ALL, SchoolMeasure.DISTANCE_SOME)
        distance = sum(found.get((year, part), (None, ""))[0] or 0 for part in parts)
        enrolled = found[year, measure][0] or 0
        return f"fewer than the {distance:,} who study by distance" if distance > enrolled else ""
