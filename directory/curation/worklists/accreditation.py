"""Accreditations that nobody has confirmed with the accreditor for too long, and those that are soon too old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from directory.curation.worklists.case import (
    CANDIDATES,
    Asked,
    Case,
    Kind,
    change_page,
    counted,
    fingerprint,
    for_days,
    heaviest,
)
from directory.curation.worklists.harm import harm
from directory.models import Accreditation
from directory.vocab import CLOSED_STATES, AccreditationStatus, ListingState

OVERDUE: Final = 9
SOON: Final = 3
#: So many days before it is too old it is on the list, lighter.
AHEAD: Final = 30


def find(asked: Asked) -> list[Case]:
    """Of each school or program and accreditor the record that was checked last, unless it has ended; one query."""
    review = settings.ACCREDITATION_REVIEW_DAYS
    last_day = asked.today - dt.timedelta(days=review)
    younger = Accreditation.objects.annotate(of=Coalesce("program_id", Value(0))).filter(
        school=OuterRef("school"),
        agency=OuterRef("agency"),
        of=Coalesce(OuterRef("program_id"), Value(0)),
        checked_on__gt=OuterRef("checked_on"),
    )
    rows = (
        Accreditation.objects.filter(checked_on__lt=last_day + dt.timedelta(days=AHEAD))
        .filter(Q(ended_on=None) | Q(ended_on__gt=asked.today))
        .filter(Q(program=None) | Q(program__state=ListingState.LISTED))
        .exclude(school__status__in=CLOSED_STATES)
        .filter(~Exists(younger))
        .order_by("checked_on", "pk")
        .values(
            "pk", "checked_on", "status", "school_id", "program_id", "program__title",
            title=F("program__field__title"), at=F("school__name"), by=Coalesce("agency__acronym", "agency__name"),
            agency_name=F("agency__name"), awards=F("program__listing__awards_five_years"),
        )[:CANDIDATES]
    )  # fmt: skip
    return heaviest((_case(row, last_day, review, asked) for row in rows), asked)


def _case(row: Mapping[str, Any], last_day: dt.date, review: int, asked: Asked) -> Case:
    overdue = row["checked_on"] < last_day
    what = row["program__title"] or row["title"]
    falls = row["checked_on"] + dt.timedelta(days=review + 1)
    status = AccreditationStatus(row["status"]).label.lower()
    by = row["by"] or row["agency_name"]
    asked_on = f"{by} was last asked on {row['checked_on']:%-d %b %Y} ({status})."
    if overdue:
        ago = for_days(asked.days_since(falls))
        why = f"{asked_on} Longer than {counted(review, 'day')} ago: readers have not seen it as confirmed {ago}."
    else:
        why = f"{asked_on} From {falls:%-d %b %Y} on readers no longer see it as confirmed."
    leaves = asked.reach.leaves(school=row["school_id"], program=row["program_id"])
    weight = harm(
        OVERDUE if overdue else SOON,
        leaves=leaves,
        graduates=(row["awards"] or 0) / 5,
        days=asked.days_since(falls) if overdue else 0,
    )
    return Case(
        kind=KIND.slug,
        key=f"record-{row['pk']}",
        subject=f"{what}, {row['at']}" if what else row["at"],
        url=change_page("directory_accreditation", row["pk"]),
        reason=why,
        harm=weight,
        fingerprint=fingerprint(row["checked_on"], row["status"], overdue),
        since=falls,
    )


KIND: Final = Kind(
    "accreditation",
    "Accreditation to confirm",
    "The accreditor was last asked too long ago, or soon will have been.",
    "directory.view_accreditation",
    "directory.change_accreditation",
    find,
)
