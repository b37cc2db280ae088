"""Guides that nobody in the trade has read for a year, for the worklists of the desk."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import OuterRef, Subquery

from careers.models import Guide, GuideVersion
from directory.curation.worklists.case import Asked, Case, Kind, change_page, counted, fingerprint, heaviest
from directory.curation.worklists.harm import harm

DUE: Final = 4
#: A guide is to be read again by somebody in the trade after so many days.
REVIEW_DAYS: Final = 365


def find(asked: Asked) -> list[Case]:
    """Of each guide the version that readers see now; one query."""
    out = GuideVersion.objects.out_by(asked.now)
    rows = Guide.objects.annotate(current=Subquery(out.filter(guide=OuterRef("pk")).values("pk")[:1]))
    versions = GuideVersion.objects.filter(pk__in=rows.exclude(current=None).values("current"))
    return heaviest(
        (case for row in versions.select_related("guide__career") if (case := _case(row, asked))), asked
    )  # fmt: skip


def _case(version: GuideVersion, asked: Asked) -> Case | None:
    published = version.publish_at.date() if version.publish_at else asked.today
    since = (version.reviewed_on or published) + dt.timedelta(days=REVIEW_DAYS if version.reviewed_on else 0)
    if since > asked.today:
        return None
    if version.reviewed_on:
        reason = f"{version.reviewer} read it on {version.reviewed_on:%-d %b %Y}; a guide is read again every year."
    else:
        days = counted(asked.days_since(published), "day")
        reason = (
            f"Readers have seen version {version.number} for {days}, and nobody in the trade is named as its reader."
        )
    return Case(
        kind=KIND.slug,
        key=f"guide-{version.guide_id}",
        subject=str(version.guide.career),
        url=change_page("careers_guideversion", version.pk),
        reason=reason,
        harm=harm(DUE, days=asked.days_since(since)),
        fingerprint=fingerprint(version.pk, version.reviewed_on),
        since=since,
    )


KIND: Final = Kind(
    "guides",
    "Guides to read again",
    "Nobody in the trade has read what readers see of a guide within a year.",
    "careers.view_guideversion",
    "careers.change_guideversion",
    find,
)
