"""The careers that the product ships with, and where each is counted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from careers.models import Career, Occupation, OnetOccupation

CAREERS = Path(__file__).with_name("careers.json")


@dataclass(slots=True)
class Loaded:
    """Slugs by what became of them. `waiting` are careers whose occupation has not been loaded yet."""

    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def shipped_careers() -> list[dict[str, Any]]:
    """The rows of careers.json."""
    rows: list[dict[str, Any]] = json.loads(CAREERS.read_text(encoding="utf-8"))
    return rows


@transaction.atomic
def load_careers() -> Loaded:
    """Add the careers that are missing. One that exists stays as it is, because staff may have changed it."""
    there = set(Career.objects.values_list("slug", flat=True))
    socs = set(Occupation.objects.values_list("soc", flat=True))
    onets = set(OnetOccupation.objects.values_list("code", flat=True))
    loaded = Loaded()
    for given in shipped_careers():
        row = dict(given)
        slug, soc, onet = row["slug"], row.pop("soc"), row.pop("onet")
        if slug in there:
            loaded.kept.append(slug)
        elif soc not in socs:
            loaded.waiting.append(slug)
        else:
            Career.objects.create(**row, occupation_id=soc, onet_id=onet if onet in onets else None)
            loaded.added.append(slug)
    return loaded
