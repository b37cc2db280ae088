"""The manual names every column of the spreadsheet."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from directory.curation.batches.columns import columns
from directory.curation.batches.sheet import BESIDE, KEYS, VERSION
from directory.vocab import ListingKind

MANUAL = settings.BASE_DIR / "docs" / "listings.md"


@pytest.mark.parametrize(("kind", "cell"), [(ListingKind.SCHOOL, 1), (ListingKind.PROGRAM, 2)])
def test_the_manual_names_every_column_of_the_file(kind, cell):
    table = [line.strip("|\n ").split("|") for line in MANUAL.read_text().splitlines() if line.startswith("| ")]
    named = [re.findall(r"`(\w+)`", row[cell]) for row in table[1:5]]
    assert named == [list(KEYS[kind]), [VERSION], list(BESIDE[kind]), list(columns(kind))]
