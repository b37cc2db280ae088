"""IPEDS files in their official layout: the directory (HD) and completions (C_A)."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample, filled
from tests.directory.importers.samples_cip import CIP

# HD2024 as published, with the columns that name or reach people: no importer may read them.
HD_HEADER: Cells = (
    "UNITID", "INSTNM", "IALIAS", "ADDR", "CITY", "STABBR", "ZIP", "FIPS", "OBEREG", "CHFNM", "CHFTITLE", "GENTELE",
    "EIN", "UEIS", "OPEID", "OPEFLAG", "WEBADDR", "ADMINURL", "FAIDURL", "APPLURL", "NPRICURL", "VETURL", "ATHURL",
    "DISAURL", "SECTOR", "ICLEVEL", "CONTROL", "HLOFFER", "UGOFFER", "GROFFER", "HDEGOFR1", "DEGGRANT", "HBCU",
    "HOSPITAL", "MEDICAL", "TRIBAL", "LOCALE", "OPENPUBL", "ACT", "NEWID", "DEATHYR", "CLOSEDAT", "CYACTIVE",
    "POSTSEC", "PSEFLAG", "PSET4FLG", "RPTMTH", "INSTCAT", "C00CARNEGIE", "C21BASIC", "CARNEGIEIC", "CARNEGIESAEC",
    "CARNEGIERSCH", "CARNEGIESIZE", "CARNEGIEALF", "CARNEGIEAPM", "CARNEGIEGPM", "LANDGRNT", "INSTSIZE", "F1SYSTYP",
    "F1SYSNAM", "F1SYSCOD", "CBSA", "CBSATYPE", "CSA", "COUNTYCD", "COUNTYNM", "CNGDSTCD", "LONGITUD", "LATITUDE",
    "DFRCGID", "DFRCUSCG",
)  # fmt: skip
OPEN = {
    "CITY": "Maple Fork", "STABBR": "OH", "ADDR": "1 Elm Street", "ZIP": "43001", "COUNTYNM": "Elm County",
    "CHFNM": "Pat Canary-Name", "CHFTITLE": "Canary-Title", "GENTELE": "5550100999",
    "OPEID": "00100100", "OPEFLAG": "1", "WEBADDR": "www.mapleforkcollege.example/", "ADMINURL": "https://www.mapleforkcollege.example/admissions",
    "SECTOR": "4", "ICLEVEL": "2", "CONTROL": "1", "HLOFFER": "3", "LOCALE": "21", "INSTSIZE": "2", "ACT": "A",
    "NEWID": "-2", "DEATHYR": "-2", "CLOSEDAT": "-2", "CYACTIVE": "1", "LATITUDE": "40.1", "LONGITUD": "-83.2",
}  # fmt: skip


def school(unitid: int | str, name: str, **columns: str) -> Cells:
    """A row of HD: an open public college in Ohio, unless told otherwise."""
    return filled(HD_HEADER, OPEN, {"UNITID": str(unitid), "INSTNM": name, **columns}, blank="-2")


def hd(*rows: Cells, year: int = 2024) -> Sample:
    """A directory of that year."""
    name = f"hd{year}.csv"
    return Sample(
        source=Source.IPEDS_HD,
        name=name,
        parts=(Part(name, HD_HEADER, rows),),
        numbers=("DEATHYR", "LATITUDE", "LONGITUD"),
        codes=(
            "STABBR",
            "CONTROL",
            "SECTOR",
            "ICLEVEL",
            "HLOFFER",
            "LOCALE",
            "INSTSIZE",
            "OPEFLAG",
            "ACT",
            "NEWID",
        ),
        dates=("CLOSEDAT",),
        keys=("UNITID",),
        texts=("INSTNM", "CITY"),
    )


MAPLE = school(100101, "Maple Fork College")
ANNE = school(
    100202, "Institut Sainte-Anne", IALIAS="Anne | Séminaire", CITY="Río Hondo", STABBR="PR", ZIP="00601-0001",
    CONTROL="2", SECTOR="2", ICLEVEL="1", LATITUDE="18.2", LONGITUD="-66.5",
)  # fmt: skip
BROOK = school(
    100303, "Brook Business Institute", CITY="Brook", STABBR="TX", CONTROL="3", SECTOR="9", ICLEVEL="3", ACT="D",
    CYACTIVE="3", CLOSEDAT="06/30/2024", DEATHYR="2024", NEWID="100101", OPEID="-2", OPEFLAG="6",
)  # fmt: skip
HD = hd(MAPLE, ANNE, BROOK)

# C2024_A as published: every count with the flag that tells how it came about.
MEASURES = tuple(
    f"C{group}{who}"
    for group in ("TOTAL", "AIAN", "ASIA", "BKAA", "HISP", "NHPI", "WHIT", "2MOR", "UNKN", "NRAL")
    for who in "TMW"
)
AWARDS_HEADER: Cells = (
    "UNITID", "CIPCODE", "MAJORNUM", "AWLEVEL", *(name for measure in MEASURES for name in (f"X{measure}", measure)),
)  # fmt: skip


def awards(
    unitid: int | str, cip: str, level: int | str, count: int | str, *, major: int | str = 1, **columns: str
) -> Cells:
    """A row of completions."""
    flags = {f"X{measure}": "R" for measure in MEASURES}
    # every award went to a woman of whom no more is known
    counts = {name: str(count) for name in ("CTOTALT", "CTOTALW", "CUNKNT", "CUNKNW")}
    given = {"UNITID": str(unitid), "CIPCODE": cip, "MAJORNUM": str(major), "AWLEVEL": str(level)}
    return filled(AWARDS_HEADER, {**flags, **counts}, {**given, **columns}, blank="0")


def completions(*rows: Cells, year: int = 2024, needs: tuple[Sample, ...] = (CIP, HD)) -> Sample:
    name = f"c{year}_a.csv"
    return Sample(
        source=Source.IPEDS_COMPLETIONS,
        name=name,
        parts=(Part(name, AWARDS_HEADER, rows),),
        needs=needs,
        numbers=("CTOTALT",),
        codes=("AWLEVEL", "MAJORNUM"),
        keys=("UNITID", "CIPCODE"),
    )


COMPLETIONS = completions(
    awards(100101, "51.0707", 3, 40),
    awards(100101, "51.0713", 21, 0),
    awards(100202, "51.0707", 5, 55),
    awards(100101, "99", 3, 40),
)

SAMPLES = (HD, COMPLETIONS)
