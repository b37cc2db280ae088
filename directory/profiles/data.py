"""The data page: what is loaded, of which year, since when, and what the last imports did."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Max, Sum

from directory.models import ImportRun, Release
from directory.profiles.data_sources import ABOUT, PUBLISHERS
from directory.vocab import Source

LAST_RUNS: Final = 20

#: What a reader asks the age of, and the sources that can answer; the newest of them counts.
FRESHNESS: Final[dict[str, tuple[Source, ...]]] = {
    "Schools": (Source.IPEDS_HD,),
    "Programs and awards": (Source.IPEDS_COMPLETIONS,),
    "Tuition and prices": (Source.IPEDS_COST, Source.IPEDS_TUITION, Source.IPEDS_IC_AY, Source.IPEDS_IC_PY),
    "Earnings after a program": (Source.SCORECARD_FIELD,),
    "Accreditation statements": (Source.ACCREDITATION_EVIDENCE,),
    "Wages": (Source.OEWS,),
    "Job outlook": (Source.PROJECTIONS,),
}


def data_profile() -> dict[str, Any]:
    """The context of the page; three queries."""
    releases: defaultdict[str, list[Release]] = defaultdict(list)
    for release in Release.objects.order_by("source", "-rank"):
        releases[release.source].append(release)
    totals = Release.objects.aggregate(rows=Sum("rows"), newest=Max("loaded_at"))
    runs = ImportRun.objects.exclude(state=ImportRun.State.RUNNING)[:LAST_RUNS]
    return {
        "publishers": [
            {
                "key": publisher.key,
                "name": publisher.name,
                "page": publisher.page,
                "sources": [_source(source, releases[source]) for source in publisher.sources if releases[source]],
                "absent": [source.label for source in publisher.sources if not releases[source]],
            }
            for publisher in PUBLISHERS
        ],
        "freshness": [_newest(label, sources, releases) for label, sources in FRESHNESS.items()],
        "sources": sum(bool(found) for found in releases.values()),
        "rows": totals["rows"] or 0,
        "newest": totals["newest"],
        "runs": runs,
        "onet": next((release.vintage for release in releases[Source.ONET_OCCUPATIONS]), ""),
        "zip_points": bool(releases[Source.ZIP_POINTS]),
    }


def _newest(label: str, sources: tuple[Source, ...], releases: Mapping[str, list[Release]]) -> dict[str, Any]:
    """A row of the facts table: the newest vintage among the sources, and the day on which it was loaded."""
    found = [release for source in sources for release in releases.get(source, [])]
    if not found:
        return {"label": label, "value": "Not loaded yet"}
    newest = max(found, key=lambda release: (release.year or release.rank, release.rank))
    return {
        "label": label,
        "value": newest.vintage,
        "source": newest.get_source_display(),
        "year": newest.loaded_at.date(),
    }


def _source(source: Source, releases: list[Release]) -> dict[str, Any]:
    """A source with its releases, those that were loaded on one day in one way on one line."""
    about = ABOUT[source]
    loads: defaultdict[tuple[dt.date, str, str], list[Release]] = defaultdict(list)
    for release in releases:
        scope = "" if release.scope == "all" else release.scope
        loads[release.loaded_at.date(), str(release.get_origin_display()), scope].append(release)
    return {
        "source": source.value,
        "label": source.label,
        "what": about.what,
        "gaps": about.gaps,
        "loads": [
            {"on": on, "origin": origin, "scope": scope, "releases": found}
            for (on, origin, scope), found in loads.items()
        ],
    }
