"""What cannot be true of a school or a program, in plain words: the same for its form, for many at once, for a file.

Only what somebody changes is judged; an odd value of an official file hinders no other correction.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.utils import timezone

from directory.curation import own_addresses
from directory.curation.publishing import address_problems, state_problem, status_problem
from directory.links import outbound
from directory.models import Program, School, ZipPoint
from directory.vocab import CLOSED_STATES, STATES, SchoolState

WEB_ADDRESSES: Final = frozenset(
    {
        *("website", "admissions_url", "apply_url", "aid_url", "net_price_url"),
        *("veterans_url", "disability_url", "program_url"),
    }
)
#: What names a listing or its place; all names of the official files pass.
NAMES: Final = frozenset({"name", "title", "address", "city", "county", "accreditor"})
MARKUP: Final = frozenset("<>")
#: Letters by their category, and blank on every screen.
BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: Signs that stand in no web address unless they are escaped.
NO_ADDRESS: Final = frozenset('<>"`{}|^ ')
ZIP_DIGITS: Final = 5
ZIP: Final = re.compile(r"[0-9]{5}(?:-?[0-9]{4})?")
#: From American Samoa to Alaska, and the same for longitude, which the date line cuts in two.
LATITUDES: Final = (-15.0, 72.0)
LONGITUDES: Final = ((-180.0, -64.0), (130.0, 180.0))
#: Every school stands this near, in degrees, to the middle of some ZIP code of its state.
NEAR: Final = 2.0

Problem = tuple[str, str]


def problems(
    listing: School | Program, values: Mapping[str, Any], touched: Collection[str], *, on: dt.date | None = None
) -> Iterator[Problem]:
    """Column and words for everything that cannot be, given the listing's values as they would be saved.

    `touched` are the columns that somebody changes. A column that `values` lacks is not judged. A listing that is not
    saved yet has every column touched. `on` is the day on which the values are to hold, today unless told otherwise.
    """
    for name in WEB_ADDRESSES & {*touched} & {*values}:
        if values[name] and not leads_out(values[name]):
            yield name, "This is no web address that a reader can be sent to."
    for name in NAMES & {*touched} & {*values}:
        if said := name_problem(values[name] or ""):
            yield name, said
    if isinstance(listing, School):
        yield from _of_school(listing, values, {*touched}, on or timezone.localdate())
        if said := status_problem(listing, values, touched):
            yield "status", said
        return
    if said := state_problem(listing, values, touched):
        yield "state", said
    yield from own_addresses.problems(listing, values, touched)
    yield from address_problems(listing, values, touched)


def name_problem(text: str) -> str:
    """Why a text names nothing, empty where it may; nothing at all is no problem of the text."""
    if not text:
        return ""
    if MARKUP & set(text):
        return "A name has no < or >: write it as readers are to see it."
    if not text.isprintable() or BLANKS & set(text):
        return "This holds a sign that nobody sees (a line break, a special blank): type it anew."
    return "" if any(sign.isalnum() for sign in text) else "A name has at least one letter or digit."


def leads_out(address: str) -> bool:
    """Whether a person may enter the address: one that a reader can be sent to, without signs that nobody means."""
    return outbound(address) is not None and not NO_ADDRESS & set(address.strip())


def _of_school(school: School, values: Mapping[str, Any], touched: set[str], on: dt.date) -> Iterator[Problem]:
    code = values.get("zip_code")
    if code and "zip_code" in touched and (said := _zip_problem(code, values.get("state"))):
        yield "zip_code", said
    if "successor_unitid" in touched:
        yield from _successor(school, values.get("successor_unitid"))
    yield from _whole_point(values)
    if touched & {"latitude", "longitude", "state"}:
        yield from _point_in_its_state(values)
    if touched & {"status", "closed_on"}:
        yield from _closing(values, touched, on)


def _zip_problem(code: str, usps: str | None) -> str:
    """Why a code is none of the school's state; nothing to say while no table of codes is loaded."""
    if not ZIP.fullmatch(code):
        return "A ZIP code has five digits, or nine as in 43215-1234."
    place = code[:ZIP_DIGITS]
    known = ZipPoint.objects.filter(zip_code=place).first()
    if known is None:
        said = f"There is no ZIP code {place} in the table of the post office’s codes."
        return said if ZipPoint.objects.exists() else ""
    if not usps or known.state == usps:
        return ""
    return (
        f"The ZIP code {place} lies in {STATES.get(known.state, known.state)}, "
        f"and the school in {STATES.get(usps, usps)}."
    )


def _successor(school: School, unitid: int | None) -> Iterator[Problem]:
    if unitid is None:
        return
    if unitid == school.unitid:
        yield "successor_unitid", "A school cannot be its own successor."
    elif not School.objects.filter(unitid=unitid).exists():
        yield "successor_unitid", f"We hold no school with the UNITID {unitid}."


def _whole_point(values: Mapping[str, Any]) -> Iterator[Problem]:
    """The database keeps whole points only."""
    names = [name for name in ("latitude", "longitude") if name in values]
    missing = [name for name in names if values[name] is None]
    if len(names) == 2 and len(missing) == 1:
        yield missing[0], "A point has both latitude and longitude: fill in both, or neither."


def _point_in_its_state(values: Mapping[str, Any]) -> Iterator[Problem]:
    latitude, longitude, usps = values.get("latitude"), values.get("longitude"), values.get("state")
    far = False
    if latitude is not None and not LATITUDES[0] <= latitude <= LATITUDES[1]:
        far = True
        yield "latitude", f"Nothing of the United States lies there: {LATITUDES[0]:g} to {LATITUDES[1]:g}."
    if longitude is not None and not any(west <= longitude <= east for west, east in LONGITUDES):
        far = True
        yield "longitude", "Nothing of the United States lies there: -180 to -64, or 130 to 180."
    if latitude is None or longitude is None or usps is None or far:
        return
    in_state = ZipPoint.objects.filter(state=usps, latitude__isnull=False)
    near = in_state.filter(
        latitude__range=(latitude - NEAR, latitude + NEAR), longitude__range=(longitude - NEAR, longitude + NEAR)
    )
    if in_state.exists() and not near.exists():
        yield "latitude", f"This point lies far outside of {STATES.get(str(usps), usps)}."


def _closing(values: Mapping[str, Any], touched: set[str], on: dt.date) -> Iterator[Problem]:
    closed_on: dt.date | None = values.get("closed_on")
    status = values.get("status")
    if closed_on is None or status is None:
        return
    if status not in CLOSED_STATES:
        words = SchoolState(status).label
        yield "closed_on", f"The status is “{words}”: choose how it closed, or leave this day empty."
    elif "closed_on" in touched and closed_on > on:
        yield "closed_on", "This day is still to come. Enter the closing when it has happened."
