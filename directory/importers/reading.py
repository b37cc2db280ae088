"""Opening official files: csv, zip and xlsx become tables of text with a header and line numbers.

Agencies differ in encoding, padding, wrapping and surplus commas, and one release differs from the next. All of
that ends here; importers see stripped text, by column name.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from directory.importers.csv_text import csv_table, refuse_html
from directory.importers.errors import DAMAGE, Refused
from directory.importers.table import Row, Table, clean
from directory.importers.workbook import read_workbook

__all__ = ["Row", "Table", "clean", "read_tables", "several_members"]

#: Largest unpacked member that is read; the biggest official file (Scorecard, all years) has about 400 MB.
MAX_UNPACKED = 2 * 1024**3
#: A workbook inside a zip is unpacked to be read; the biggest official one (OEWS, all areas) has 80 MB.
UNPACKED_WORKBOOK = 500 * 1024**2


def read_tables(path: Path) -> Iterator[Table]:
    """Every table of a file, one after the other; each must be read (or left) before the next is asked for.

    A zip yields its members (of `x.csv` and `x_rv.csv` only the revised one), a workbook its sheets. Raises Refused
    for anything that is no table: an HTML page, an empty or cut-off archive, another format.
    """
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise Refused(f"{path.name} cannot be read ({error.strerror}).") from None
    if not start:
        raise Refused(f"{path.name} is empty.")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"{path.name} is an old Excel file (.xls). Save it as .xlsx or .csv and try again.")
    if start.startswith(b"PK"):
        yield from _read_archive(path)
        return
    if path.suffix.lower() in (".zip", ".xlsx"):
        with path.open("rb") as file:
            refuse_html(file.read(4096), path.name)
        raise Refused(f"{path.name} is no {path.suffix[1:]} file; the download may have failed.")
    with path.open("rb") as file:
        yield csv_table(path, path.name, file, path.stat().st_size)


def _read_archive(path: Path) -> Iterator[Table]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        kind = "workbook" if path.suffix.lower() == ".xlsx" else "zip file"
        raise Refused(f"{path.name} is a damaged or cut-off {kind} ({error}).") from None
    with archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
            yield from (
                Table(path, path.name, [], rows, lambda: 0.0, sheet=title, size=path.stat().st_size)
                for title, rows in read_workbook(path)
            )
            return
        members = _members(names)
        if not members:
            held = ", ".join(names[:5]) or "nothing"
            again = " Unpack the zip file in it and try again." if ".zip" in held.lower() else ""
            raise Refused(f"{path.name} holds no csv file and no workbook (it holds: {held}).{again}")
        for name in members:
            info = archive.getinfo(name)
            if info.file_size > (UNPACKED_WORKBOOK if name.lower().endswith(".xlsx") else MAX_UNPACKED):
                raise Refused(
                    f"{name} in {path.name} would unpack to {info.file_size:,} bytes; that is no official file."
                )
            if info.flag_bits & 0x1:
                raise Refused(f"{path.name} is protected by a password.")
            try:
                with archive.open(name) as member:
                    if name.lower().endswith(".xlsx"):
                        yield from _packed_workbook(path, name, member, info.file_size)
                    else:
                        yield csv_table(path, name, member, info.file_size)
            except DAMAGE as error:
                raise Refused(f"{name} in {path.name} is damaged or cut off ({error}).") from None


def _packed_workbook(path: Path, name: str, member: IO[bytes], size: int) -> Iterator[Table]:
    """Sheets of a workbook inside a zip, as BLS and O*NET pack theirs; unpacked first, to be read at random."""
    with TemporaryFile() as file:
        shutil.copyfileobj(member, file)
        for title, rows in read_workbook(path, file):
            yield Table(path, name, [], rows, lambda: 0.0, sheet=title, size=size)


def several_members(path: Path) -> bool:
    """Whether it is an archive with more than one file of data in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (*DAMAGE, OSError):
        return False
    return "xl/workbook.xml" not in names and len(_members(names)) > 1


def _members(names: list[str]) -> list[str]:
    """The data members: no folders, no Mac leftovers, and of a file and its revision only the revision."""
    wanted = [
        name
        for name in names
        if name.lower().endswith((".csv", ".txt", ".xlsx"))
        and not name.startswith("__MACOSX/")
        and "/._" not in f"/{name}"
    ]
    stems = {name.lower() for name in wanted}
    return [name for name in wanted if f"{name.lower()[:-4]}_rv{name.lower()[-4:]}" not in stems]
