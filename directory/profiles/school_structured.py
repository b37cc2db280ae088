"""A school for machines: schema.org's CollegeOrUniversity, with nothing but what the federal directory says of it."""

from __future__ import annotations

from typing import Any, Final

from directory.links import outbound
from directory.models import School
from directory.unanswered import unanswered

TERRITORIES: Final = frozenset({"AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"})


def structured(school: School, *, url: str) -> dict[str, Any]:
    """Name, place, numbers and its own site; the end, when it has one. `url` is the absolute address of our page."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollegeOrUniversity",
        "name": school.name,
        "url": url,
    }
    site = outbound(school.website)
    if site and not school.is_closed and not unanswered.since(site):  # whose address belongs to somebody else by now
        found["sameAs"] = site
    if address := address_of(school):
        found["address"] = address
    if school.latitude is not None and school.longitude is not None:
        found["geo"] = {"@type": "GeoCoordinates", "latitude": school.latitude, "longitude": school.longitude}
    numbers = [("IPEDS UNITID", school.unitid), ("OPEID", school.opeid)]
    if held := [_number(name, value) for name, value in numbers if value]:
        found["identifier"] = held
    if school.is_closed and school.closed_on:
        found["dissolutionDate"] = school.closed_on.isoformat()
    return found


def _number(name: str, value: object) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": name, "value": str(value)}


def address_of(school: School) -> dict[str, str]:
    """Its postal address, as far as it is known."""
    parts = {
        "streetAddress": school.address,
        "addressLocality": school.city,
        "addressRegion": school.state,
        "postalCode": school.zip_code,
    }
    known = {name: value for name, value in parts.items() if value}
    return {"@type": "PostalAddress", **known, "addressCountry": _country(school.state)} if known else {}


def _country(usps: str) -> str:
    """ISO has a code of its own for each territory, the same as the post's."""
    return usps if usps in TERRITORIES else "US"
