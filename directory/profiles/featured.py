"""An editor's lists as readers see them: each program with the reason why it is there."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from directory.links import host_of, outbound
from directory.models import FeaturedEntry, FeaturedList, Listing
from directory.profiles.cards import for_cards, program_cards
from directory.unanswered import unanswered

HERE = Q(entries__program__listing__listed=True)


def published_lists() -> list[dict[str, Any]]:
    """The lists that readers may see, by title, each with how many programs it names; one query."""
    found = FeaturedList.objects.filter(state=FeaturedList.State.PUBLISHED)
    counted = found.annotate(programs=Count("entries", filter=HERE)).filter(programs__gt=0).order_by("title", "pk")
    return [
        {
            "title": row.title,
            "url": row.get_absolute_url(),
            "why": row.why,
            "programs": row.programs,
            "published_on": row.published_on,
        }
        for row in counted
    ]


def featured_profile(featured: FeaturedList) -> dict[str, Any]:
    """The context of `directory/featured_list.html`; five queries, however many programs there are.

    Programs that have left the lists are counted and not shown.
    """
    entries = list(FeaturedEntry.objects.filter(featured_list=featured))
    wanted = [entry.program_id for entry in entries]
    cards = program_cards(list(for_cards(Listing.objects.listed().filter(program__in=wanted))))
    by_program = {card["program"]: card for card in cards}
    rows = [_row(entry, by_program[entry.program_id]) for entry in entries if entry.program_id in by_program]
    # Not the database's collation, which is another one on each machine.
    rows.sort(key=lambda row: (row["position"], row["card"]["school_name"].casefold(), row["card"]["title"].casefold()))
    return {"featured": featured, "rows": rows, "gone": len(entries) - len(rows)}


def _row(entry: FeaturedEntry, card: dict[str, Any]) -> dict[str, Any]:
    url = outbound(entry.evidence_url)
    return {
        "card": card,
        "position": entry.position,
        "reason": entry.reason,
        "dated": entry.dated,
        "evidence": {"url": url, "host": host_of(url), "silent_on": unanswered.since(url)} if url else {},
    }
