"""ZIP points, and VA's list of pledges."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample
from tests.directory.importers.samples_ipeds import HD

ZIP_HEADER: Cells = ("zip", "latitude", "longitude", "city", "state")


def zip_points(*rows: Cells, version: str = "8.0.0") -> Sample:
    name = f"zipcodes_{version}_us.csv"
    return Sample(
        source=Source.ZIP_POINTS,
        name=name,
        parts=(Part(name, ZIP_HEADER, rows),),
        numbers=("latitude", "longitude"),
        codes=("state",),
        keys=("zip",),
        texts=("city",),
    )


ZIPS = zip_points(
    ("43001", "40.1", "-83.2", "Maple Fork", "OH"),
    ("00601", "18.16", "-66.72", "Rio Hondo", "PR"),
    ("96910", "13.47", "144.75", "Hagatna", "GU"),
)

KEYS_HEADER: Cells = ("institution of higher education", "city", "state", "opeid", "ipeds id", "notes")


def eight_keys(*rows: Cells, month: str = "2021-05") -> Sample:
    name = f"eight_key_{month}.csv"
    return Sample(
        source=Source.EIGHT_KEYS,
        name=name,
        parts=(Part(name, KEYS_HEADER, rows),),
        needs=(HD,),
        keys=("ipeds id",),
        texts=("institution of higher education",),
    )


EIGHT_KEYS = eight_keys(
    ("MAPLE FORK COLLEGE", "Maple Fork", "OH", '"00100100"', "100101", ""),
    ("INSTITUT SAINTE-ANNE", "Río Hondo", "PR", "", "100202", ""),
)

SAMPLES = (ZIPS, EIGHT_KEYS)
