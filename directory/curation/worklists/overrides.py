"""Corrections of ours that the official file has moved away from, or that were to be looked at again by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import F, Q
from django.urls import reverse

from directory.curation.worklists.case import CANDIDATES, Asked, Case, Kind, fingerprint, heaviest
from directory.curation.worklists.harm import harm
from directory.models import Override

CONFLICT: Final = 6
LOOK_AGAIN: Final = 3


def find(asked: Asked) -> list[Case]:
    """One query."""
    rows = (
        Override.objects.filter(active=True)
        .filter(Q(conflict_since__isnull=False) | Q(review_by__lte=asked.today))
        .order_by("made_at", "pk")
        .values(
            "pk", "column", "value", "official_value", "conflict_since", "review_by", "school_id", "program_id",
            "program__title", title=F("program__field__title"), of=F("school__name"), at=F("program__school__name"),
            awards=F("program__listing__awards_five_years"),
        )[:CANDIDATES]
    )  # fmt: skip
    return heaviest((_case(row, asked) for row in rows), asked)


def _case(row: Mapping[str, Any], asked: Asked) -> Case:
    conflict = row["conflict_since"]
    column = row["column"].replace("_", " ")
    if conflict:
        ours, official = _words(row["value"]), _words(row["official_value"])
        why = f"The {column} is “{ours}” by our correction; the official file now says “{official}”."
        since = conflict.date()
    else:
        since = row["review_by"]
        why = f"Our correction of the {column} was to be looked at again by {since:%-d %b %Y}."
    what = row["program__title"] or row["title"]
    return Case(
        kind=KIND.slug,
        key=f"override-{row['pk']}",
        subject=f"{what}, {row['at']}" if what else row["of"],
        url=_decided_at(row["pk"]),
        reason=why,
        harm=harm(
            CONFLICT if conflict else LOOK_AGAIN,
            leaves=asked.reach.leaves(school=row["school_id"], program=row["program_id"]),
            graduates=(row["awards"] or 0) / 5,
            days=asked.days_since(since),
        ),
        fingerprint=fingerprint(row["value"], row["official_value"], bool(conflict), row["review_by"]),
        since=since,
    )


def _words(value: Any) -> str:
    text = "nothing" if value in (None, "") else "yes" if value is True else "no" if value is False else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


KIND: Final = Kind(
    "overrides",
    "Our corrections against the official file",
    "The official value changed under a correction of ours, or the day came to look at one again.",
    "directory.view_override",
    "directory.change_override",
    find,
)


def _decided_at(pk: int) -> str:
    """Where a conflict is decided, and a correction looked at again."""
    return f"{reverse('admin:directory_override_conflicts')}?id={pk}"
