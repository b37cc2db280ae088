"""From the starter catalogue into an empty database: whole, or not at all and with the reason."""

from __future__ import annotations

import csv
import io
import lzma
import zipfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from django.utils.module_loading import import_string

from directory.importers.locking import import_lock
from directory.models import Listing, Opening, Release, SearchEntry
from directory.pipeline.refresh import refresh
from directory.pipeline.starter import RELEASES, Say, columns, is_empty, numbered, related, tables

BATCH: Final = 2_000
#: What a damaged archive raises while it is read.
DAMAGE: Final = (zipfile.BadZipFile, lzma.LZMAError, EOFError, OSError, UnicodeDecodeError)


class NotEmptyError(ValueError):
    """The database holds something already."""


def load(path: Path, say: Say) -> int:
    """Fill an empty database from the catalogue, in one transaction; returns the number of rows.

    Raises NotEmptyError when something is loaded already (also by somebody who was quicker), ValueError with table
    and row when the catalogue does not fit the models.
    """
    with import_lock(), _archive(path) as archive, transaction.atomic():
        if not is_empty():
            raise NotEmptyError("The database is not empty; the starter catalogue fills empty ones only.")
        releases = _load_releases(archive)
        total = sum(_load_table(archive, model, releases, say) for model, _ in tables())
        _reset_sequences([model for model, _ in tables()])
        for config in apps.get_app_configs():
            for loader in getattr(config, "starter_loaders", ()):
                import_string(loader)()
        say("  building the lists")
        _take_stock([model for model, _ in tables()])
        refresh()
        _take_stock([Listing, Opening, SearchEntry])
        connection.check_constraints()  # now, and with a name, rather than at the commit
    return total


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise ValueError(f"{path.name} is no zip file, or a damaged one ({error}).") from None
    if f"{RELEASES}.csv" not in archive.namelist():
        archive.close()
        raise ValueError(f"{path.name} is no starter catalogue: it lacks {RELEASES}.csv.")
    return archive


def _rows(archive: zipfile.ZipFile, name: str) -> Generator[tuple[int, dict[str, str]]]:
    """(number, cells by column) of a table, numbered from 1. Raises ValueError for a row of another shape."""
    try:
        with archive.open(f"{name}.csv") as member:
            reader = csv.DictReader(io.TextIOWrapper(member, encoding="utf-8", newline=""))
            for number, row in enumerate(reader, start=1):
                if None in row or None in row.values():
                    raise ValueError(f"row {number} has more or fewer cells than the header")
                yield number, row
    except DAMAGE as error:
        raise ValueError(f"the file is damaged ({error})") from None


def _load_releases(archive: zipfile.ZipFile) -> dict[str, int]:
    """Label ("source@vintage") -> id."""
    made = {}
    try:
        with closing(_rows(archive, RELEASES)) as rows:
            for _, row in rows:
                release = Release.objects.create(
                    source=row["source"], vintage=row["vintage"], rank=int(row["rank"]),
                    year=int(row["year"]) if row["year"] else None, scope=row["scope"],
                    families=row["families"].split(), rows=int(row["rows"]), origin=Release.Origin.STARTER,
                )  # fmt: skip
                made[f"{release.source}@{release.vintage}"] = release.pk
    except (ValueError, KeyError, IntegrityError) as error:
        raise ValueError(f"The catalogue’s {Release._meta.label} does not fit: {error}.") from None
    return made


def _load_table(archive: zipfile.ZipFile, model: type[models.Model], releases: dict[str, int], say: Say) -> int:
    """Rows in batches; the row's number is its id, to which other tables refer. 0 when the table is not in it."""
    name = model._meta.label_lower
    if f"{name}.csv" not in archive.namelist():
        return 0
    fields = {field.attname: field for field in columns(model)}
    batch: list[models.Model] = []
    count = 0
    try:
        with closing(_rows(archive, name)) as rows:
            for count, row in rows:
                batch.append(_made(model, fields, count, row, releases))
                if len(batch) == BATCH:
                    model._default_manager.bulk_create(batch)
                    batch = []
        model._default_manager.bulk_create(batch)
    except (ValueError, IntegrityError) as error:
        raise ValueError(f"The catalogue’s {model._meta.label} does not fit: {error}.") from None
    say(f"  {model._meta.verbose_name_plural}: {count:,}")
    return count


def _made(
    model: type[models.Model],
    fields: dict[str, models.Field[Any, Any]],
    number: int,
    row: dict[str, str],
    releases: dict[str, int],
) -> models.Model:
    if unknown := row.keys() - fields.keys():
        raise ValueError(f"columns that {model._meta.label} lacks: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {"pk": number} if numbered(model) else {}
    for name, text in row.items():
        try:
            values[name] = _value(fields[name], text, releases)
        except (ValidationError, KeyError, ValueError):
            raise ValueError(f"row {number}, {name} {text!r} cannot be read") from None
    return model(**values)


def _value(field: models.Field[Any, Any], text: str, releases: dict[str, int]) -> Any:
    if text == "" and field.null:
        return None
    if not field.is_relation:
        return field.to_python(text)
    return releases[text] if related(field) is Release else related(field)._meta.pk.to_python(text)


def _take_stock(filled: list[type[models.Model]]) -> None:
    """PostgreSQL plans by what it knows of a table, and of one that was just filled it knows nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            names = (connection.ops.quote_name(model._meta.db_table) for model in filled)
            cursor.execute(f"ANALYZE {', '.join(names)}")


def _reset_sequences(filled: list[type[models.Model]]) -> None:
    """PostgreSQL hands out ids from a counter that knows nothing of rows with given ids."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
