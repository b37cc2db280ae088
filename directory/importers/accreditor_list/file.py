"""An uploaded list becomes a header and rows of text; what is no such list is refused with what to do."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Final

from directory.importers.accreditor_list.layout import looks_like_header
from directory.importers.errors import Refused
from directory.importers.reading import read_tables
from directory.importers.table import Table, clean

LARGEST: Final = 10 * 1024**2  # bytes of the file; all programs of all accreditors in one DAPIP workbook have 12 MB
LARGEST_UNPACKED: Final = 100 * 1024**2
#: Of any part that is no sheet, such as the texts that cells share: those are held whole, in three times the memory.
LARGEST_SHARED: Final = 20 * 1024**2
SHEETS: Final = "xl/worksheets/"
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 80
LONGEST_CELL: Final = 1_000
#: Titles and addresses above the table, at most.
HEADER_WITHIN: Final = 20
#: A header names at least the school and one thing more.
HEADER_SAYS: Final = 2


@dataclass(frozen=True, slots=True)
class ListFile:
    """What a file says: the header, (line, cells) of each row below it, and which file it is."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    sha256: str = ""


def read_list(path: Path) -> ListFile:
    """The first table of a csv or workbook that has a header. Raises Refused, with words for who chose the file."""
    if path.stat().st_size > LARGEST:
        raise Refused(f"The file has more than {LARGEST // 1024**2} MB; no accreditor’s list is as long.")
    _refuse_bombs(path)
    best: ListFile | None = None
    for table in read_tables(path):
        found = _read(table)
        if found and (best is None or _says(found) > _says(best)):
            best = found
    if best is None:
        raise Refused("The file has no table with a header and a row below it.")
    with path.open("rb") as file:
        return replace(best, sha256=file_digest(file, "sha256").hexdigest())


def _says(found: ListFile) -> int:
    return looks_like_header(found.header)


def _refuse_bombs(path: Path) -> None:
    """What lies packed is looked at before it is unpacked: a list is small, whatever it is packed in."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused("The workbook is damaged or cut off; download it again.") from None
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(f"The file would unpack to more than {LARGEST_UNPACKED // 1024**2} MB; that is no list.")
    names = {part.filename for part in parts}
    if "xl/workbook.xml" in names and any(
        part.file_size > LARGEST_SHARED for part in parts if not part.filename.startswith(SHEETS)
    ):
        raise Refused(
            f"The texts or pictures of this workbook would unpack to more than {LARGEST_SHARED // 1024**2} MB. "
            "Keep only the sheet with the list, or save it as csv."
        )
    if "[Content_Types].xml" not in names:
        raise Refused("This is an archive. Unpack it, and upload the csv file or workbook that lies in it.")


def _read(table: Table) -> ListFile | None:
    lines = [(1, table.header)] if table.header else []
    lines += [(line, cells) for line, cells in islice(table.rows, MOST_ROWS + HEADER_WITHIN)]
    if next(table.rows, None) is not None or len(lines) > MOST_ROWS + HEADER_WITHIN:
        raise Refused(f"The table has more than {MOST_ROWS:,} rows; that is no accreditor’s list.")
    if not lines:
        return None
    at = max(range(min(HEADER_WITHIN, len(lines))), key=lambda place: (looks_like_header(lines[place][1]), -place))
    if looks_like_header(lines[at][1]) < HEADER_SAYS:
        at = 0
    header = [_cell(each) for each in lines[at][1]]
    while header and not header[-1]:
        header.pop()
    if not header:
        return None
    if len(header) > MOST_COLUMNS:
        raise Refused(f"The table has more than {MOST_COLUMNS} columns; that is no accreditor’s list.")
    rows = [(line, [_cell(each) for each in cells[: len(header)]]) for line, cells in lines[at + 1 :]]
    rows = [(line, cells + [""] * (len(header) - len(cells))) for line, cells in rows if any(cells)]
    return ListFile(header, rows) if rows else None


def _cell(text: str) -> str:
    """Text that any database takes: no zero bytes, no halves of characters, no longer than a cell of a list."""
    kept = clean(text).replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return " ".join(kept.split())[:LONGEST_CELL]
