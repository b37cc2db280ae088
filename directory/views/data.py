"""Where the facts come from."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from directory import ranking
from directory.profiles.data import data_profile
from directory.views.unread import unread
from directory.vocab import DEFAULT_CIPS, USUAL_YEARS, AwardLevel, Standing

SECTIONS: Final = {
    "freshness": "How old the facts are",
    "sources": "Sources",
    "method": "How we work",
    "ranking": "How programs are ranked",
    "corrections": "If a fact is wrong",
    "imports": "Last imports",
    "licences": "Licences",
}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Every source with its years, gaps and licence, how we rank and estimate, and the last imports."""
    profile = data_profile()
    context = {
        **profile,
        "sections": [{"id": key, "label": label} for key, label in SECTIONS.items()],
        "keyfigs": [
            {"label": "Sources loaded", "value": f"{profile['sources']:,}"},
            {"label": "Rows of official files", "value": f"{profile['rows']:,}"},
            {
                "label": "Last load",
                "value": date_format(profile["newest"], "j M Y") if profile["newest"] else "Nothing loaded yet",
            },
        ],
        "ranking": _ranking(),
        "years": [
            {"label": AwardLevel(level).label, "years": f"{years:g}"}
            for level, years in USUAL_YEARS.items()
            if level != 1
        ],
        "unread": unread(request),
        "review_days": settings.ACCREDITATION_REVIEW_DAYS,
    }
    return render(request, "directory/data.html", context)


def _ranking() -> dict[str, Any]:
    """The weights as the code holds them, so that the page can never say anything else."""
    return {
        "version": ranking.VERSION,
        "match": ranking.MATCH_POINTS,
        "distance": ranking.DISTANCE_POINTS,
        "exam": ranking.EXAM_POINTS,
        "standings": [
            {"label": Standing(standing).label, "points": points}
            for standing, points in ranking.STANDING_POINTS.items()
        ],
        "field": ranking.FIELD_POINTS,
        "fields": DEFAULT_CIPS,
        "fact": ranking.FACT_POINTS,
        "active": ranking.ACTIVE_POINTS,
        "active_full": ranking.ACTIVE_FULL,
    }
