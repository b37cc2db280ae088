"""Columns of listings under the names that their forms give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from directory.admin.labels import LABELS
from directory.curation.batches.columns import MODELS, is_own, model_field, words
from directory.vocab import ListingKind


def label(kind: str, column: str) -> str:
    if (kind, column) == (ListingKind.PROGRAM, "state"):
        return "On the lists"
    name = str(model_field(kind, column).verbose_name)
    if is_own(kind, column):
        return name
    return LABELS.get(column) or name[:1].upper() + name[1:]


def shown(kind: str, column: str, kept: Any) -> str:
    """A plain value in words; one that is longer than a line is cut."""
    said = words(kind, column, kept)
    return said if len(said) <= 80 else f"{said[:79]}…"


def kind_of(model: type) -> str:
    """The kind of listing that a table holds."""
    return next(kind for kind, held in MODELS.items() if held is model)


def hour(moment: dt.datetime | None) -> str:
    """A moment with its time zone, which is the site's; nothing for none."""
    if moment is None:
        return ""
    return f"{date_format(timezone.localtime(moment), 'j F Y, H:i')} ({timezone.get_current_timezone_name()})"
