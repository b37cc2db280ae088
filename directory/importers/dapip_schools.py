"""Which school of the directory a DAPIP location is.

DAPIP has numbers of its own. A location is a school when two identifiers say so: its UNITID, and either the
OPEID or the name that IPEDS has for that UNITID. A name alone never decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from directory.importers import cells
from directory.importers.base import Layout, required
from directory.importers.errors import BadCell, Leftover
from directory.importers.reading import Row
from directory.models import School
from directory.vocab import Source

PARENT = 6  # the first digits of an OPEID name the institution, the last two the branch
FILLERS = frozenset({"the", "at", "of"})
NUMBER = re.compile(r"[0-9]{1,12}")
OPEID = re.compile(r"[0-9]{5,8}")  # DAPIP also has numbers with letters (020988C6), which are no OPEIDs


class LocationLayout(Layout):
    """InstitutionCampus of the zip, InstituteCampuses of the workbook; columns that reach people are left."""

    source = Source.DAPIP
    columns = required("DapipId", "OpeId", "IpedsUnitIds", "LocationName")


@dataclass(frozen=True, slots=True)
class LocationRow:
    dapip_id: str
    unitids: tuple[int, ...]
    opeid: str
    name: str


def parse_location(row: Row) -> LocationRow:
    """A location; IpedsUnitIds may be empty or hold several."""
    unitids = [part for part in re.split(r"[,;\s]+", row["IpedsUnitIds"]) if part not in ("", "-", "-2")]
    if not all(re.fullmatch(r"[0-9]{6}", part) for part in unitids):
        raise BadCell("IpedsUnitIds", row["IpedsUnitIds"], "not UNITIDs of six digits")
    return LocationRow(
        dapip_id=dapip_number(row, "DapipId"),
        unitids=tuple(int(part) for part in unitids),
        opeid=row["OpeId"].zfill(8) if OPEID.fullmatch(row["OpeId"]) else "",
        name=cells.text(row, "LocationName", limit=400),
    )


def dapip_number(row: Row, column: str) -> str:
    text = row[column]
    if not NUMBER.fullmatch(text):
        raise BadCell(column, text, "not a number")
    return text


def plain(name: str) -> str:
    """A name without case, punctuation and filler words: two sources rarely agree on those."""
    words = re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", " and ").replace("'", "")).split()
    return " ".join(word for word in words if word not in FILLERS)


class Schools:
    """The schools of the directory by UNITID, with what confirms them."""

    def __init__(self) -> None:
        rows = School.objects.exclude(unitid=None).values_list("unitid", "pk", "opeid", "name")
        self.known = {unitid: (pk, opeid, plain(name)) for unitid, pk, opeid, name in rows}

    def find(self, location: LocationRow) -> int | None:
        """Id of the school; None when nothing or only one identifier points to it.

        Of several confirmed UNITIDs the first counts, which is the main one. Raises Leftover when the
        identifiers contradict each other: a known UNITID with the OPEID and the name of somebody else.
        """
        contradiction = ""
        for unitid in location.unitids:
            if unitid not in self.known:
                continue
            pk, opeid, name = self.known[unitid]
            if (location.opeid and location.opeid == opeid) or plain(location.name) == name:
                return pk
            if location.opeid and opeid and location.opeid[:PARENT] != opeid[:PARENT]:
                contradiction = f"UNITID {unitid} has OPEID {opeid} and another name in the directory"
        if contradiction:
            raise Leftover("OpeId", location.opeid, contradiction)
        return None
