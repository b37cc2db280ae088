"""What the careers contribute to the search: careers and occupations, with every job title that O*NET knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from careers.models import AlternateTitle, Career, FieldOccupation, Occupation
from directory.models import SearchEntry
from directory.search.entries import Entry, lines

#: How well a field answers for a career that we curate, and for an occupation that only the crosswalk ties to it.
CURATED: Final = 0.6
CROSSWALK: Final = 0.5


def careers(_: Collection[int] | None = None) -> Iterator[Entry]:
    """Every curated career, then every occupation with the fields of study that the CIP–SOC crosswalk gives it.

    Keys are a career's slug, and an occupation's SOC code. Titles of O*NET are lesser names, each once.
    """
    prepared = _fields()
    for career in Career.objects.order_by("order", "slug"):
        yield Entry(
            kind=SearchEntry.Kind.CAREER,
            key=career.slug,
            label=career.title,
            names=lines(career.everyday_names.split(","), without=career.title),
            fields=dict.fromkeys(prepared[career.occupation_id], CURATED),
            weight=2.0,
            url=career.get_absolute_url(),
        )
    titles = _titles()
    rows = Occupation.objects.filter(in_force=True).order_by("soc")
    for soc, title, slug in rows.values_list("soc", "title", "slug"):
        if prepared[soc] or titles[soc]:
            yield Entry(
                kind=SearchEntry.Kind.CAREER,
                key=soc,
                label=title,
                lesser_names=lines(titles[soc], without=title),
                fields=dict.fromkeys(prepared[soc], CROSSWALK),
                url=f"/careers/{slug}/",
            )


def _fields() -> defaultdict[str, list[str]]:
    """SOC code -> CIP codes whose graduates it is meant for."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for soc, cip in FieldOccupation.objects.order_by("field__cip").values_list("occupation", "field__cip"):
        found[soc].append(cip)
    return found


def _titles() -> defaultdict[str, list[str]]:
    """SOC code -> alternate titles, and their short forms ("RN"), in alphabetical order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    rows = AlternateTitle.objects.filter(onet__in_force=True).order_by("title")
    for soc, title, short in rows.values_list("onet__occupation", "title", "short_title"):
        long = title.removesuffix(f" ({short})") if short else title
        found[soc] += [long, short]
    return found
