"""Everyday names of fields of study, from our own list."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from directory.models import FieldOfStudy

NAMES: Final = Path(__file__).resolve().parent.parent / "starter" / "everyday_names.toml"


def load_everyday_names() -> int:
    """Fill the names of fields that have none yet; what staff wrote stays. Returns how many were filled."""
    names: dict[str, str] = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    return sum(
        FieldOfStudy.objects.filter(cip=cip, everyday_names="").update(everyday_names=words)
        for cip, words in names.items()
    )
