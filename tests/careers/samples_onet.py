"""O*NET tables, in the layout of its workbooks and text files; occupations are ours."""

from __future__ import annotations

from typing import Any

from directory.vocab import Source
from tests.careers.samples_bls import SOC
from tests.directory.importers.files import Cells, Part, Sample

CODE = "O*NET-SOC Code"
LAMPS, CALLERS, TRIMMERS = "29-2072.00", "29-9021.00", "29-2072.01"


def onet(
    source: Source,
    table: str,
    header: Cells,
    *rows: Cells,
    needs: tuple[Sample, ...],
    version: str = "29_3",
    ending: str = "xlsx",
    typed: Cells = (),
    **kinds: Any,
) -> Sample:
    """The file names tell the version, as the archives of O*NET do."""
    packed = ending == "zip"
    return Sample(
        source=source,
        name=f"db_{version}_text.zip" if packed else f"db_{version} {table}.{ending}",
        parts=(Part(f"{table}.txt" if packed else table, header, rows, typed=typed),),
        needs=needs,
        keys=kinds.pop("keys", (CODE,)),
        **kinds,
    )


def occupations(*rows: Cells, version: str = "29_3") -> Sample:
    return onet(
        Source.ONET_OCCUPATIONS,
        "Occupation Data",
        (CODE, "Title", "Description"),
        *rows,
        needs=(SOC,),
        version=version,
        codes=(CODE,),
        texts=("Title", "Description"),
    )


OCCUPATIONS = occupations(
    (LAMPS, "Lamp Keepers", "Keep the lamps of a harbor burning."),
    (CALLERS, "Fog Callers", "Call through fog."),
    (TRIMMERS, "Wick Trimmers", "Trim wicks and nothing else."),
)
NEEDS = (OCCUPATIONS,)

ZONE_HEADER: Cells = ("Job Zone", "Name", "Experience", "Education", "Job Training", "Examples", "SVP Range")
ZONES = onet(
    Source.ONET_JOB_ZONE_REFERENCE,
    "Job Zone Reference",
    ZONE_HEADER,
    ("1", "Job Zone One: Little", "No experience.", "No diploma.", "A few days.", "Rope coilers.", "(Below 4.0)"),
    ("3", "Job Zone Three: Medium", "Some years.", "A certificate.", "A year.", "Lamp keepers.", "(6.0 to < 7.0)"),
    needs=(),
    typed=("Job Zone",),
    codes=("Job Zone",),
    keys=("Job Zone",),
    texts=("Name", "Education"),
)

RATINGS = onet(
    Source.ONET_JOB_ZONES,
    "Job Zones",
    (CODE, "Title", "Job Zone", "Date", "Domain Source"),
    (LAMPS, "Lamp Keepers", "3", "11/2021", "Analyst - Preliminary"),
    (CALLERS, "Fog Callers", "1", "08/2023", "Analyst"),
    needs=(OCCUPATIONS, ZONES),
    typed=("Job Zone",),
    codes=("Job Zone",),
    dates=("Date",),
    texts=("Domain Source",),
)

TASK_HEADER: Cells = (
    CODE, "Title", "Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source",
)  # fmt: skip


def tasks(*rows: Cells, version: str = "29_3") -> Sample:
    return onet(
        Source.ONET_TASKS,
        "Task Statements",
        TASK_HEADER,
        *rows,
        needs=NEEDS,
        version=version,
        typed=("Task ID", "Incumbents Responding"),
        codes=("Task Type",),
        dates=("Date",),
        keys=(CODE, "Task ID"),
        texts=("Task",),
    )


TASKS = tasks(
    (LAMPS, "Lamp Keepers", "1", "Light lamps.", "Core", "95", "08/2023", "Incumbent"),
    (LAMPS, "Lamp Keepers", "2", "Count lamps.", "Supplemental", "12", "08/2023", "Incumbent"),
    (TRIMMERS, "Wick Trimmers", "3", "Trim wicks.", "", "", "11/2020", "Analyst"),
)

TECHNOLOGY_HEADER: Cells = (
    CODE, "Title", "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand",
)  # fmt: skip


def technology(*rows: Cells, version: str = "29_3") -> Sample:
    return onet(
        Source.ONET_TECHNOLOGY,
        "Technology Skills",
        TECHNOLOGY_HEADER,
        *rows,
        needs=NEEDS,
        version=version,
        typed=("Commodity Code",),
        codes=("Hot Technology", "In Demand"),
        texts=("Example",),
    )


TECHNOLOGY = technology(
    (LAMPS, "Lamp Keepers", "Wickware", "43232202", "Wick management software", "Y", "Y"),
    (LAMPS, "Lamp Keepers", "Oil ledger", "43231602", "Ledger software", "N", "N"),
    (CALLERS, "Fog Callers", "Wickware", "43232202", "Wick management software", "Y", "N"),
)

TITLE_HEADER: Cells = (CODE, "Title", "Alternate Title", "Short Title", "Source(s)")


def titles(*rows: Cells, version: str = "29_3") -> Sample:
    return onet(
        Source.ONET_TITLES,
        "Alternate Titles",
        TITLE_HEADER,
        *rows,
        needs=NEEDS,
        version=version,
        ending="zip",
        texts=("Alternate Title",),
    )


TITLES = titles(
    (LAMPS, "Lamp Keepers", "Lamp Technician (Lamp Tech)", "Lamp Tech", "08"),
    (LAMPS, "Lamp Keepers", "Lighter", "", "02,08"),
    (CALLERS, "Fog Callers", "Lighter", "", "10"),
)

REPORTED = onet(
    Source.ONET_REPORTED_TITLES,
    "Sample of Reported Titles",
    (CODE, "Title", "Reported Job Title", "Shown in My Next Move"),
    (LAMPS, "Lamp Keepers", "Lighter", "Y"),
    (LAMPS, "Lamp Keepers", "Lamp Clerk", "N"),
    needs=NEEDS,
    codes=("Shown in My Next Move",),
    texts=("Reported Job Title",),
)

RELATED = onet(
    Source.ONET_RELATED,
    "Related Occupations",
    (CODE, "Title", "Related O*NET-SOC Code", "Related Title", "Relatedness Tier", "Index"),
    (LAMPS, "Lamp Keepers", CALLERS, "Fog Callers", "Primary-Short", "1"),
    (LAMPS, "Lamp Keepers", TRIMMERS, "Wick Trimmers", "Supplemental", "2"),
    (CALLERS, "Fog Callers", LAMPS, "Lamp Keepers", "Primary-Long", "1"),
    needs=NEEDS,
    typed=("Index",),
    codes=("Relatedness Tier", "Index"),
    keys=(CODE, "Related O*NET-SOC Code"),
    texts=("Relatedness Tier",),
)

INTERESTS = onet(
    Source.ONET_INTERESTS,
    "Interests",
    (CODE, "Title", "Element ID", "Element Name", "Scale ID", "Scale Name", "Data Value", "Date", "Domain Source"),
    (
        LAMPS,
        "Lamp Keepers",
        "1.B.1.a",
        "Realistic",
        "OI",
        "Occupational Interests",
        "2.86",
        "11/2023",
        "Machine Learning",
    ),
    (LAMPS, "Lamp Keepers", "1.B.1.g", "First", "IH", "High-Point", "6", "11/2023", "Machine Learning"),
    (
        CALLERS,
        "Fog Callers",
        "1.B.1.a",
        "Realistic",
        "OI",
        "Occupational Interests",
        "7",
        "11/2023",
        "Machine Learning",
    ),
    needs=NEEDS,
    typed=("Data Value",),
    codes=("Element ID", "Scale ID"),
    dates=("Date",),
    texts=("Domain Source",),
)

SAMPLES = (OCCUPATIONS, ZONES, RATINGS, TASKS, TECHNOLOGY, TITLES, REPORTED, RELATED, INTERESTS)
