"""The starter catalogue: the product's own table of facts, with which the site works from the first minute.

One zip with a csv per table, in the product's own schema. Numbers of rows stand for ids, and each fact names its
release as "source@vintage", so that the file reads by itself and is the same bytes for the same facts.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import import_string

from directory.curation import overrides
from directory.models import Release

CATALOGUE: Final = Path(__file__).resolve().parent.parent / "starter" / "catalogue.zip"
RELEASES: Final = "directory.release"
RELEASE_COLUMNS: Final = ("source", "vintage", "rank", "year", "scope", "families", "rows")
MADE: Final = (1980, 1, 1, 0, 0, 0)  # zip's earliest date: the file says when it was made nowhere else either
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
    """Write the catalogue from the database; returns the size of the file in bytes.

    Corrections by staff are lifted meanwhile: a value stands under its release only as that release has it.
    """
    with transaction.atomic():
        overrides.lift()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
            _write(archive, say)
        transaction.set_rollback(True)
    return path.stat().st_size


def _write(archive: zipfile.ZipFile, say: Say) -> None:
    numbers: dict[type[models.Model], dict[Any, int]] = {}
    releases: set[int] = set()
    for model, rows in tables():
        text, count = _as_csv(model, rows(), numbers, releases)
        _put(archive, f"{model._meta.label_lower}.csv", text)
        say(f"  {model._meta.verbose_name_plural}: {count:,} rows")
    _put(archive, f"{RELEASES}.csv", _releases_as_csv(releases))


def is_empty() -> bool:
    """Whether nothing has been loaded yet."""
    return not any(model._default_manager.exists() for model, _ in tables())


#: What staff of one site decided: which rows they merged, and how they read an accreditor's files.
OF_STAFF: Final = frozenset({"merged_into", "list_layout"})


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Columns that the catalogue keeps: no id (rows are numbered), no account of a person, nothing of OF_STAFF."""
    fields = (field for field in model._meta.concrete_fields if field.name not in OF_STAFF)
    kept = [field for field in fields if not isinstance(field, models.AutoField)]
    return [field for field in kept if not (field.is_relation and related(field)._meta.app_label == "auth")]


def related(field: models.Field[Any, Any]) -> type[models.Model]:
    model = field.related_model
    assert isinstance(model, type)  # noqa: S101 - a resolved relation; for the type checker
    return model


def _as_csv(
    model: type[models.Model],
    rows: models.QuerySet[models.Model],
    numbers: dict[type[models.Model], dict[Any, int]],
    releases: set[int],
) -> tuple[str, int]:
    kept = columns(model)
    labels = {release.pk: f"{release.source}@{release.vintage}" for release in Release.objects.all()}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.attname for field in kept])
    own = numbers.setdefault(model, {})
    for number, values in enumerate(rows.values_list("pk", *(field.attname for field in kept)), start=1):
        own[values[0]] = number
        cells: list[Any] = []
        for field, value in zip(kept, values[1:], strict=True):
            if value is not None and field.is_relation:
                if related(field) is Release:
                    releases.add(value)
                    value = labels[value]
                elif numbered(related(field)):
                    value = _number(field, value, numbers)
            cells.append(_text(value))
        writer.writerow(cells)
    return out.getvalue(), len(own)


def numbered(model: type[models.Model]) -> bool:
    """Whether rows are known by a number of ours; others (ZIP codes, job zones) have a name of their own."""
    return isinstance(model._meta.pk, models.AutoField)


def _number(field: models.Field[Any, Any], pk: Any, numbers: dict[type[models.Model], dict[Any, int]]) -> int | None:
    """The row that a foreign key leads to; None when the catalogue leaves it out and the column may be empty."""
    found = numbers.get(related(field), {}).get(pk)
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
