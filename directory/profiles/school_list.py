"""The school list: schools as cards, what is applied as chips, and what to do when nothing is found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Count

from directory.figures import Figure
from directory.models import Listing, Override, Release, School, SchoolFigure
from directory.profiles.corrections import Corrected
from directory.profiles.school_figures import UNIT_OF, school_figures
from directory.templatetags.levels import level_tab
from directory.vocab import STATES, Control, Level, LevelGroup, Missing, SchoolMeasure, Source

#: Measures on a card, under a shorter name.
CARD_MEASURES: Final = {
    SchoolMeasure.TUITION_IN_STATE: "In-state tuition and fees",
    SchoolMeasure.ENROLLED: "Students",
}


def school_cards(schools: Sequence[School]) -> list[dict[str, Any]]:
    """A card for each school (loaded with its release, and `miles` near a point); four queries, however many."""
    ids = [school.pk for school in schools]
    counts = programs_by_level(ids)
    reported = Release.objects.filter(source=Source.IPEDS_COMPLETIONS).first()
    rows: defaultdict[int, list[SchoolFigure]] = defaultdict(list)
    for row in SchoolFigure.objects.filter(school__in=ids, measure__in=CARD_MEASURES).select_related("release"):
        rows[row.school_id].append(row)
    corrected = {
        override.school_id: Corrected([override])
        for override in Override.objects.filter(school__in=ids, column="control", active=True)
    }
    nothing = Corrected(())
    return [
        _card(school, counts[school.pk], rows[school.pk], reported, corrected.get(school.pk, nothing))
        for school in schools
    ]


def programs_by_level(schools: Sequence[int]) -> defaultdict[int, Counter[str]]:
    """School -> level group -> number of listed programs; one query."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    found = Listing.objects.listed().filter(school__in=schools).order_by()
    for school, level, count in found.values_list("school", "level").annotate(count=Count("pk")):
        counts[school][level] = count
    return counts


def in_levels(counts: Counter[str]) -> str:
    """ "3 certificate, 1 associate": the levels in their usual order."""
    return ", ".join(f"{counts[level]} {level_tab(level).lower()}" for level in LevelGroup if counts[level])


def _card(
    school: School,
    counts: Counter[str],
    rows: Sequence[SchoolFigure],
    reported: Release | None,
    corrected: Corrected,
) -> dict[str, Any]:
    newest = {found.measure: found.newest for found in school_figures(rows)}
    programs = {
        "label": "Programs listed",
        "value": f"{counts.total():,}",
        "note": in_levels(counts),
        "source": reported.get_source_display() if reported else "",
        "year": reported.vintage if reported else "",
    }
    control = {
        "label": "Who runs it",
        "value": Control(school.control).label,
        "source": school.release.get_source_display(),
        "year": school.release.vintage,
    }
    return {
        "slug": school.slug,
        "compare": "school",
        "title": school.name,
        "url": school.get_absolute_url(),
        "distance_miles": getattr(school, "miles", None),
        "where": f"{school.city}, {STATES.get(school.state, school.state)}",
        "status": str(school.get_status_display()) if school.is_closed else "",
        "figs": [
            programs,
            corrected.mark("control", control),
            *(
                {"label": label, "figure": newest.get(measure) or _not_collected(measure)}
                for measure, label in CARD_MEASURES.items()
            ),
        ],
    }


def _not_collected(measure: SchoolMeasure) -> Figure:
    return Figure.unknown(Missing.NOT_COLLECTED, unit=UNIT_OF[measure], level=Level.INSTITUTION)
