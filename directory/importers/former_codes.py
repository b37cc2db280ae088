"""Codes of CIP 2010 in files from before 2019-20, and what they are called today."""

from __future__ import annotations

from typing import Final

from directory.models import FieldChange

FIRST_YEAR_OF_CIP_2020: Final = 2020


def moved_codes() -> dict[str, str]:
    """CIP 2010 codes that became exactly one CIP 2020 code."""
    moved: dict[str, set[str]] = {}
    for old, new in FieldChange.objects.exclude(new_cip="").values_list("old_cip", "new_cip"):
        moved.setdefault(old, set()).add(new)
    return {old: new.pop() for old, new in moved.items() if len(new) == 1}
