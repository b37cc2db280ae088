"""The starter catalogue: the product's own table of facts, with which the site works from the first minute.

One zip with a csv per table, in the product's own schema. Numbers of rows stand for ids, and each fact names its
release as "source@vintage", so that the file reads by itself and is the same bytes for the same facts.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from directory.models import Release
from directory.pipeline.refresh import refresh

CATALOGUE: Final = Path(__file__).resolve().parent.parent / "starter" / "catalogue.zip"
RELEASES: Final = "directory.release"
RELEASE_COLUMNS: Final = ("source", "vintage", "rank", "year", "scope", "families", "rows")
MADE: Final = (1980, 1, 1, 0, 0, 0)  # zip's earliest date: the file says when it was made nowhere else either
BATCH: Final = 2_000
Say = Callable[[str], None]
Queries = Callable[[], models.QuerySet[models.Model]]


def tables() -> list[tuple[type[models.Model], Queries]]:
    """(model, rows) of every app that has some, in the order in which they refer to one another."""
    found: list[tuple[type[models.Model], Queries]] = []
    for config in apps.get_app_configs():
        path = getattr(config, "starter_tables", "")
        if path:
            found += import_string(path)
    return found


def build(path: Path, say: Say) -> int:
    """Write the catalogue from the database; returns the size of the file in bytes."""
    numbers: dict[type[models.Model], dict[Any, int]] = {}
    releases: set[int] = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for model, rows in tables():
            text, count = _as_csv(model, rows(), numbers, releases)
            _put(archive, f"{model._meta.label_lower}.csv", text)
            say(f"  {model._meta.verbose_name_plural}: {count:,} rows")
        _put(archive, f"{RELEASES}.csv", _releases_as_csv(releases))
    return path.stat().st_size


def load(path: Path, say: Say) -> int:
    """Fill an empty database from the catalogue, in one transaction; returns the number of rows.

    Raises ValueError when a table is not empty, or when the catalogue does not fit the models.
    """
    total = 0
    with zipfile.ZipFile(path) as archive, transaction.atomic():
        releases = _load_releases(_rows(archive, RELEASES))
        names = set(archive.namelist())
        for model, _ in tables():
            name = model._meta.label_lower
            if f"{name}.csv" not in names:
                continue
            if model._default_manager.exists():
                raise ValueError(f"{model._meta.verbose_name_plural} are not empty; the starter fills empty databases.")
            count = _load_table(model, _rows(archive, name), releases)
            say(f"  {model._meta.verbose_name_plural}: {count:,}")
            total += count
        _reset_sequences([model for model, _ in tables()])
        for config in apps.get_app_configs():
            for loader in getattr(config, "starter_loaders", ()):
                import_string(loader)()
        say("  building the lists")
        refresh()
        connection.check_constraints()  # now, and with a name, rather than at the commit
    return total


def is_empty() -> bool:
    """Whether nothing has been loaded yet."""
    return not any(model._default_manager.exists() for model, _ in tables())


# --- writing -------------------------------------------------------------------------------------


def _columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Columns that the catalogue keeps: no id (rows are numbered), no account of a person."""
    kept = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    return [field for field in kept if not (field.is_relation and _related(field)._meta.app_label == "auth")]


def _related(field: models.Field[Any, Any]) -> type[models.Model]:
    model = field.related_model
    assert isinstance(model, type)  # noqa: S101 - a resolved relation; for the type checker
    return model


def _as_csv(
    model: type[models.Model],
    rows: models.QuerySet[models.Model],
    numbers: dict[type[models.Model], dict[Any, int]],
    releases: set[int],
) -> tuple[str, int]:
    columns = _columns(model)
    labels = {release.pk: f"{release.source}@{release.vintage}" for release in Release.objects.all()}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.attname for field in columns])
    own = numbers.setdefault(model, {})
    for number, values in enumerate(rows.values_list("pk", *(field.attname for field in columns)), start=1):
        own[values[0]] = number
        cells: list[Any] = []
        for field, value in zip(columns, values[1:], strict=True):
            if value is not None and field.is_relation:
                if _related(field) is Release:
                    releases.add(value)
                    value = labels[value]
                elif _numbered(_related(field)):
                    value = _number(field, value, numbers)
            cells.append(_text(value))
        writer.writerow(cells)
    return out.getvalue(), len(own)


def _numbered(model: type[models.Model]) -> bool:
    """Whether rows are known by a number of ours; others (ZIP codes, job zones) have a name of their own."""
    return isinstance(model._meta.pk, models.AutoField)


def _number(field: models.Field[Any, Any], pk: Any, numbers: dict[type[models.Model], dict[Any, int]]) -> int | None:
    """The row that a foreign key leads to; nothing when the catalogue leaves that row out and the column may be empty."""
    found = numbers.get(_related(field), {}).get(pk)
    if found is None and not field.null:
        raise ValueError(f"{field.model._meta.label}.{field.name} refers to a row that the catalogue does not have.")
    return found


def _text(value: Any) -> str:
    """A value as Field.to_python reads it back."""
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def _releases_as_csv(pks: set[int]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(RELEASE_COLUMNS)
    for release in Release.objects.filter(pk__in=pks).order_by("source", "rank", "vintage"):
        values = {**vars(release), "families": " ".join(release.families)}
        writer.writerow(["" if values[name] is None else values[name] for name in RELEASE_COLUMNS])
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, MADE)
    info.compress_type = zipfile.ZIP_LZMA
    info.external_attr = 0o644 << 16
    archive.writestr(info, text.encode())


# --- reading -------------------------------------------------------------------------------------


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    with archive.open(f"{name}.csv") as member:
        yield from csv.DictReader(io.TextIOWrapper(member, encoding="utf-8", newline=""))


def _load_releases(rows: Iterator[dict[str, str]]) -> dict[str, int]:
    made = [
        Release(
            source=row["source"], vintage=row["vintage"], rank=int(row["rank"]),
            year=int(row["year"]) if row["year"] else None, scope=row["scope"], families=row["families"].split(),
            rows=int(row["rows"]), origin=Release.Origin.STARTER,
        )
        for row in rows
    ]  # fmt: skip
    for release in made:
        release.save()
    return {f"{release.source}@{release.vintage}": release.pk for release in made}


def _load_table(model: type[models.Model], rows: Iterator[dict[str, str]], releases: dict[str, int]) -> int:
    """Rows in batches; the row's number is its id, to which other tables refer."""
    fields = {field.attname: field for field in _columns(model)}
    numbered = _numbered(model)
    batch: list[models.Model] = []
    count = 0
    for row in rows:
        unknown = row.keys() - fields.keys()
        if unknown:
            raise ValueError(f"The catalogue has columns that {model._meta.label} lacks: {', '.join(sorted(unknown))}.")
        count += 1
        values = {name: _value(fields[name], text, releases) for name, text in row.items()}
        batch.append(model(**({"pk": count} if numbered else {}), **values))
        if len(batch) == BATCH:
            model._default_manager.bulk_create(batch)
            batch = []
    model._default_manager.bulk_create(batch)
    return count


def _value(field: models.Field[Any, Any], text: str, releases: dict[str, int]) -> Any:
    if text == "" and field.null:
        return None
    if field.is_relation:
        return releases[text] if _related(field) is Release else _key(field, text)
    return field.to_python(text)


def _key(field: models.Field[Any, Any], text: str) -> Any:
    return _related(field)._meta.pk.to_python(text)


def _reset_sequences(filled: list[type[models.Model]]) -> None:
    """PostgreSQL hands out ids from a counter that knows nothing of rows with given ids."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
