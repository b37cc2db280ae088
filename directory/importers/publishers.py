"""Where the official files come from: the one table of addresses, to be edited when a publisher moves something.

The addresses stand in the publishers' own documents. `{year}` and `{yy}` are tried from this year backwards, `{stamp}`
is read from the publisher's page. A source without an address is downloaded by hand from its page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from directory.vocab import Source

WALK_BACK: Final = 8  # years; IPEDS publishes a file a year or two after its name, and some files have ended


@dataclass(frozen=True, slots=True)
class Published:
    """One official file. `name` is what it is called here, with the year or the stamp in it.

    `addresses` are tried in turn. `stamps` are patterns whose first group is the stamp; where there are several, all
    must be found with the same stamp. `body` is sent as JSON to publishers that hand out files on request only.
    """

    source: Source
    name: str
    addresses: tuple[str, ...]
    page: str
    stamps: tuple[str, ...] = ()
    body: str = ""

    @property
    def yearly(self) -> bool:
        return any("{year}" in each or "{yy}" in each for each in self.addresses)


IPEDS_PAGE = "https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx"
CIP_PAGE = "https://nces.ed.gov/ipeds/cipcode/resources.aspx?y=56"
CIP_FILES = "https://nces.ed.gov/ipeds/cipcode/Files"
SCORECARD_PAGE = "https://collegescorecard.ed.gov/data/"
SCORECARD_FILES = "https://ed-public-download.scorecard.network/downloads"
EP_PAGE = "https://www.bls.gov/emp/tables/occupational-projections-and-characteristics.htm"
ONET_PAGE = "https://www.onetcenter.org/database.html"
ONET_FILES = "https://www.onetcenter.org/dl_files/database/db_{stamp}_excel"


def _ipeds(source: Source, name: str) -> Published:
    # Newer years lie in the first place, older ones in the second; which is which changes.
    return Published(
        source,
        f"{name}.zip",
        (
            f"https://nces.ed.gov/ipeds/complete-data-files/{name}.zip",
            f"https://nces.ed.gov/ipeds/datacenter/data/{name}.zip",
        ),
        IPEDS_PAGE,
    )


def _scorecard(source: Source, table: str) -> Published:
    # The name without a stamp still serves a file of 2024, and the two tables belong together.
    return Published(
        source,
        f"Most-Recent-Cohorts-{table}_{{stamp}}.zip",
        (f"{SCORECARD_FILES}/Most-Recent-Cohorts-{table}_{{stamp}}.zip",),
        SCORECARD_PAGE,
        stamps=(
            r"Most-Recent-Cohorts-Institution_(\d{8})\.zip",
            r"Most-Recent-Cohorts-Field-of-Study_(\d{8})\.zip",
        ),
    )


def _onet(source: Source, table: str) -> Published:
    return Published(
        source,
        f"onet_{{stamp}} {table}.xlsx",
        (f"{ONET_FILES}/{table.replace(' ', '%20')}.xlsx",),
        ONET_PAGE,
        stamps=(r"db_(\d{1,3}_\d{1,2})_excel",),
    )


PUBLISHED: Final[tuple[Published, ...]] = (
    Published(Source.CIP, "CIPCode2020.csv", (f"{CIP_FILES}/CIPCode2020.csv",), CIP_PAGE),
    Published(Source.CIP_CHANGES, "Crosswalk2010to2020.csv", (f"{CIP_FILES}/Crosswalk2010to2020.csv",), CIP_PAGE),
    Published(
        Source.CIP_SOC, "CIP2020_SOC2018_Crosswalk.xlsx", (f"{CIP_FILES}/CIP2020_SOC2018_Crosswalk.xlsx",), CIP_PAGE
    ),
    _ipeds(Source.IPEDS_HD, "HD{year}"),
    _ipeds(Source.IPEDS_COMPLETIONS, "C{year}_A"),
    _ipeds(Source.IPEDS_DISTANCE_PROGRAMS, "C{year}DEP"),
    _ipeds(Source.IPEDS_IC, "IC{year}"),
    _ipeds(Source.IPEDS_IC_AY, "IC{year}_AY"),
    _ipeds(Source.IPEDS_IC_PY, "IC{year}_PY"),
    _ipeds(Source.IPEDS_COST, "COST1_{year}"),
    _scorecard(Source.SCORECARD_FIELD, "Field-of-Study"),
    _scorecard(Source.SCORECARD_INSTITUTION, "Institution"),
    Published(
        Source.DAPIP,
        "dapip_{date}.zip",
        ("https://ope.ed.gov/dapip/api/downloadFiles/accreditationDataFiles",),
        "https://ope.ed.gov/dapip/#/download-data-files",
        body='{"CSVChecked":true,"ExcelChecked":false}',
    ),
    Published(
        Source.SOC,
        "soc_2018_definitions.xlsx",
        ("https://www.bls.gov/soc/2018/soc_2018_definitions.xlsx",),
        "https://www.bls.gov/soc/2018/",
    ),
    Published(
        Source.OEWS,
        "oesm{yy}nat.zip",
        ("https://www.bls.gov/oes/special-requests/oesm{yy}nat.zip",),
        "https://www.bls.gov/oes/tables.htm",
    ),
    Published(
        Source.OEWS,
        "oesm{yy}st.zip",
        ("https://www.bls.gov/oes/special-requests/oesm{yy}st.zip",),
        "https://www.bls.gov/oes/tables.htm",
    ),
    Published(
        Source.PROJECTIONS, "occupation.xlsx", ("https://www.bls.gov/emp/ind-occ-matrix/occupation.xlsx",), EP_PAGE
    ),
    Published(Source.ATTAINMENT, "education.xlsx", ("https://www.bls.gov/emp/ind-occ-matrix/education.xlsx",), EP_PAGE),
    _onet(Source.ONET_OCCUPATIONS, "Occupation Data"),
    _onet(Source.ONET_TASKS, "Task Statements"),
    _onet(Source.ONET_TECHNOLOGY, "Technology Skills"),
    _onet(Source.ONET_TITLES, "Alternate Titles"),
    _onet(Source.ONET_REPORTED_TITLES, "Sample of Reported Titles"),
    _onet(Source.ONET_RELATED, "Related Occupations"),
    _onet(Source.ONET_INTERESTS, "Interests"),
    _onet(Source.ONET_JOB_ZONES, "Job Zones"),
    _onet(Source.ONET_JOB_ZONE_REFERENCE, "Job Zone Reference"),
)
