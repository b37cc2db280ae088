"""How old each source is, and from when on somebody should look for a newer file."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from typing import Final, NamedTuple

from directory.models import Release
from directory.vocab import Source

YEAR: Final = 365
#: Ranks from here on are a year and a month (202504); others number versions, which tell no day.
FIRST_DATED: Final = 190_000

#: Source -> days. Dated files count from the end of the period that they are of, others from the load. These are our
#: own limits, a little over what lay between past files; none for classifications, which stand until they are replaced.
LIMITS: Final[dict[Source, int]] = {
    Source.IPEDS_HD: 2 * YEAR,
    Source.IPEDS_COMPLETIONS: 3 * YEAR,
    Source.IPEDS_DISTANCE_PROGRAMS: 3 * YEAR,
    Source.IPEDS_IC: 2 * YEAR,
    Source.IPEDS_IC_AY: 2 * YEAR,
    Source.IPEDS_IC_PY: 2 * YEAR,
    Source.IPEDS_COST: 2 * YEAR,
    Source.IPEDS_TUITION: 2 * YEAR,
    Source.IPEDS_DISTANCE: 3 * YEAR,
    Source.SCORECARD_FIELD: YEAR + YEAR // 2,
    Source.SCORECARD_INSTITUTION: YEAR + YEAR // 2,
    Source.DAPIP: YEAR // 2,
    Source.ZIP_POINTS: 2 * YEAR,
    Source.WEAMS: YEAR // 2,
    Source.ACCREDITATION_EVIDENCE: YEAR + 30,
    Source.ONLINE_EVIDENCE: YEAR + 30,
    Source.PROGRAM_FACTS: YEAR + 30,
    Source.CERTIFICATIONS: YEAR // 2,
    Source.OEWS: 2 * YEAR,
    Source.PROJECTIONS: 2 * YEAR,
    Source.ATTAINMENT: 3 * YEAR,
    Source.ONET_OCCUPATIONS: YEAR // 2,
    Source.ONET_TASKS: YEAR // 2,
    Source.ONET_TECHNOLOGY: YEAR // 2,
    Source.ONET_TITLES: YEAR // 2,
    Source.ONET_REPORTED_TITLES: YEAR // 2,
    Source.ONET_RELATED: YEAR // 2,
    Source.ONET_INTERESTS: YEAR // 2,
    Source.ONET_JOB_ZONES: YEAR // 2,
    Source.ONET_JOB_ZONE_REFERENCE: YEAR // 2,
}


class Age(NamedTuple):
    """One source: the newest file, the day of which it is, its age in days, and the limit (None: it has none)."""

    source: str
    label: str
    vintage: str
    of: dt.date
    loaded: dt.date
    days: int
    limit: int | None

    @property
    def is_old(self) -> bool:
        return self.limit is not None and self.days > self.limit


def ages(*, today: dt.date) -> list[Age]:
    """The newest release of each source that is loaded, the furthest past its limit first; one query."""
    newest: dict[str, Release] = {}
    for release in Release.objects.order_by("source", "rank", "pk"):
        newest[release.source] = release
    return sorted(_aged(newest.values(), today), key=lambda age: (age.limit is None, (age.limit or 0) - age.days))


def _aged(releases: Iterable[Release], today: dt.date) -> Iterable[Age]:
    for release in releases:
        of, loaded = period_end(release), release.loaded_at.date()
        limit = LIMITS.get(Source(release.source)) if release.source in Source.values else None
        label = str(release.get_source_display())
        yield Age(release.source, label, release.vintage, of, loaded, max(0, (today - of).days), limit)


def period_end(release: Release) -> dt.date:
    """The last day of the period of which a file is; the day of the load where its version tells none."""
    year, month = divmod(release.rank, 100)
    if release.rank < FIRST_DATED or month > 12:
        return release.loaded_at.date()
    month = month or 12
    return dt.date(year, month, monthrange(year, month)[1])
