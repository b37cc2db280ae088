"""DAPIP in the layout of the official zip, with the columns that reach people: no importer may read those."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample, filled
from tests.directory.importers.samples_ipeds import HD

LOCATION_HEADER: Cells = (
    "DapipId", "OpeId", "IpedsUnitIds", "LocationName", "ParentName", "ParentDapipId", "LocationType", "Address",
    "GeneralPhone", "AdminName", "AdminPhone", "AdminEmail", "Fax", "UpdateDate",
)  # fmt: skip
RECORD_HEADER: Cells = (
    "DapipId", "AgencyId", "AgencyName", "ProgramId", "ProgramName", "SequentialId", "InitialDateFlag",
    "AccreditationDate", "AccreditationStatus", "ReviewDate", "DepartmentDescription", "AccreditationEndDate",
    "EndingActionId",
)  # fmt: skip
ACTION_HEADER: Cells = (
    "DapipId", "AgencyId", "AgencyName", "ProgramId", "ProgramName", "SequentialId", "ActionDescription",
    "ActionDate", "JustificationDescription", "JustificationOther", "EndDate",
)  # fmt: skip
PEOPLE = {
    "GeneralPhone": "5550100111", "AdminName": "Robin Canary-Admin", "AdminPhone": "5550100222",
    "AdminEmail": "robin@canary-mail.example", "Fax": "5550100333",
}  # fmt: skip


def location(
    dapip_id: str, name: str, *, unitids: str = "", opeid: str = "", kind: str = "Institution", **columns: str
):
    given = {"DapipId": dapip_id, "OpeId": opeid, "IpedsUnitIds": unitids, "LocationName": name, "LocationType": kind}
    parents = {"ParentName": "-", "ParentDapipId": "-", "UpdateDate": "9/14/2018 12:00:00 AM"}
    return filled(LOCATION_HEADER, {**PEOPLE, **parents}, {**given, **columns})


def record(dapip_id: str, **columns: str) -> Cells:
    """A current institutional accreditation by agency 4."""
    defaults = {
        "AgencyId": "4", "AgencyName": "Midland Commission – Colleges", "ProgramId": "1",
        "ProgramName": "Institutional Accreditation", "SequentialId": "1", "InitialDateFlag": "Actual",
        "AccreditationDate": "6/30/1975 12:00:00 AM", "AccreditationStatus": "Accredited", "ReviewDate": "06/30/2028",
    }  # fmt: skip
    return filled(RECORD_HEADER, defaults, {"DapipId": dapip_id, **columns})


def action(dapip_id: str, **columns: str) -> Cells:
    defaults = {
        "AgencyId": "4", "AgencyName": "Midland Commission – Colleges", "ProgramId": "1",
        "ProgramName": "Institutional Accreditation", "SequentialId": "1",
        "ActionDescription": "Renewal of Accreditation",
        "ActionDate": "1/29/2016 12:00:00 AM", "JustificationDescription": "Meets the standards",
        "JustificationOther": "Call Robin Canary-Admin at 5550100222",
    }  # fmt: skip
    return filled(ACTION_HEADER, defaults, {"DapipId": dapip_id, **columns})


MAPLE = location("900100", "Maple Fork College", unitids="100101", opeid="00100100")
ANNE = location("900200", "INSTITUT SAINTE ANNE", unitids="100202")
ELSEWHERE = location("900300", "A School That We Do Not Have")
PROGRAM = {
    "AgencyId": "55",
    "AgencyName": "Council on Records Education",
    "ProgramId": "88",
    "ProgramName": "Records (REC)",
}


def dapip(
    *rows: Cells,
    locations: tuple[Cells, ...] = (MAPLE, ANNE, ELSEWHERE),
    actions: tuple[Cells, ...] = (),
    month: str = "2025-03",
    ending: str = "zip",
) -> Sample:
    """The three tables; records come first because they are what a test spoils."""
    tables = (
        ("AccreditationRecords", RECORD_HEADER, rows),
        ("InstitutionCampus", LOCATION_HEADER, locations),
        ("AccreditationActions", ACTION_HEADER, actions),
    )
    suffix = ".csv" if ending == "zip" else ""
    return Sample(
        source=Source.DAPIP,
        name=f"dapip_{month}.{ending}",
        parts=tuple(Part(f"{name}{suffix}", header, lines) for name, header, lines in tables),
        needs=(HD,),
        codes=("AccreditationStatus",),
        dates=("AccreditationEndDate",),
        keys=("DapipId",),
        texts=("ProgramName", "AgencyName"),
    )


DAPIP = dapip(
    record("900100"),
    record("900100", **PROGRAM, AccreditationEndDate="7/31/2020 12:00:00 AM"),
    record("900200", AccreditationStatus="Preaccredited", AccreditationDate="8/14/2019 12:00:00 AM"),
    actions=(action("900100"), action("900200", ActionDescription="Grant Preaccreditation")),
)

SAMPLES = (DAPIP,)
