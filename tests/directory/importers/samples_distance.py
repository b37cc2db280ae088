"""IPEDS custom tables (tuition, students by distance) and programs by distance (C_DEP)."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample, filled
from tests.directory.importers.samples_ipeds import COMPLETIONS, HD

# --- Tuition ----------------------------------------------------------------------------------------
OUT, IN = "TUITION_FEES_2023_OUTSTATE", "TUITION_FEES_INSTATE2023"
TUITION_HEADER: Cells = ("UnitID", "Institution Name", OUT, IN)


def tuition(*rows: Cells, header: Cells = TUITION_HEADER) -> Sample:
    return Sample(
        source=Source.IPEDS_TUITION,
        name="tuition.csv",
        parts=(Part("tuition.csv", header, rows),),
        needs=(HD,),
        numbers=header[2:],
        keys=("UnitID",),
    )


TUITION = tuition(
    ("100101", "Maple Fork College", "10101", "3195"),
    ("100202", "Institut Sainte-Anne", "12000", "12000"),
    ("100303", "Brook Business Institute", "", ""),
)

# --- Students by distance: the newest year's "some" is named differently ------------------------------
DISTANCE_HEADER: Cells = (
    "UnitID", "INSTITUTION", "TOTAL_ENROLL_2024", "DE_ENROLL_2024", "SDE_ENROLL_TOTAL",
    "TOTAL_ENROLL_2023", "DE_ENROLL_2023", "SDE_ENROLL_2023",
)  # fmt: skip


def distance(*rows: Cells, header: Cells = DISTANCE_HEADER) -> Sample:
    return Sample(
        source=Source.IPEDS_DISTANCE,
        name="distance.csv",
        parts=(Part("distance.csv", header, rows),),
        needs=(HD,),
        numbers=header[2:],
        keys=("UnitID",),
    )


DISTANCE = distance(
    ("100101", "Maple Fork College", "1450", "320", "210", "1400", "300", "200"),
    ("100202", "Institut Sainte-Anne", "900", "0", "40", "880", "", ""),
    ("100303", "Brook Business Institute", "89", "", "", "74", "", ""),
)

# --- C_DEP --------------------------------------------------------------------------------------------
STEMS = (
    "PTOTAL", "PASSOC", "PBACHL", "PMASTR", "PDOCRS", "PDOCPP", "PDOCOT", "PCERT1A", "PCERT1B", "PCERT2", "PCERT4",
    "PPBACC", "PPMAST",
)  # fmt: skip
DEP_HEADER: Cells = ("UNITID", "CIPCODE", *(f"{stem}{kind}" for stem in STEMS for kind in ("", "DE", "DES")))


def offers(unitid: int | str, cip: str, **columns: str) -> Cells:
    """A row of C_DEP; the totals are added up unless given."""
    sums = {
        f"PTOTAL{kind}": str(sum(int(columns.get(f"{stem}{kind}", "0")) for stem in STEMS[1:]))
        for kind in ("", "DE", "DES")
    }
    return filled(DEP_HEADER, sums, {"UNITID": str(unitid), "CIPCODE": cip, **columns}, blank="0")


def distance_programs(*rows: Cells, year: int = 2024, header: Cells = DEP_HEADER) -> Sample:
    name = f"c{year}dep.csv"
    return Sample(
        source=Source.IPEDS_DISTANCE_PROGRAMS,
        name=name,
        parts=(Part(name, header, rows),),
        needs=(*COMPLETIONS.needs, COMPLETIONS),
        numbers=("PTOTAL", "PASSOC", "PASSOCDE"),
        keys=("UNITID", "CIPCODE"),
    )


DISTANCE_PROGRAMS = distance_programs(
    offers(100101, "51.0707", PASSOC="1", PASSOCDE="1"),
    offers(100101, "51.0713", PCERT1B="1", PCERT1BDES="1"),
    offers(100202, "51.0707", PBACHL="1"),
    offers(100101, "51", PASSOC="1", PASSOCDE="1", PCERT1B="1", PCERT1BDES="1"),
    offers(100101, "99", PASSOC="1", PASSOCDE="1", PCERT1B="1", PCERT1BDES="1"),
)

SAMPLES = (TUITION, DISTANCE, DISTANCE_PROGRAMS)
