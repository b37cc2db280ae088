"""Everyday names of fields of study, from our own list."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet

from directory.models import FieldOfStudy

NAMES: Final = Path(__file__).resolve().parent.parent / "starter" / "everyday_names.toml"


def load_everyday_names() -> int:
    """Fill the names of fields that have none yet; what staff wrote stays, and so does what they emptied.

    Returns how many were filled.
    """
    names: dict[str, str] = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    edited = LogEntry.objects.filter(content_type__app_label="directory", content_type__model="fieldofstudy")
    by_staff = set(FieldOfStudy.objects.filter(pk__in=_keys(edited)).values_list("cip", flat=True))
    return sum(
        FieldOfStudy.objects.filter(cip=cip, everyday_names="").update(everyday_names=words)
        for cip, words in names.items()
        if cip not in by_staff
    )


def _keys(edited: QuerySet[LogEntry]) -> list[str]:
    return [key for key in edited.values_list("object_id", flat=True).distinct() if key]
