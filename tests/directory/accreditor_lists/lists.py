"""Lists of an invented accreditor about invented schools, as csv files."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from directory.importers.accreditor_list.file import read_list
from directory.models import Accreditation, AccreditorList, Agency
from directory.pipeline.accreditor_lists.applying import apply
from directory.pipeline.accreditor_lists.comparing import compare
from directory.pipeline.accreditor_lists.taking_in import take_in
from directory.vocab import AccreditationStatus

HEADER = ("UNITID", "Institution", "City", "State", "Program", "Degree", "Status")
DAY = dt.date(2026, 11, 1)
EARLIER = dt.date(2025, 9, 1)
URL = "https://accreditor.example/programs"


def row(unitid: Any, **said: str) -> tuple[str, ...]:
    """One entry: Maple Fork College's accredited associate program, unless told otherwise."""
    given = {
        "school": "Maple Fork College", "city": "Maple Fork", "state": "OH", "program": "Health Information",
        "level": "Associate", "status": "Accredited", **said,
    }  # fmt: skip
    return (str(unitid), *given.values())


def written(folder: Path, *rows: Sequence[str], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def agency(**columns: Any) -> Agency:
    found, _ = Agency.objects.get_or_create(
        acronym="CAHIIM",
        defaults={"name": "Commission", "programmatic": True, "list_layout": {"cips": ["51.0707"]}, **columns},
    )
    return found


def taken_in(path: Path, by: User, **columns: Any) -> AccreditorList:
    given = {"agency": agency(), "source_url": URL, "as_of": DAY, "whole": True, **columns}
    return take_in(accreditor_list=AccreditorList(file_name=path.name, **given), found=read_list(path), by=by)


def applied(accreditor_list: AccreditorList, by: User, **how: Any) -> AccreditorList:
    given = {"clear_gone": False, "seen": compare(accreditor_list).fingerprint, **how}
    return apply(accreditor_list=accreditor_list, by=by, **given)


def record(program: Any, status: str = AccreditationStatus.ACCREDITED, **columns: Any) -> Accreditation:
    """What staff wrote down after asking the accreditor."""
    given = {"checked_on": EARLIER, "evidence_url": "https://accreditor.example/asked", **columns}
    return Accreditation.objects.create(school=program.school, program=program, agency=agency(), status=status, **given)


def kinds(accreditor_list: AccreditorList) -> dict[str, int]:
    return compare(accreditor_list).counts
