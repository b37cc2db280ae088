"""The same facts for machines: schema.org's EducationalOccupationalProgram, with nothing that the page does not source.

An estimate is no offer, and what is only said of a program is not said here: a field that nobody vouches for is left
away. https://schema.org/EducationalOccupationalProgram
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from directory.links import ways
from directory.models import Listing, Program, ProgramFact
from directory.profiles.school_structured import address_of
from directory.vocab import AwardLevel, Delivery, GoKind, Level, ListingState

EMPTY: Final[Mapping[str, Any]] = {}
MODES: Final = {Delivery.CAMPUS: "onsite", Delivery.HYBRID: "blended", Delivery.ONLINE: "online"}


def structured(
    context: Mapping[str, Any], *, url: str, school_url: str, rating: Mapping[str, Any] = EMPTY
) -> dict[str, Any]:
    """A program that one can enroll in; {} for one that has left the list. The addresses are absolute.

    `rating` is the mean of the reviews where the page shows it (`student_reviews.rating`).
    """
    program: Program = context["program"]
    listing: Listing = context["listing"]
    school = program.school
    if school.is_closed or program.state != ListingState.LISTED:
        return {}
    provider: dict[str, Any] = {"@type": "CollegeOrUniversity", "name": school.name, "url": school_url}
    if address := address_of(school):
        provider["address"] = address
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalProgram",
        "name": program.display_title,
        "url": url,
        "identifier": [{"@type": "PropertyValue", "propertyID": "CIP 2020", "value": program.field.cip}],
        "provider": provider,
        "educationalCredentialAwarded": str(AwardLevel(program.award_level).label),
    }
    own = ways(school, context["facts"]).get(GoKind.PROGRAM)
    if own and not own.silent_on:
        found["sameAs"] = own.url
    if listing.delivery in MODES:
        found["educationalProgramMode"] = MODES[Delivery(listing.delivery)]
    if listing.price is not None and listing.price_level == Level.PROGRAM:
        found["offers"] = {
            "@type": "Offer",
            "category": "Tuition and fees, whole program",
            "price": listing.price,
            "priceCurrency": "USD",
        }
    if rating:
        found["aggregateRating"] = dict(rating)
    months = _the_only(context["facts"], ProgramFact.Kind.MONTHS)
    if months.isdigit():
        found["timeToComplete"] = f"P{int(months)}M"
    return found


def _the_only(facts: list[ProgramFact], kind: str) -> str:
    """What pages state, when they state one thing."""
    said = {fact.value for fact in facts if fact.kind == kind and fact.value}
    return said.pop() if len(said) == 1 else ""
