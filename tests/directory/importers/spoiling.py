"""A valid file, spoilt in every way that we have seen or can think of."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from directory.importers.registry import importer_for
from tests.directory.importers.files import Part, Sample, archive

HTML = b"<!DOCTYPE html>\r\n<html><head><title>Service unavailable</title></head><body>503</body></html>\r\n"
NOT_NUMBERS = ("forty", "4O", "1e5", "#REF!", "1,2,3,4", "nan")
OUT_OF_BOUNDS = ("1000000000000", "-5555555", "99999999999999999999999999")
UNKNOWN_CODES = ("77777", "?", "1.5", "-77")
NOT_KEYS = ("", "1", "99999999999", "-1", "key")
NOT_DATES = ("13/45/2024", "31.12.2024", "soon", "02/30/2024")
FORMULAS = ("=cmd()", "=1+1", '=HYPERLINK("http://x.example")')
SENTINELS = ("-9", "-1", ".", "", "PS", "*")


@dataclass(frozen=True)
class Spoilt:
    """A file that is wrong in one way. `marks_only` are known marks of missing values in a place of their own."""

    what: str
    name: str
    content: bytes
    marks_only: bool = False
    one_row: bool = False


def spoilt(sample: Sample) -> Iterator[Spoilt]:
    """Fifty and more variants of the sample."""
    yield from _cut(sample)
    yield from _wrong_format(sample)
    yield from _wrong_table(sample)
    yield from _damaged_workbook(sample) if sample.name.endswith(".xlsx") else _damaged_text(sample)
    yield from _wrong_cells(sample)
    yield from _wrong_rows(sample)


def _cut(sample: Sample) -> Iterator[Spoilt]:
    whole = sample.content()
    ends = {0, 7, len(whole) - 1, len(whole) - 4}
    ends |= {len(whole) * share // 20 for share in (6, 12, 17, 19)}
    if not importer_for(sample.source).last_line_ends:  # whether a last cell is whole cannot be told then
        last_cell = whole.rstrip().rindex(b",")
        ends = {end for end in ends if end <= last_cell or end >= len(whole.rstrip())}
    for end in sorted(ends):
        yield Spoilt(f"cut at byte {end} of {len(whole)}", sample.name, whole[:end])


def _wrong_format(sample: Sample) -> Iterator[Spoilt]:
    whole = sample.content()
    stem = sample.name.rpartition(".")[0]
    yield Spoilt("a web page", sample.name, HTML)
    yield Spoilt("a zip of a web page", f"{stem}.zip", archive({f"{stem}.csv": HTML}))
    yield Spoilt("a zip of pictures", f"{stem}.zip", archive({"a.png": b"\x89PNG", "b.txt.bak": b"x"}))
    yield Spoilt("a zip of an empty file", f"{stem}.zip", archive({f"{stem}.csv": b""}))
    yield Spoilt("a zip in a zip", f"{stem}.zip", archive({f"{stem}.zip": archive({f"{stem}.csv": whole})}))
    yield Spoilt("a cut-off zip", f"{stem}.zip", archive({f"{stem}.csv": whole})[:-30])
    yield Spoilt("a zip with a wrong byte", f"{stem}.zip", flipped(archive({f"{stem}.csv": whole}), 60))
    yield Spoilt("gzip", f"{stem}.csv", gzip.compress(whole))
    yield Spoilt("UTF-16", f"{stem}.csv", sample.part.csv().encode("utf-16"))


def _wrong_table(sample: Sample) -> Iterator[Spoilt]:
    part = sample.part

    def table(what: str, part: Part) -> Spoilt:
        return Spoilt(what, sample.name, sample.but(part).content())

    other = replace(part, header=("Alpha", "Beta", "Gamma"), rows=(("1", "2", "3"), ("4", "5", "6")))
    yield table("another source's table", other)
    yield table("a header without rows", replace(part, rows=()))
    yield table("no header", replace(part, header=part.rows[0], rows=part.rows[1:]))
    yield table("the header twice", replace(part, rows=(part.header, *part.rows)))
    yield table("the header again in the middle", replace(part, rows=(*part.rows[:1], part.header, *part.rows[1:])))
    yield table("two copies one after the other", replace(part, rows=(*part.rows, part.header, *part.rows)))
    required = [each.name for each in importer_for(sample.source).columns if each.required]
    for column in dict.fromkeys((*sample.keys[:2], *sample.numbers[:1])):
        at = part.header.index(column)
        keep = [place for place in range(len(part.header)) if place != at]
        if column in required:
            yield table(f"without {column}", part.reordered(keep))
        yield table(
            f"the header lacks {column}, the rows do not",
            replace(part, header=tuple(part.header[place] for place in keep)),
        )
        yield table(f"{column} stands there twice", part.reordered([*range(len(part.header)), at]))
        shifted = tuple((*row[:at], *row[at + 1 :], "") for row in part.rows)
        yield table(f"cells moved left from {column}", replace(part, rows=shifted))
        right = tuple((*row[:at], "", *row[at:-1]) for row in part.rows)
        yield table(f"cells moved right from {column}", replace(part, rows=right))
    header = list(part.header)
    first, last = header.index(sample.keys[0]), header.index((*sample.numbers, *sample.texts)[0])
    header[first], header[last] = header[last], header[first]
    yield table("two names of the header swapped", replace(part, header=tuple(header)))
    yield table("every header name misspelt", replace(part, header=tuple(f"{name}X" for name in part.header)))


def _damaged_workbook(sample: Sample) -> Iterator[Spoilt]:
    whole = sample.content()
    for share in (1, 3, 5, 7, 9):
        at = len(whole) * share // 10
        yield Spoilt(f"a workbook with a wrong byte {at}", sample.name, flipped(whole, at))
    inside = zipfile.ZipFile(io.BytesIO(whole))
    for lost in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"):
        kept = {name: inside.read(name) for name in inside.namelist() if name != lost}
        yield Spoilt(f"a workbook without {lost}", sample.name, archive(kept))
    broken = {name: inside.read(name).replace(b"</row>", b"", 1) for name in inside.namelist()}
    yield Spoilt("a workbook with broken XML", sample.name, archive(broken))


def _damaged_text(sample: Sample) -> Iterator[Spoilt]:
    part = sample.part
    lines = sample.content().splitlines(keepends=True) if sample.name.endswith(".csv") else []
    if sample.name.endswith(".zip"):
        lines = part.csv().encode().splitlines(keepends=True)
    if not lines:
        return
    name = sample.name.rpartition(".")[0] + ".csv" if len(sample.parts) == 1 else sample.name

    def text(what: str, content: bytes) -> Spoilt:
        if len(sample.parts) > 1:
            others = {other.name: other.csv().encode() for other in sample.parts[1:]}
            return Spoilt(what, name, archive({part.name: content, **others}))
        return Spoilt(what, name, content)

    second, rest = lines[1], lines[2:]
    yield text("a quotation mark opened in the first row", lines[0] + b'"' + second + b"".join(rest))
    yield text("a quotation mark opened in the last row", b"".join(lines[:-1]) + b'"' + lines[-1])
    comma = second.rindex(b",") + 1
    yield text(
        "a quotation mark opened in a last cell",
        lines[0] + second[:comma] + b'"' + second[comma:] + b"".join(rest),
    )
    quoted = part.csv(quoting=csv.QUOTE_ALL).encode()
    start = quoted.index(b"\n") + 1
    yield text("everything quoted, one quotation mark lost", quoted[:start] + quoted[start:].replace(b'",', b",", 1))
    yield text(
        "everything quoted, one quotation mark too many",
        quoted[:start] + quoted[start:].replace(b'"', b'""', 1),
    )
    yield text("everything quoted, the last quotation mark lost", quoted.rstrip(b'"\r\n') + b"\r\n")
    yield text("another delimiter in the rows", lines[0] + b"".join(lines[1:]).replace(b",", b";"))
    yield text("a NUL in a row", lines[0] + b"\0" + second + b"".join(rest))
    yield text("half a character in a row", lines[0] + b"\xc3" + second + b"".join(rest) + "é".encode() * 0)
    yield text("bytes that no encoding knows", lines[0] + second[:3] + b"\x81\x8d\x90" + second[3:] + b"".join(rest))
    yield text(
        "UTF-8 with a mark and a wrong byte",
        b"\xef\xbb\xbf" + lines[0] + second[:3] + b"\xe9" + second[3:] + b"".join(rest),
    )
    yield text("a surrogate in UTF-8", lines[0] + second[:3] + b"\xed\xa0\x80" + second[3:] + b"".join(rest))
    yield text(
        "a row torn in two",
        lines[0] + second[: len(second) // 2] + b"\r\n" + second[len(second) // 2 :] + b"".join(rest),
    )
    yield text("a row with surplus cells", lines[0] + second.rstrip(b"\r\n") + b",1,2,3\r\n" + b"".join(rest))
    yield text("a row of commas", lines[0] + b"," * 400 + b"\r\n" + second + b"".join(rest))
    yield text("a row of a million letters", lines[0] + b"x" * 1_100_000 + b"\r\n" + second + b"".join(rest))
    yield text("blank lines before the header", b"\r\n\r\n" + b"".join(lines))


def _wrong_cells(sample: Sample) -> Iterator[Spoilt]:
    kinds = (
        (sample.numbers, (*NOT_NUMBERS, *OUT_OF_BOUNDS)),
        (sample.codes, UNKNOWN_CODES),
        (sample.dates, NOT_DATES),
        (sample.keys, NOT_KEYS),
        (sample.texts, ("x" * 20_000,)),
    )
    # Each wrong value meets one column of its kind, and each column some wrong value.
    for columns, values in kinds:
        for turn in range(max(len(columns), len(values)) if columns else 0):
            yield _cell(sample, columns[turn % len(columns)], values[turn % len(values)])
    for turn, formula in enumerate(FORMULAS):
        columns = (*sample.texts, *sample.keys, *sample.numbers)
        yield _cell(sample, columns[turn % len(columns)], formula)
    if sample.texts:
        yield _cell(sample, sample.texts[0], "")
    for turn, mark in enumerate(SENTINELS if sample.numbers else ()):
        cell = _cell(sample, sample.numbers[turn % len(sample.numbers)], mark)
        yield replace(cell, marks_only=True, one_row=False)


def _cell(sample: Sample, column: str, value: str) -> Spoilt:
    content = sample.but(sample.part.with_cell(1, column, value)).content()
    return Spoilt(f"{column} {value[:30]!r}", sample.name, content, one_row=True)


def _wrong_rows(sample: Sample) -> Iterator[Spoilt]:
    part = sample.part

    def table(what: str, part: Part) -> Spoilt:
        return Spoilt(what, sample.name, sample.but(part).content())

    yield table("a row twice", replace(part, rows=(*part.rows, part.rows[0])))
    if sample.numbers:
        column = sample.numbers[0]
        contrary = part.only([0]).with_cell(0, column, "77").rows
        yield table("a row twice that says two things", replace(part, rows=(*part.rows, *contrary)))
        key = sample.keys[0]
        swapped = {key: part.rows[0][part.header.index(column)], column: part.rows[0][part.header.index(key)]}
        yield table("two cells of a row swapped", part.with_row(0, swapped))
    yield table("a row of blanks", replace(part, rows=(*part.rows, ("",) * len(part.header))))
    yield table("a row that lacks its last cells", replace(part, rows=(part.rows[0][:-2], *part.rows[1:])))


def flipped(content: bytes, at: int) -> bytes:
    changed = bytearray(content)
    changed[at % len(changed)] ^= 0xFF
    return bytes(changed)
