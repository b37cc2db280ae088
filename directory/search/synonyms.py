"""The synonyms that the product ships with."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from directory.models import Synonym

SYNONYMS: Final = Path(__file__).resolve().parent.parent / "starter" / "synonyms.toml"


def load_synonyms() -> int:
    """Add the synonyms that are missing; one that exists stays as staff keep it, and one that they deleted stays away.

    Returns how many were added.
    """
    shipped: dict[str, str] = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
    there = set(Synonym.objects.values_list("words", flat=True))
    there.update(Synonym.history.filter(history_type="-").values_list("words", flat=True))
    missing = [Synonym(words=words, means=means) for words, means in shipped.items() if words not in there]
    Synonym.objects.bulk_create(missing)
    return len(missing)
