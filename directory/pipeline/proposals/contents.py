"""What a file is by its content, and why it is none that may be opened; its name says nothing."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from directory.importers.csv_text import refuse_html
from directory.importers.errors import DAMAGE, Refused
from directory.importers.reading import MAX_UNPACKED

CSV, ZIP, XLSX = "csv", "zip", "xlsx"
ENDINGS: Final = {CSV: (".csv", ".txt"), ZIP: (".zip",), XLSX: (".xlsx",)}
START: Final = 64 * 1024
#: First bytes -> what such a file is.
STRANGERS: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls); save it as .xlsx or .csv"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"7z\xbc\xaf", "packed with 7-Zip; unpack it first"),
    (b"Rar!", "packed with RAR; unpack it first"),
    (b"BZh", "packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
)
#: Members of a workbook that are, or run, programs.
MACROS: Final = ("vbaproject.bin", "vbadata.xml", "xl/macrosheets/", "xl/workbook.bin", "xl/activex/", "xl/embeddings/")
#: Small members may be packed as tightly as they like.
RATIO_FROM: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file turned out to be; `unpacked` are the bytes that reading it may take."""

    kind: str
    unpacked: int


def examine(path: Path) -> Contents:
    """What the file is. Refused, with the reason, for whatever is no csv, zip of tables or workbook without macros.

    Only beginnings and tables of contents are read: what packed files claim to hold is never unpacked here.
    """
    with path.open("rb") as file:
        start = file.read(START)
    size = path.stat().st_size
    if not start:
        raise Refused("The file is empty.")
    if start.startswith(b"PK"):
        return _packed(path)
    for first, what in STRANGERS:
        if start.startswith(first):
            raise Refused(f"The file is {what}. Official tables are csv, zip or xlsx files.")
    if start.count(0) == len(start):
        raise Refused("The file holds nothing but zeros.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("The file is encoded as UTF-16. Save it as CSV (UTF-8) and try again.")
    if 0 in start:
        raise Refused("The file is no table of text. Official tables are csv, zip or xlsx files.")
    refuse_html(start[:4096], "The file")
    return Contents(CSV, size)


def _packed(path: Path) -> Contents:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            _check_members(members)
            names = {each.filename.lower() for each in members}
            if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
                _check_workbook(archive, names)
                kind = XLSX
            else:
                _check_archive(archive, members)
                kind = ZIP
    except DAMAGE as error:
        raise Refused(f"The file is a damaged or cut-off zip or workbook ({error}).") from None
    return Contents(kind, sum(each.file_size for each in members))


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    most: int = settings.RELEASES_MAX_MEMBERS
    if len(members) > most:
        raise Refused(
            f"The file packs {len(members):,} files; official ones hold a few, and at most {most:,} are read."
        )
    for each in members:
        name = each.filename
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:3]:
            raise Refused(f"{_shown(name)} leads out of the archive. No official file does that.")
        if not name.isprintable():
            raise Refused("A file in the archive has a name that cannot be read.")
        if each.flag_bits & 0x1:
            raise Refused("The file is protected by a password.")
        ratio = each.file_size / max(1, each.compress_size)
        if each.file_size > RATIO_FROM and ratio > settings.RELEASES_MAX_RATIO:
            raise Refused(
                f"{_shown(name)} would unpack to {each.file_size:,} bytes, {ratio:,.0f} times its size. Tables do not "
                f"pack that tightly (at most {settings.RELEASES_MAX_RATIO} times is read): it is a zip bomb, or zeros."
            )
    total = sum(each.file_size for each in members)
    if total > MAX_UNPACKED:
        raise Refused(f"The file would unpack to {total:,} bytes; at most {MAX_UNPACKED:,} are read.")


def _check_workbook(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.endswith(MACROS) or name.startswith(MACROS) for name in names):
        raise Refused("The workbook holds macros or other files. Save it as .xlsx without macros, or as .csv.")
    types = next(each for each in archive.namelist() if each.lower() == "[content_types].xml")
    if archive.getinfo(types).file_size > START * 16:
        raise Refused("The workbook’s table of contents is too large; that is no official file.")
    if b"macroenabled" in archive.read(types).lower():
        raise Refused("The workbook is one with macros (.xlsm). Save it as .xlsx without macros, or as .csv.")


def _check_archive(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise Refused("The zip file holds nothing.")
    for each in members:
        with archive.open(each) as member:
            start = member.read(8)
        if not start.startswith(b"PK"):
            continue
        if not each.filename.lower().endswith(".xlsx"):
            raise Refused(
                f"{_shown(each.filename)} is a zip file within the zip file. Unpack the outer one and propose the "
                "files one by one: each is one table of one release."
            )
        with archive.open(each) as member, zipfile.ZipFile(member) as inner:
            parts = [part for part in inner.infolist() if not part.is_dir()]
            _check_members(parts)
            names = {part.filename.lower() for part in parts}
            if "[content_types].xml" not in names:
                raise Refused(f"{_shown(each.filename)} is called a workbook and is another zip file.")
            _check_workbook(inner, names)


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name)[:100]
