"""The layout of a spreadsheet of listings, row by row: who it is, in which version, and every curated value.

Documented for curators in docs/listings.md; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet

from directory.curation import own_addresses
from directory.curation.batches.cells import guarded, written
from directory.curation.batches.columns import Listing, columns, is_own, plain, plain_of
from directory.models import Program
from directory.vocab import AWARD_SLUG, ListingKind

ID, VERSION = "id", "version"
#: Who a row is about. Read to find the listing and to refuse rows that were mixed up, never changed.
KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    ListingKind.SCHOOL: {ID: "pk", "unitid": "unitid"},
    ListingKind.PROGRAM: {
        ID: "pk", "unitid": "school__unitid", "cip": "field__cip", "award_level": "award_level",
    },
}  # fmt: skip
#: For the eye: written, never read.
BESIDE: Final[Mapping[str, Mapping[str, str]]] = {
    ListingKind.SCHOOL: {},
    ListingKind.PROGRAM: {"school": "school__name", "field": "field__title", "school_state": "school__state"},
}
AT_ONCE: Final = 2_000


def header(kind: str) -> list[str]:
    return [*KEYS[kind], VERSION, *BESIDE[kind], *columns(kind)]


def lines(kind: str, chosen: QuerySet) -> Iterator[list[str]]:
    """The header, then a row for every listing; some thousand in memory at a time."""
    yield header(kind)
    keys, beside, curated = KEYS[kind], BESIDE[kind], columns(kind)
    paths = [*keys.values(), *beside.values(), *(name for name in curated if not is_own(kind, name))]
    first, second = len(keys), len(keys) + len(beside)
    for row, own in _with_own(kind, chosen.values_list(*paths).iterator(chunk_size=AT_ONCE)):
        values = [plain(value) for value in (*row[second:], *own)]
        yield [
            *(_key(name, value) for name, value in zip(keys, row[:first], strict=True)),
            version(values),
            *(guarded(str(value)) for value in row[first:second]),
            *(written(kind, name, value) for name, value in zip(curated, values, strict=True)),
        ]


def _with_own(kind: str, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], list[Any]]]:
    """Each row, its key first, with the values that stand in facts; one query for some thousand rows."""
    names = [name for name in columns(kind) if is_own(kind, name)]
    while some := list(islice(rows, AT_ONCE)):
        found = own_addresses.values_of([row[0] for row in some]) if names else {}
        for row in some:
            yield row, [found[row[0]][name] for name in names] if row[0] in found else own_addresses.nothing(names)


def version(values: list[Any]) -> str:
    """A short mark of the curated values of a listing, given as plain values in the order of its columns."""
    return "v" + hashlib.sha256(json.dumps(values).encode()).hexdigest()[:12]


def version_of(kind: str, listing: Listing) -> str:
    return version([plain_of(listing, name) for name in columns(kind)])


def keys_of(listing: Listing) -> dict[str, str]:
    """Who a listing is, as its row says it."""
    if isinstance(listing, Program):
        found: dict[str, Any] = {
            ID: listing.pk,
            "unitid": listing.school.unitid,
            "cip": listing.field.cip,
            "award_level": listing.award_level,
        }
    else:
        found = {ID: listing.pk, "unitid": listing.unitid}
    return {name: _key(name, value) for name, value in found.items()}


def _key(name: str, value: Any) -> str:
    if name == "award_level":
        return AWARD_SLUG[value]
    return "" if value is None else str(value)
