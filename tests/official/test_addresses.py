"""The addresses that schools report lead somewhere: nearly all of them, and never by a user name or a port."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from directory.importers.reading import read_tables
from directory.links import outbound

pytestmark = pytest.mark.official
COLUMNS = ("WEBADDR", "ADMINURL", "FAIDURL", "APPLURL", "NPRICURL", "VETURL", "DISAURL")


@pytest.mark.parametrize("name", ["hd2022.csv", "hd2024.csv"])
def test_of_every_thousand_reported_addresses_at_least_999_can_be_followed(name):
    found: Counter[bool] = Counter()
    tables = read_tables(settings.OFFICIAL_DATA_DIR / "ipeds_hd" / name)
    with closing(tables):  # type: ignore[type-var]  # a generator
        table = next(tables)
        places = [at for at, column in enumerate(table.header) if column.strip().upper() in COLUMNS]
        for _, cells in table.rows:
            for reported in (cells[at].strip() for at in places if cells[at].strip()):
                url = outbound(reported)
                found[url is not None] += 1
                if url:
                    parts = urlsplit(url)
                    assert (parts.username, parts.port) == (None, None), reported
                    assert parts.hostname is not None
                    assert parts.hostname in reported.lower()
    assert found[True] > 30_000
    assert found[False] < found[True] / 1_000
