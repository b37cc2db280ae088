"""How IPEDS names the columns of charges, and the X… flags beside them."""

from __future__ import annotations

from directory.importers.base import Column, optional
from directory.vocab import SchoolMeasure

#: Residence 1, 2, 3 of IPEDS: in-district, in-state, out-of-state.
TUITION = {
    1: SchoolMeasure.TUITION_IN_DISTRICT,
    2: SchoolMeasure.TUITION_IN_STATE,
    3: SchoolMeasure.TUITION_OUT_OF_STATE,
}
CREDIT = {
    1: SchoolMeasure.CREDIT_IN_DISTRICT,
    2: SchoolMeasure.CREDIT_IN_STATE,
    3: SchoolMeasure.CREDIT_OUT_OF_STATE,
}
NEWEST = 3  # CHG1AY3 is the file's own year, CHG1AY0 three years before
POSITIONS = range(1, 7)  # the six largest programs


def _names(*patterns: str) -> tuple[str, ...]:
    """Names of the columns and of the X… flags beside them, which IPEDS cuts to eight characters."""
    return tuple(name for pattern in patterns for name in (pattern, flag_of(pattern)))


def flag_of(column: str) -> str:
    """TUITION1 -> XTUIT1, CIPTUIT1 -> XCIPTUI1, CHG1AY3 -> XCHG1AY3."""
    if column.startswith("TUITION"):
        return f"XTUIT{column[7:]}"
    if column.startswith(("CIPTUIT", "CIPSUPP", "CIPLGTH")):
        return f"X{column[:6]}{column[7:]}"
    return f"X{column}"


RESIDENCES = tuple(TUITION)
PUBLISHED = tuple(f"CHG{kind}AY{NEWEST}" for kind in (*RESIDENCES, 4))
HISTORY = tuple(f"CHG{kind}AY{at}" for kind in (*RESIDENCES, 4) for at in range(NEWEST))
AVERAGES = tuple(f"{stem}{kind}" for kind in RESIDENCES for stem in ("TUITION", "FEE", "HRCHG"))
CODES = tuple(f"CIPCODE{at}" for at in POSITIONS)
PRICES = ("CHG1PY3", *(f"CIPTUIT{at}" for at in POSITIONS[1:]))
LENGTHS = tuple(f"{stem}{at}" for at in POSITIONS for stem in ("CIPSUPP", "CIPLGTH", "PRGMSR", "MTHCMP"))
OF_YEAR: tuple[Column, ...] = optional(*_names(*PUBLISHED, *HISTORY, *AVERAGES))
OF_PROGRAMS: tuple[Column, ...] = optional(*CODES, *_names(*PRICES, "CIPTUIT1", "CHG4PY3", *LENGTHS))
