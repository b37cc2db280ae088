"""SOC, CIP–SOC, OEWS and the tables of the Employment Projections, in BLS's layout; occupations are ours."""

from __future__ import annotations

from collections.abc import Mapping

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample, filled
from tests.directory.importers.samples_cip import CIP

SOC_HEADER: Cells = ("SOC Group", "SOC Code", "SOC Title", "SOC Definition")
SOC_ABOVE: tuple[Cells, ...] = (
    ("U.S. Bureau of Labor Statistics",),
    ("On behalf of nobody in particular",),
    ("",),
)


def soc(*rows: Cells, year: int = 2018) -> Sample:
    return Sample(
        source=Source.SOC,
        name=f"soc_{year}_definitions.xlsx",
        parts=(Part(f"{year} SOC", SOC_HEADER, rows, above=SOC_ABOVE),),
        codes=("SOC Group",),
        keys=("SOC Code",),
        texts=("SOC Title",),
    )


LAMPS: Cells = (
    "Detailed",
    "29-2072",
    "Lamp Keepers",
    "Keep lamps. Includes lamp trimmers. Excludes “Fog Callers” (29‐9021).",
)
CALLERS: Cells = ("Detailed", "29-9021", "Fog Callers", "Call through fog.")
SOC = soc(("Major", "29-0000", "Harbor Occupations", ""), LAMPS, CALLERS, ("Broad", "13-1020", "Rope Buyers", ""))

CIP_SOC_HEADER: Cells = ("CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title")


def cip_soc(*rows: Cells) -> Sample:
    return Sample(
        source=Source.CIP_SOC,
        name="CIP2020_SOC2018_Crosswalk.xlsx",
        parts=(
            Part("CIP-SOC", CIP_SOC_HEADER, rows),
            Part("File Guide", ("File Name", "Description"), (("CIP-SOC", "What this is"),)),
            Part("New CIP", CIP_SOC_HEADER, (("51.0714", "Billing.", "29-2072", "Lamp Keepers"),)),
        ),
        needs=(CIP, SOC),
        keys=("CIP2020Code", "SOC2018Code"),
        texts=("CIP2020Title",),
    )


CIP_SOC = cip_soc(
    ("51.0707", "Records.", "29-2072", "Lamp Keepers"),
    ("51.0707", "Records.", "29-9021", "Fog Callers"),
    ("51.0713", "Coding.", "29-2072", "Lamp Keepers"),
)

OEWS_HEADER: Cells = (
    "AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", "OCC_CODE",
    "OCC_TITLE", "O_GROUP", "TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT", "H_MEAN",
    "A_MEAN", "MEAN_PRSE", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90", "A_PCT10", "A_PCT25", "A_MEDIAN",
    "A_PCT75", "A_PCT90", "ANNUAL", "HOURLY",
)  # fmt: skip
NATION = {
    "AREA": "99", "AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US", "NAICS": "000000",
    "NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry", "OWN_CODE": "1235", "O_GROUP": "detailed",
}  # fmt: skip
OHIO = {**NATION, "AREA": "39", "AREA_TITLE": "Ohio", "AREA_TYPE": "2", "PRIM_STATE": "OH"}
WAGES = {
    "TOT_EMP": "1200", "H_MEAN": "21.5", "A_MEAN": "44720", "H_PCT10": "15", "H_PCT25": "17.25", "H_MEDIAN": "20.05",
    "H_PCT75": "24", "H_PCT90": "30.1", "A_PCT10": "31200", "A_PCT25": "35880", "A_MEDIAN": "41700", "A_PCT75": "49920",
    "A_PCT90": "62610",
}  # fmt: skip
SPOILT: Cells = ("TOT_EMP", "A_MEDIAN", "H_PCT10")
#: Wages are numbers in the workbook; codes are text. Text that looks like a number to Python is spoilt as text.
OEWS_TYPED: Cells = tuple(name for name in WAGES if name not in SPOILT)


def pay_row(code: str, title: str, *, area: Mapping[str, str] = NATION, **values: str) -> Cells:
    return filled(OEWS_HEADER, {**area, **WAGES, "OCC_CODE": code, "OCC_TITLE": title}, values)


def oews(*rows: Cells, kind: str = "national", year: int = 2025) -> Sample:
    name = f"{kind}_M{year}_dl"
    return Sample(
        source=Source.OEWS,
        name=f"{name}.xlsx",
        parts=(
            Part(name, OEWS_HEADER, rows, typed=OEWS_TYPED),
            Part("Field Descriptions", (f"May {year} OEWS Estimates", ""), (("area", "a code"),)),
        ),
        needs=(SOC,),
        numbers=SPOILT,
        codes=("AREA_TYPE", "O_GROUP"),
        keys=("OCC_CODE",),
        texts=("OCC_TITLE", "AREA_TITLE"),
    )


OEWS = oews(
    pay_row("00-0000", "All Occupations", O_GROUP="total", TOT_EMP="155000000"),
    pay_row("29-2072", "Lamp Keepers"),
    pay_row("29-9021", "Fog Callers", A_MEDIAN="60000"),
)

BASE, TARGET = 2024, 2034
PROJECTION_HEADER: Cells = (
    "2024 National Employment Matrix title", "2024 National Employment Matrix code", "Occupation type",
    "Employment, 2024", "Employment, 2034", "Employment distribution, percent, 2024",
    "Employment distribution, percent, 2034", "Employment change, numeric, 2024–34",
    "Employment change, percent, 2024–34", "Percent self employed, 2024",
    "Occupational openings, 2024–34 annual average", "Median annual wage, dollars, 2024[1]",
    "Typical education needed for entry", "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
    "Related Occupational Outlook Handbook (OOH) content xlsx",
)  # fmt: skip
PROJECTION_BELOW: tuple[Cells, ...] = (
    ("Footnotes:",),
    ("[1] Wages are those of another survey.",),
    ('Note: Data is unavailable for values denoted with a "—".',),
    ("Source: nobody",),
)


def projection_row(title: str, code: str, kind: str = "Line item", *values: str) -> Cells:
    usual = ("1.2", "1.4", "0", "0", "0.2", "7.1", "0.8", "0.3", "40000", "Associate's degree", "None", "None", "—")
    return (title, code, kind, *(values or usual))


def projections(*rows: Cells, header: Cells = PROJECTION_HEADER, name: str = "occupation.xlsx") -> Sample:
    return Sample(
        source=Source.PROJECTIONS,
        name=name,
        parts=(
            Part(
                "Table 1.2",
                header,
                rows,
                above=(("Table 1.2 Occupational projections, 2024–2034 (Employment in thousands)",),),
                below=PROJECTION_BELOW,
                typed=(*header[4:10], header[11]),
            ),
            Part("Table 1.1", ("Group", "Employment, 2024"), (("Harbor", "9"),)),
        ),
        needs=(SOC,),
        numbers=("Employment, 2024", "Occupational openings, 2024–34 annual average"),
        codes=("Occupation type",),
        keys=("2024 National Employment Matrix code",),
    )


PROJECTIONS = projections(
    projection_row("Total, all occupations", "00-0000", "Summary"),
    projection_row("      Lamp keepers[1]", "29-2072"),
    projection_row("      Fog callers", "29-9021"),
)

ATTAINMENT_HEADER: Cells = (
    "2023 National Employment Matrix title", "2023 National Employment Matrix code", "Less than high school diploma",
    "High school diploma or equivalent", "Some college, no degree", "Associate's degree", "Bachelor's degree",
    "Master's degree", "Doctoral or professional degree", "CC",
)  # fmt: skip
ATTAINMENT_TITLE: Cells = ("Table 5.3 Educational attainment for workers 25 years and older, 2021-22",)


def attainment(*rows: Cells, header: Cells = ATTAINMENT_HEADER) -> Sample:
    return Sample(
        source=Source.ATTAINMENT,
        name="education.xlsx",
        parts=(
            Part(
                "Table 5.3",
                header,
                rows,
                above=(ATTAINMENT_TITLE,),
                below=(("Footnotes:",), ("[1] This occupation is not an exact match",), ("Data Source: nobody",)),
                typed=(*header[2:5], header[6], *header[8:]),
            ),
            Part("Table 5.4", ("2023 National Employment Matrix title", "xlsx_ooh_link"), (("Lamp keepers", "—"),)),
        ),
        needs=(SOC,),
        numbers=("Associate's degree", "Master's degree"),
        keys=("2023 National Employment Matrix code",),
    )


ATTAINMENT = attainment(
    ("Total, all occupations", "00-0000", "7", "23", "19", "10", "25", "12", "4", "29.5"),
    ("Lamp keepers", "29-2072", "2.3", "18.8", "31.6", "25.2", "16.4", "4.6", "1.1", "56.8"),
    ("Fog callers[1]", "29-9021", "0.7", "8.5", "12.7", "9.5", "29.5", "33.9", "5.2", "22.2"),
)

SAMPLES = (SOC, CIP_SOC, OEWS, PROJECTIONS, ATTAINMENT)
