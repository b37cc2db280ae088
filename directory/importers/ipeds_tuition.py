"""Tuition and fees by residence, a custom table of IPEDS; newer than the charges files where those lag."""

from __future__ import annotations

from collections.abc import Mapping

from directory.importers.custom_tables import CustomTableImporter
from directory.importers.missing import Cell
from directory.importers.registry import register
from directory.vocab import SchoolMeasure, Source


@register
class TuitionImporter(CustomTableImporter):
    source = Source.IPEDS_TUITION
    patterns = {
        SchoolMeasure.TUITION_IN_STATE: (
            r"TUITION_FEES_(\d{4})_?IN_?STATE|TUITION_FEES_IN_?STATE_?(\d{4})"
            r"|Published in-state tuition and fees (\d{4})-\d{2}\b.*"
        ),
        SchoolMeasure.TUITION_OUT_OF_STATE: (
            r"TUITION_FEES_(\d{4})_?OUT_?STATE|TUITION_FEES_OUT_?STATE_?(\d{4})"
            r"|Published out-of-state tuition and fees (\d{4})-\d{2}\b.*"
        ),
    }

    def contradiction(self, measure: SchoolMeasure, year: int, found: Mapping[tuple[int, SchoolMeasure], Cell]) -> str:
        """A school reports both prices or neither."""
        prices = [found[year, each] for each in self.patterns if (year, each) in found]
        given = [value for value, _ in prices if value is not None]
        return "one of the two prices of the year is missing" if 0 < len(given) < len(prices) else ""
