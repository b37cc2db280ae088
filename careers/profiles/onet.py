"""What O*NET says, for a career's page. Facts of one O*NET code never pass for those of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q

from careers.figures import ONET, Fact, median_pay
from careers.models import (
    AlternateTitle,
    Career,
    Interest,
    Occupation,
    OnetJobZone,
    OnetOccupation,
    Pay,
    RelatedOccupation,
    Task,
    Technology,
)
from careers.vocab import Basis, InterestScale, TaskKind, Tier, TitleKind

SHOWN_INTERESTS: Final = 3
SHOWN_TITLES: Final = 12


def onet_code(occupation: Occupation, career: Career | None) -> str:
    """The code whose tasks, titles and relations belong to the page."""
    return career.onet_code if career else f"{occupation.soc}.00"


def title_rows(occupation: Occupation, career: Career | None) -> list[AlternateTitle]:
    """Titles of the page's code, and the title on which a career rests wherever else it is listed; one query."""
    wanted = Q(onet=onet_code(occupation, career))
    if career is not None and career.basis == Basis.TITLE:
        wanted |= Q(title=career.evidence)
    rows = AlternateTitle.objects.filter(wanted).select_related("onet__occupation")
    return list(rows.order_by("-kind", "title", "onet"))


def related_rows(code: str) -> list[RelatedOccupation]:
    """Related occupations, the closest first; one query."""
    rows = RelatedOccupation.objects.filter(onet=code, related__in_force=True)
    return list(rows.select_related("related__occupation").order_by("index"))


def onet_part(
    occupation: Occupation,
    career: Career | None,
    found_titles: Sequence[AlternateTitle],
    related: Sequence[RelatedOccupation],
    pay: Mapping[str, Pay],
) -> dict[str, Any]:
    """Description, titles, tasks, technology, related occupations, job zone and interests of one code."""
    described = list(OnetOccupation.objects.filter(occupation=occupation, in_force=True).select_related("release"))
    code = onet_code(occupation, career)
    onet = next((each for each in described if each.code == code), None)
    titles = _titles(row for row in found_titles if row.onet_id == code)
    technology = list(Technology.objects.filter(onet=code).select_related("release"))
    return {
        "onet": onet,
        "onet_source": {"source": ONET.name, "year": onet.release.vintage if onet else "", "url": ONET.url},
        "parts": [] if onet and not onet.is_whole else [each for each in described if not each.is_whole],
        "titles": titles[:SHOWN_TITLES],
        "more_titles": titles[SHOWN_TITLES:],
        "tasks": _tasks(code),
        "technology": [each for each in technology if each.hot or each.in_demand],
        "more_technology": [each for each in technology if not (each.hot or each.in_demand)],
        "related": _related(related, pay),
        "preparation": _job_zone(code),
        "interests": _interests(code),
    }


def _titles(rows: Iterable[AlternateTitle]) -> list[dict[str, Any]]:
    """{title, reported}: titles that people in the job gave first, then the others; each once."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row.title.casefold(), {"title": row.title, "reported": row.kind == TitleKind.REPORTED})
    return list(found.values())


def _tasks(code: str) -> list[Task]:
    """Core tasks first; unrated ones in O*NET's order."""
    order = {TaskKind.CORE: 0, "": 1, TaskKind.SUPPLEMENTAL: 2}
    tasks = Task.objects.filter(onet=code).select_related("release")
    return sorted(tasks, key=lambda task: (order.get(task.kind, 1), task.task_id))


def _related(rows: Sequence[RelatedOccupation], pay: Mapping[str, Pay]) -> dict[str, list[dict[str, Any]]]:
    """Close and further occupations as {title, url, part_of, pay}; a part of one has no pay of its own."""
    found: dict[str, list[dict[str, Any]]] = {"close": [], "further": []}
    for row in rows:
        whole, occupation = row.related.is_whole, row.related.occupation
        found["further" if row.tier == Tier.SUPPLEMENTAL else "close"].append(
            {
                "title": row.related.title,
                "url": occupation.get_absolute_url(),
                "part_of": "" if whole else occupation.title,
                "pay": median_pay(pay.get(occupation.soc)) if whole else None,
            }
        )
    return found


def _job_zone(code: str) -> OnetJobZone | None:
    return OnetJobZone.objects.filter(onet=code).select_related("zone__release", "release").first()


def _interests(code: str) -> Fact | None:
    """The strongest interests with their scores, and who scored them."""
    rows = list(
        Interest.objects.filter(onet=code, scale=InterestScale.SCORE).select_related("release").order_by("-value")
    )
    if not rows:
        return None
    strongest = ", ".join(f"{row.get_element_display()} {row.value}" for row in rows[:SHOWN_INTERESTS])
    said_by = rows[0].said_by.lower()
    return Fact(
        "Interests it suits",
        value=strongest,
        note=f"Scores from 1 to 7{f', by {said_by}' if said_by else ''}",
        source=ONET.name,
        year=rows[0].release.vintage,
        source_url=ONET.url,
    )
