"""Which importers there are, and which of them a table belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from directory.importers.base import HEADER_DEPTH, Importer, Layout, Vintage, tidy_header
from directory.importers.errors import Refused
from directory.importers.reading import Table, read_tables
from directory.vocab import Source

_importers: dict[Source, Importer] = {}


def register(importer: type[Importer]) -> type[Importer]:
    """Make an importer known; used as a class decorator. Apps import their importers when Django starts."""
    _importers[importer.source] = importer()
    return importer


def importer_for(source: str) -> Importer:
    """The importer of a source; Refused names the known ones."""
    if source not in _importers:
        raise Refused(f"There is no source “{source}”. Known sources: {', '.join(sorted(_importers))}.")
    return _importers[Source(source)]


def importers() -> list[Importer]:
    """All importers in loading order: what others need comes first."""
    ordered: list[Importer] = []

    def put(importer: Importer) -> None:
        if importer in ordered:
            return
        for source in (*importer.needs, *importer.follows):
            if source in _importers:
                put(_importers[source])
        ordered.append(importer)

    for source in Source:  # the vocabulary's order, so that it is the same on every machine
        if source in _importers:
            put(_importers[source])
    return ordered


def find_table(path: Path, layout: Layout) -> Iterator[tuple[Table, dict[str, int]]]:
    """The table of a layout in a file, its columns located and the rows at the first data row.

    A generator with at most one item, because the file is open only while it runs. Raises Refused, naming the
    columns that are missing from the table that comes closest.
    """
    closest: tuple[int, str, list[str]] | None = None
    for table in read_tables(path):
        for index, missing in _headers(table, layout):
            if not missing:
                yield table, index
                return
            if closest is None or len(missing) < closest[0]:
                closest = (len(missing), table.sheet or table.name, missing)
    if closest is None or not closest[2]:
        raise Refused(f"{path.name} holds no table.")
    _, name, missing = closest
    columns = (
        f"column{'s' if len(missing) > 1 else ''} {', '.join(missing[:8])}{' and more' if len(missing) > 8 else ''}"
    )
    which = "it" if name == path.name else name
    raise Refused(f"{path.name} is not {layout.source.label}: {which} lacks the {columns}.")


def _headers(table: Table, layout: Layout) -> Iterator[tuple[dict[str, int], list[str]]]:
    """Matches of the table's possible header rows: the first line of a csv, the first dozen of a sheet."""
    if not layout.reads(table):
        return
    if table.header:
        table.header = tidy_header(table.header)
        yield layout.match(table.header)
        return
    for _, cells in islice(table.rows, HEADER_DEPTH):
        header = trimmed(cells)
        if len([name for name in header if name]) >= 2:
            table.header = header
            yield layout.match(header)
        # What is no header is a title or an explanation, which may tell the years.
        table.notes.append(" ".join(name for name in header if name))


@dataclass(frozen=True, slots=True)
class Found:
    """A table that an importer can read, with its vintage if the file tells one."""

    path: Path
    importer: Importer
    vintage: Vintage | None
    revised: bool
    size: int


def recognise(path: Path) -> list[Found]:
    """What a file holds, told by its headers; several for a workbook with several tables. Raises Refused."""
    found: dict[Source, Found] = {}
    for table in read_tables(path):
        candidates = [importer for importer in importers() if importer.reads(table)]
        headers = [table.header] if table.header else [cells for _, cells in islice(table.rows, HEADER_DEPTH)]
        for header in headers:
            tidy = trimmed(header)
            fitting = [importer for importer in candidates if not importer.match(tidy)[1] and importer.claims(tidy)]
            table.header = tidy
            for importer in fitting:
                revised = "_rv" in table.name.lower()
                found.setdefault(importer.source, Found(path, importer, importer.vintage(table), revised, table.size))
            if fitting:
                break
    return list(found.values())


def tables_of(path: Path, importer: Importer) -> list[tuple[str, Vintage | None]]:
    """(name of the table, what release it says it is of) for each table of the file that the importer could read."""
    found = []
    for table in read_tables(path):
        if not importer.reads(table):
            continue
        headers = [table.header] if table.header else [cells for _, cells in islice(table.rows, HEADER_DEPTH)]
        for header in headers:
            tidy = trimmed(header)
            if not importer.match(tidy)[1] and importer.claims(tidy):
                table.header = tidy
                found.append((table.sheet or table.name.rsplit("/", 1)[-1], importer.vintage(table)))
                break
            table.notes.append(" ".join(name for name in tidy if name))
    return found


def refuse_several_years(importer: Importer, found: Iterable[tuple[str, Vintage | None]]) -> None:
    """Raises Refused for tables of one source and several releases, of which only the first would be read."""
    vintages = sorted({vintage.label for _, vintage in found if vintage})
    if len(vintages) > 1:
        names = ", ".join(name for name, _ in found)
        raise Refused(
            f"The file holds {importer.source.label} of several years: {', '.join(vintages)} ({names}). "
            "Load each year by itself."
        )


def looks_like_another(header: Sequence[str], importer: Importer) -> str:
    """The source that a header belongs to rather than to this one, which shares its columns; empty for none."""
    if importer.claims(header):
        return ""
    others = (other for other in importers() if other is not importer)
    return next((other.source.label for other in others if not other.match(header)[1] and other.claims(header)), "")


def trimmed(header: list[str]) -> list[str]:
    """A tidy header without the empty cells that sheets carry at the end of a row."""
    tidy = tidy_header(header)
    while tidy and not tidy[-1]:
        tidy.pop()
    return tidy
