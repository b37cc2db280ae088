"""What the O*NET files have in common: their release, and that rows belong to an O*NET code.

O*NET publishes each table as a workbook and as tab-separated text. The text files have the same columns
without the titles of occupations, elements and scales, and write "n/a" where the workbook has an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import ClassVar

from careers.importers.base import CareersImporter
from directory.importers.base import Vintage
from directory.importers.reading import Table
from directory.vocab import Source

CODE = "O*NET-SOC Code"
#: Tables of O*NET that are not read and resemble one that is.
OTHER_TABLES = ("work values", "work styles", "task ratings", "tasks to dwas", "emerging tasks", "tools used")
README_NAMES = ("read me.txt", "readme.txt", "read_me.txt")
README_BYTES = 2_000


class OnetImporter(CareersImporter):
    """A table of O*NET facts. An older release than the one held is refused by the pipeline."""

    needs: ClassVar[tuple[Source, ...]] = (Source.ONET_OCCUPATIONS,)

    #: Columns that only other tables of O*NET have beside the ones that are read.
    foreign: ClassVar[tuple[str, ...]] = ()

    def reads(self, table: Table) -> bool:
        """Work Values have the columns of Interests: only the name of a text file tells the two apart."""
        name = PurePath(table.name).stem.casefold()
        return super().reads(table) and not any(name.endswith(other) for other in OTHER_TABLES)

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        index, missing = super().match(header)
        folded = {name.casefold() for name in header}
        return index, missing + [f"(no column {name})" for name in self.foreign if name.casefold() in folded]

    def vintage(self, table: Table) -> Vintage | None:
        return onet_vintage(table)


def onet_vintage(table: Table) -> Vintage | None:
    """The release by the Read Me beside the file, else by the name of the file, its archive or its folder."""
    for text in (_read_me(table.path.parent), table.name, table.path.name, table.path.parent.name):
        match = re.search(r"O\*NET (\d{2})\.(\d) Database|(?:db|onet)_(\d{2})_(\d)(?!\d)", text, re.IGNORECASE)
        if match:
            major, minor = (int(part) for part in match.groups() if part)
            return Vintage(f"{major}.{minor}", major * 100 + minor)
    return None


def _read_me(folder: Path) -> str:
    """The start of the Read Me that O*NET puts into each folder of its files; empty where there is none."""
    for path in sorted(folder.glob("[Rr][Ee][Aa][Dd]*.txt")):
        if path.name.lower() in README_NAMES and path.is_file():
            with path.open("rb") as file:
                return file.read(README_BYTES).decode("utf-8", "replace")
    return ""
