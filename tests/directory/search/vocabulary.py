"""A small vocabulary of invented schools and fields, made without a database."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from directory.search.gazetteer import Gazetteer
from directory.search.understand import understand
from directory.search.understanding import Understanding
from directory.search.vocabulary import Vocabulary, build

#: Keys are the primary keys that terms name.
MAPLE, MAPLE_TECH, SAINT_ALDER, BIRCH, CEDAR_MAIN, CEDAR_NORTH, OHIO_ALDER, PHOENIX, RAVEN, TARN = range(1, 11)
SCHOOLS: Final = (
    (MAPLE, "Maple Fork Community College", "MFCC\nMaple Fork CC", 3.0),
    (MAPLE_TECH, "Maple Fork Technical Institute", "", 1.0),
    (SAINT_ALDER, "St. Alder's University", "", 2.0),
    (BIRCH, "University of Birchland", "U Birch", 2.0),
    (CEDAR_MAIN, "Cedar Ridge State University-Main Campus", "CRSU", 2.0),
    (CEDAR_NORTH, "Cedar Ridge State University-North", "", 1.0),
    (OHIO_ALDER, "Ohio Alder College", "Former Name Seminary", 1.0),
    (PHOENIX, "University of Phoenix-Online", "", 2.0),
    (RAVEN, "Raven & Crow Academy", "", 1.0),
    (TARN, "Tarn Institute of Kiteflying", "", 1.0),
)
FIELDS: Final = (
    ("51", "HEALTH PROFESSIONS AND RELATED PROGRAMS", "", "", 1.0),
    ("51.07", "Health and Medical Administrative Services", "", "", 2.0),
    ("51.0706", "Health Information/Medical Records Administration/Administrator", "HIM", "", 2.0),
    ("51.0707", "Health Information/Medical Records Technology/Technician", "HIT\nmedical records\nEHR", "", 3.0),
    (
        "51.0713",
        "Medical Insurance Coding Specialist/Coder",
        "medical coding\nmedical coder\nbilling and coding",
        "",
        3.0,
    ),
    ("51.0714", "Medical Insurance Specialist/Medical Biller", "medical billing\nbilling and coding", "", 2.0),
    ("51.2201", "Public Health, General", "", "", 1.5),
    ("51.3801", "Registered Nursing/Registered Nurse", "", "RN", 1.5),
    ("38.0101", "Kiteflying", "", "", 1.5),
)
CAREERS: Final = (
    ("medical-coder", "Medical coder", "med coder", "", {"51.0707": 0.6, "51.0713": 0.6}, 2.0),
    ("29-2072", "Medical Records Specialists", "", "Fee Coder\nCoding Auditor", {"51.0707": 0.5, "51.0713": 0.5}, 1.0),
    ("39-9999", "Kite Menders", "", "String Fitter", {"38.0101": 0.5}, 1.0),
)
EXAMS: Final = (
    ("rhit", "RHIT", "Registered Health Information Technician", "AHIMA\nAmerican Health Body"),
    ("ccs-p", "CCS-P", "Certified Coding Specialist – Physician-based", "AHIMA"),
    ("ccs", "CCS", "Certified Coding Specialist", "AHIMA"),
    ("ods", "ODS", "Oncology Data Specialist\nCertified Tumor Registrar\nCTR", "NCRA"),
)
PROGRAMS: Final = ((77, "Kite Records Fellowship", "51.0707"),)
ZIPS: Final = (
    *((f"{43901 + n}", "Maple Fork", "OH", 40.0, -83.0) for n in range(5)),
    *((f"{40901 + n}", "Maple Fork", "KY", 38.0, -83.0) for n in range(2)),
    *((f"{85001 + n}", "Phoenix", "AZ", 33.4, -112.0) for n in range(40)),
    *((f"{77001 + n}", "Houston", "TX", 29.7, -95.3) for n in range(60)),
    *((f"{10001 + n}", "New York", "NY", 40.7, -74.0) for n in range(60)),
    *((f"{97201 + n}", "Portland", "OR", 45.5, -122.6) for n in range(20)),
    ("04401", "Bangor", "ME", 44.8, -68.8),
    ("63103", "Saint Louis", "MO", 38.6, -90.2),
    ("19063", "Media", "PA", 39.9, -75.4),
    ("88101", "Kiteflying", "NM", 34.4, -103.2),
    ("09901", "Apo", "AE", None, None),
    ("34002", "Apo", "AA", 8.9, -79.6),  # some lists give a point to military mail
)
COUNTIES: Final = (
    ("Alder County", "OH", 40.0, -83.0),
    ("Alder County", "OH", 40.2, -83.0),
    ("Alder County", "KY", 38, -83),
)
SYNONYMS: Final = {"paper chaser": "medical records", "cheap coder": "medical coder cheap", "raven": "kiteflying"}


@lru_cache(maxsize=1)
def small() -> Vocabulary:
    """Built once; `understand` changes nothing in it but its memory of what it has worked out."""
    rows: dict[str, list[Any]] = {
        "school": [(str(key), name, others, "", {}, weight) for key, name, others, weight in SCHOOLS],
        "field": [(cip, title, names, lesser, {cip: 1.0}, weight) for cip, title, names, lesser, weight in FIELDS],
        "career": list(CAREERS),
        "certification": [(slug, short, names, bodies, {}, 2.0) for slug, short, names, bodies in EXAMS],
        "program": [(str(key), title, "", "", {cip: 1.0}, 1.0) for key, title, cip in PROGRAMS],
    }
    return build(rows, SYNONYMS, Gazetteer(ZIPS, COUNTIES))


def read(text: str, *explicit: str) -> Understanding:
    """The text as understood with the small vocabulary."""
    return understand(text, small(), explicit=explicit)


def filters(text: str, *explicit: str) -> dict[str, tuple[str, ...]]:
    """Parameter -> values that the text asks for."""
    return {each.name: each.values for each in read(text, *explicit).inferred}


def best(found: Mapping[Any, float]) -> list[Any]:
    """The keys of the highest weight."""
    return sorted(key for key, well in found.items() if well == max(found.values()))
