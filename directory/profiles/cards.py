"""Programs as cards of a list (`partials/program_card.html`), in a fixed number of queries per list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from directory.models import Listing, Opening
from directory.profiles.figures import (
    LISTING_RELEASES,
    price_label,
    program_awards,
    program_earnings,
    program_price,
)
from directory.profiles.standing_papers import standing_papers
from directory.querysets.listing import ListingQuerySet
from directory.templatetags.levels import level_class, level_tab
from directory.vocab import Delivery

if TYPE_CHECKING:
    from directory.profiles.result_rows import ListingRow

#: How long an award takes full time, in words. IPEDS sorts certificates by length; a degree has the range of
#: the glossary's definition, of which the lower end is what matters to a student.
LENGTH_WORDS: Final[dict[int, str]] = {
    20: "Under 12 weeks",
    21: "12 weeks to 1 year",
    1: "Under 1 year",
    2: "1 to 2 years",
    3: "2 years or more",
    4: "2 to 4 years",
    5: "4 years or more",
    7: "1 to 2 years after a bachelor’s",
}
LENGTH_SOURCE: Final = "IPEDS definition of the award, full time"


class Exam(NamedTuple):
    """A certification that a program opens. `basis` is "confirmed" or "stated"."""

    label: str
    url: str
    basis: str


def for_cards(listings: ListingQuerySet) -> ListingQuerySet:
    """The listings with everything that a card reads from its own row."""
    return listings.select_related("program", "school", *LISTING_RELEASES)


def program_cards(listings: Sequence[Listing]) -> list[dict[str, Any]]:
    """A card for each listing of `for_cards`, with its exams and the date of its standing: three queries."""
    programs = [listing.program_id for listing in listings]
    exams, papers = exams_of(programs), standing_papers(programs)
    return [
        program_card(listing, exams=exams[listing.program_id], standing_as_of=papers.as_of(listing))
        for listing in listings
    ]


def program_card(
    listing: Listing | ListingRow,
    *,
    exams: Iterable[Exam] = (),
    standing_as_of: Any = "",
) -> dict[str, Any]:
    """One card; asks nothing of the database when the listing comes from `for_cards`."""
    award_level = listing.program.award_level
    words = LENGTH_WORDS.get(award_level, "")
    return {
        "title": listing.title,
        "url": listing.program.get_absolute_url(),
        "slug": listing.program.slug,
        "program": listing.program_id,
        "level": listing.level,
        "level_label": level_tab(listing.level),
        "level_class": level_class(listing.level),
        "length_label": words,
        "length_source": LENGTH_SOURCE if words else "",
        "school_name": listing.school_name,
        "school_url": listing.school.get_absolute_url(),
        "city": listing.school.city,
        "state": listing.state,
        "accreditation": {"status": listing.standing, "as_of": standing_as_of},
        "price": program_price(listing),
        "price_label": price_label(listing),
        "earnings": program_earnings(listing),
        "completions": program_awards(listing),
        "delivery_label": "" if listing.delivery == Delivery.UNKNOWN else str(Delivery(listing.delivery).label),
        "delivery_source": listing.delivery_basis,
        "leads_to": list(exams),
    }


def exams_of(programs: Collection[int]) -> defaultdict[int, list[Exam]]:
    """Program -> the exams it opens, in the order of the certifications."""
    found: defaultdict[int, list[Exam]] = defaultdict(list)
    openings = Opening.objects.filter(program__in=programs).select_related("certification")
    for opening in openings.order_by("certification__order", "certification__acronym"):
        certification = opening.certification
        found[opening.program_id].append(Exam(certification.acronym, certification.get_absolute_url(), opening.basis))
    return found
