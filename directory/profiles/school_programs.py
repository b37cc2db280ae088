"""The programs of one school: cards by level, and by name what has left the list."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper

from directory.models import Listing, School
from directory.profiles.cards import for_cards, program_cards
from directory.profiles.figures import award_year
from directory.querysets.field_of_study import cip_condition
from directory.templatetags.levels import level_class
from directory.vocab import DEFAULT_CIPS, AwardLevel, LevelGroup, ListingState

#: A university with hundreds of programs shows so many cards of each level, and the rest by name.
CARDS_OF_A_LEVEL: Final = 12


def programs_of(school: School) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Listed programs by level, health information first, and those that left the list, with the reason."""
    ours = ExpressionWrapper(cip_condition(DEFAULT_CIPS), output_field=BooleanField())
    found = for_cards(Listing.objects.filter(school=school, program__merged_into=None)).annotate(ours=ours)
    groups: dict[str, list[Listing]] = {level: [] for level in LevelGroup}
    unlisted = []
    for listing in found.order_by("-ours", "-rank_points", "cip", "program__award_level"):
        if listing.listed:
            groups[listing.level].append(listing)
        else:
            unlisted.append(_left(listing))
    drawn = [listing for group in groups.values() for listing in group[:CARDS_OF_A_LEVEL]]
    cards = {card["slug"]: card for card in program_cards(drawn)}
    levels = [
        {
            "level": level,
            "label": LevelGroup(level).label,
            "css": level_class(level),
            "count": len(group),
            "cards": [_own(cards[listing.program.slug], listing) for listing in group[:CARDS_OF_A_LEVEL]],
            "more": [_named(listing) for listing in group[CARDS_OF_A_LEVEL:]],
        }
        for level, group in groups.items()
        if group
    ]
    return levels, unlisted


def _own(card: dict[str, Any], listing: Listing) -> dict[str, Any]:
    """The card on the school's own page: the award where the school's name would stand."""
    return {**card, "school_name": "", "award_label": str(AwardLevel(listing.program.award_level).label)}


def _named(listing: Listing) -> dict[str, str]:
    return {
        "title": listing.title,
        "url": listing.program.get_absolute_url(),
        "award": str(AwardLevel(listing.program.award_level).label),
    }


def _left(listing: Listing) -> dict[str, str]:
    program = listing.program
    reason = ListingState.SCHOOL_CLOSED if program.state == ListingState.LISTED else ListingState(program.state)
    return {**_named(listing), "reason": str(reason.label), "last": award_year(program.last_year)}
