"""Which official files are held, and what their silence about an occupation means.

A whole file that has no row says something about the occupation. The starter catalogue holds the words of O*NET and
the crosswalk only for the occupations of the field, so there the silence is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from directory.models import Release
from directory.vocab import Source

#: Of these the starter catalogue holds every occupation.
WHOLE_IN_STARTER: Final = (Source.SOC, Source.OEWS, Source.PROJECTIONS, Source.ATTAINMENT)


class Silence(NamedTuple):
    """What to say when a source has nothing: in its name, or (`thing`) in ours."""

    source: Source
    official: str
    thing: str


SILENCES: Final[dict[str, Silence]] = {
    "description": Silence(
        Source.ONET_OCCUPATIONS, "O*NET does not describe this occupation.", "description from O*NET"
    ),
    "titles": Silence(Source.ONET_TITLES, "O*NET lists no other titles here.", "other titles"),
    "tasks": Silence(Source.ONET_TASKS, "O*NET lists no tasks here.", "tasks"),
    "technology": Silence(Source.ONET_TECHNOLOGY, "O*NET lists no software or tools here.", "software or tools"),
    "related": Silence(Source.ONET_RELATED, "O*NET names no related occupations here.", "related occupations"),
    "zone": Silence(Source.ONET_JOB_ZONES, "O*NET has no job zone here.", "job zone"),
    "interests": Silence(Source.ONET_INTERESTS, "O*NET has no interests here.", "interests"),
    "pay": Silence(
        Source.OEWS, "The wage survey (OEWS) publishes no pay for this occupation alone.", "pay from the wage survey"
    ),
    "outlook": Silence(
        Source.PROJECTIONS, "The Employment Projections have no line for this occupation alone.", "projections"
    ),
    "attainment": Silence(
        Source.ATTAINMENT,
        "The table of educational attainment has no line for this occupation.",
        "educational attainment",
    ),
    "fields": Silence(
        Source.CIP_SOC,
        "The official crosswalk of programs and occupations names no field of study for this occupation.",
        "fields of study",
    ),
}
#: Named at the foot of the page; the tables of O*NET are one publication.
NAMED: Final = (
    Source.OEWS,
    Source.PROJECTIONS,
    Source.ATTAINMENT,
    Source.SOC,
    Source.CIP_SOC,
    Source.ONET_OCCUPATIONS,
)


def held_releases() -> list[Release]:
    """Releases of every source of the page, newest first; one query."""
    sources = {*NAMED, *(silence.source for silence in SILENCES.values())}
    return list(Release.objects.filter(source__in=sources).order_by("source", "-rank"))


def named(releases: Iterable[Release]) -> list[Release]:
    return [release for release in releases if release.source in NAMED]


def whole_sources(releases: Iterable[Release]) -> set[str]:
    """Sources that are held for every occupation."""
    return {
        release.source
        for release in releases
        if release.origin != Release.Origin.STARTER or release.source in WHOLE_IN_STARTER
    }


def silences(releases: Sequence[Release]) -> dict[str, str]:
    """Part of the page -> the sentence for when it is empty."""
    whole = whole_sources(releases)
    return {
        part: silence.official
        if silence.source in whole
        else f"The records that we hold have no {silence.thing} for this occupation."
        for part, silence in SILENCES.items()
    }
