"""What a career's page rests on, in the order in which the text numbers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from careers.figures import ATTAINMENT, CIP_SOC, OEWS, ONET, PROJECTIONS, SOC, Publisher
from careers.profiles.guide import GuideView
from careers.vocab import CITED_LIVE
from directory.models import Release
from directory.vocab import Source

#: Id of a citation -> the file, and who publishes it.
OFFICIAL: Final[dict[str, tuple[Source, Publisher]]] = {
    "oews": (Source.OEWS, OEWS),
    "projections": (Source.PROJECTIONS, PROJECTIONS),
    "attainment": (Source.ATTAINMENT, ATTAINMENT),
    "onet": (Source.ONET_OCCUPATIONS, ONET),
    "soc": (Source.SOC, SOC),
    "crosswalk": (Source.CIP_SOC, CIP_SOC),
}


def sources(view: GuideView, releases: Sequence[Release]) -> list[dict[str, Any]]:
    """References of the guide, then the official files with the vintage that is held: {id, title, dated, …}."""
    newest: dict[str, Release] = {}
    for release in releases:
        newest.setdefault(release.source, release)
    official = []
    for key in CITED_LIVE:
        source, publisher = OFFICIAL[key]
        held = newest.get(source)
        official.append(
            {
                "id": key,
                "title": publisher.name if held is None else held.get_source_display(),
                "publisher": "",
                "dated": held.vintage if held else "",
                "url": publisher.url,
                "official": True,
                "held": held is not None,
            }
        )
    return [*view.references, *official]
