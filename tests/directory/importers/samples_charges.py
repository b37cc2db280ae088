"""IPEDS offerings and charges in their official layout: IC, IC_AY, IC_PY and COST1."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample, filled
from tests.directory.importers.samples_ipeds import HD

# --- IC: the columns around those that are read, in the published order -------------------------
IC_HEADER: Cells = (
    "UNITID", "PEO1ISTR", "CNTLAFFI", "LEVEL1A", "LEVEL3", "CALSYS", "FT_UG", "OPENADMP", "VET1", "VET5", "VET9",
    "CREDITS1", "SLO5", "DSTNUGC", "DSTNUGP", "DISTCRS", "DISTPGS", "DSTNCED1", "DSTNCED2", "DSTNCED3", "DISTNCED",
    "DISAB", "XDISABPC", "DISABPCT", "ALLONCAM",
)  # fmt: skip
ON_CAMPUS = {
    "PEO1ISTR": "0", "CNTLAFFI": "1", "LEVEL1A": "0", "LEVEL3": "1", "CALSYS": "1", "FT_UG": "1", "OPENADMP": "1",
    "VET1": "0", "VET5": "1", "VET9": "0",
    "CREDITS1": "1", "SLO5": "0", "DSTNUGC": "1", "DSTNUGP": "0", "DISTCRS": "1", "DISTPGS": "0",
    "DSTNCED1": "0", "DSTNCED2": "0", "DSTNCED3": "0", "DISTNCED": "2", "DISAB": "1", "XDISABPC": "R",
    "DISABPCT": "  4", "ALLONCAM": "2",
}  # fmt: skip


def offerings(unitid: int | str, **columns: str) -> Cells:
    """A row of IC: open admission, some courses by distance, no program by distance."""
    return filled(IC_HEADER, ON_CAMPUS, {"UNITID": str(unitid), **columns})


def ic(*rows: Cells, year: int = 2021) -> Sample:
    name = f"ic{year}.csv"
    return Sample(
        source=Source.IPEDS_IC,
        name=name,
        parts=(Part(name, IC_HEADER, rows),),
        needs=(HD,),
        numbers=("CALSYS",),
        codes=("DISTNCED", "OPENADMP"),
        keys=("UNITID",),
    )


IC = ic(
    offerings(100101),
    offerings(100202, DISTPGS="1", DISTNCED="1", OPENADMP="2", CALSYS="7", DSTNUGP="1"),
    offerings(100303, CALSYS="2", OPENADMP="2"),
)

# --- IC_AY: each number with its flag ------------------------------------------------------------
YEAR_MEASURES = (
    *(f"{stem}{kind}" for kind in (1, 2, 3) for stem in ("TUITION", "FEE", "HRCHG")),
    *(f"CHG{kind}AY{at}" for kind in (1, 2, 3, 4) for at in range(4)),
    "CHG9AY3",
)


def year_flag(measure: str) -> str:
    return f"X{measure.replace('TUITION', 'TUIT')}"


YEAR_COLUMNS: Cells = tuple(name for measure in YEAR_MEASURES for name in (year_flag(measure), measure))
AY_HEADER: Cells = ("UNITID", *YEAR_COLUMNS)
YEAR_PRICES = {
    "TUITION1": "3600", "FEE1": "400", "HRCHG1": "120", "TUITION2": "4200", "FEE2": "400", "HRCHG2": "140",
    "TUITION3": "8400", "FEE3": "400", "HRCHG3": "280", "CHG1AY0": "3700", "CHG1AY1": "3800", "CHG1AY2": "3900",
    "CHG1AY3": "4000", "CHG2AY0": "4300", "CHG2AY1": "4400", "CHG2AY2": "4500", "CHG2AY3": "4600",
    "CHG3AY0": "8500", "CHG3AY1": "8600", "CHG3AY2": "8700", "CHG3AY3": "8800", "CHG4AY0": "1200",
    "CHG4AY1": "1300", "CHG4AY2": "1400", "CHG4AY3": "1500", "CHG9AY3": "6000",
}  # fmt: skip


def year_cells(values: dict[str, str]) -> dict[str, str]:
    """Values with their flags: R beside a number, A beside a point, unless given."""
    cells = {**YEAR_PRICES, **values}
    flags = {year_flag(name): "A" if cells[name] == "." else "R" for name in YEAR_MEASURES}
    return {**flags, **cells}


def charges(unitid: int | str, **columns: str) -> Cells:
    """A row of IC_AY; a point is no value."""
    return filled(AY_HEADER, {}, {"UNITID": str(unitid), **year_cells(columns)})


NOTHING = dict.fromkeys(YEAR_MEASURES, ".")


def ic_ay(*rows: Cells, year: int = 2021) -> Sample:
    name = f"ic{year}_ay.csv"
    return Sample(
        source=Source.IPEDS_IC_AY,
        name=name,
        parts=(Part(name, AY_HEADER, rows),),
        needs=(HD,),
        numbers=("CHG2AY3", "TUITION1", "FEE3", "HRCHG2", "CHG4AY3", "CHG1AY0"),
        keys=("UNITID",),
    )


IC_AY = ic_ay(charges(100101), charges(100202, CHG2AY3="9100"), charges(100303, **NOTHING))

# --- IC_PY: six programs; rows end in a surplus comma ----------------------------------------------


def _program(at: int) -> tuple[str, ...]:
    names = (f"CIPCODE{at}", f"XCIPTUI{at}", f"CIPTUIT{at}", f"XCIPSUP{at}", f"CIPSUPP{at}", f"XCIPLGT{at}")
    largest = ("XCHG1PY3", "CHG1PY3", "XCHG4PY3", "CHG4PY3") if at == 1 else ()
    return (*names, f"CIPLGTH{at}", f"PRGMSR{at}", f"XMTHCMP{at}", f"MTHCMP{at}", *largest)


PROGRAM_COLUMNS: Cells = tuple(name for at in range(1, 7) for name in _program(at))
PY_HEADER: Cells = ("UNITID", "PRGMOFR", *PROGRAM_COLUMNS)
NO_PROGRAMS = {
    **dict.fromkeys(PROGRAM_COLUMNS, "."),
    **{name: "A" for name in PROGRAM_COLUMNS if name.startswith("X")},
    **{f"CIPCODE{at}": "-2     " for at in range(1, 7)},
    **{f"PRGMSR{at}": "-2" for at in range(1, 7)},
}


def program(
    at: int, cip: str, price: str, *, books: str = "500", hours: str = "40", unit: str = "2", months: str = "12"
):
    """Columns of one of the six programs. The price of the largest stands in a place of its own."""
    flags = {name: "R" for name in _program(at) if name.startswith("X")}
    own = {f"CIPCODE{at}": cip, f"CIPLGTH{at}": hours, f"PRGMSR{at}": unit, f"MTHCMP{at}": months}
    if at == 1:
        flags |= {"XCIPTUI1": "A", "XCIPSUP1": "A"}
        return {**flags, **own, "CHG1PY3": price, "CHG4PY3": books}
    return {**flags, **own, f"CIPTUIT{at}": price, f"CIPSUPP{at}": books}


def program_charges(unitid: int | str, *programs: dict[str, str]) -> Cells:
    """A row of IC_PY with one cell more than the header."""
    given = {name: value for each in programs for name, value in each.items()}
    return (*filled(PY_HEADER, NO_PROGRAMS, {"UNITID": str(unitid), "PRGMOFR": "9", **given}), "")


def ic_py(*rows: Cells, year: int = 2021) -> Sample:
    name = f"ic{year}_py.csv"
    return Sample(
        source=Source.IPEDS_IC_PY,
        name=name,
        parts=(Part(name, PY_HEADER, rows),),
        needs=(HD,),
        numbers=("CHG1PY3", "CIPTUIT2", "CIPLGTH1", "MTHCMP2", "CHG4PY3"),
        codes=("PRGMSR1",),
        keys=("UNITID",),
    )


IC_PY = ic_py(
    program_charges(100303, program(1, "51.0713", "12500"), program(2, "51.0707", "14000", hours="900", unit="1")),
    program_charges(100202, program(1, "51.0714", "9000"), program(2, "01.0101", "7000")),
    program_charges(100101, program(1, "01.0101", "3000")),
)

# --- COST1: both kinds of columns -------------------------------------------------------------------
COST_HEADER: Cells = ("UNITID", "XAPPFEEU", "APPLFEEU", *YEAR_COLUMNS, "PRGMOFR", *PROGRAM_COLUMNS)


def cost(unitid: int | str, *programs: dict[str, str], **columns: str) -> Cells:
    """A row of COST1."""
    given = {name: value for each in programs for name, value in each.items()}
    cells = {"UNITID": str(unitid), "XAPPFEEU": "R", "APPLFEEU": "25", **year_cells(columns), **given}
    return filled(COST_HEADER, {**NO_PROGRAMS, "PRGMOFR": "."}, cells)


def cost1(*rows: Cells, year: int = 2024) -> Sample:
    name = f"cost1_{year}.csv"
    return Sample(
        source=Source.IPEDS_COST,
        name=name,
        parts=(Part(name, COST_HEADER, rows),),
        needs=(HD,),
        numbers=("CHG2AY3", "TUITION1", "CIPTUIT2", "CIPLGTH1"),
        codes=("PRGMSR1",),
        keys=("UNITID",),
    )


COST1 = cost1(
    cost(100101),
    cost(100202, CHG2AY3="9900"),
    cost(100303, program(1, "51.0713", "12900"), program(2, "51.0707", "14200"), **NOTHING),
)

SAMPLES = (IC, IC_AY, IC_PY, COST1)
