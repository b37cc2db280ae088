"""What the map is drawn from, read in a fixed number of queries: programs, openings, exams, crosswalk, pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from careers.models import Career, FieldOccupation, Occupation, Pay, Projection
from directory.models import Certification, FieldOfStudy, Listing, Opening, Release
from directory.profiles.state import newest_completions
from directory.search.freshness import current
from directory.vocab import DEFAULT_CIPS


class Offer(NamedTuple):
    """Listed programs of one award level in one field."""

    programs: int
    schools: int


class Opened(NamedTuple):
    """How many of some programs open an exam, and how many of these with every condition confirmed."""

    programs: int = 0
    sure: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows behind a net. `offers` and `opened` are keyed by (level group, CIP)."""

    titles: Mapping[str, str]
    offers: Mapping[tuple[str, str], Offer]
    opened: Mapping[tuple[str, str], Mapping[int, Opened]]
    certifications: Sequence[Certification]
    work: Mapping[str, Sequence[str]]  # CIP -> SOC codes
    occupations: Mapping[str, Occupation]
    careers: Mapping[str, Sequence[Career]]
    pay: Mapping[str, Pay]
    outlook: Mapping[str, Projection]
    release: Release | None  # of the completions that programs are known from
    crosswalk_year: str

    def socs_of(self, cips: Collection[str]) -> list[str]:
        """Occupations that the crosswalk names for some fields, each once."""
        return [soc for soc in self.occupations if any(soc in self.work.get(cip, ()) for cip in cips)]


def is_meant_for(certification: Certification, cip: str) -> bool:
    """Whether the exam is meant for graduates of the field; its codes may be families."""
    return cip.startswith(tuple(certification.related_cips))


def taught(codes: Iterable[str]) -> list[str]:
    """The six-digit fields of some codes or families that have a listed program, from the search table in memory."""
    wanted = tuple(codes)
    return sorted(cip for cip in current().columns.cips if cip.startswith(wanted))


def our_fields() -> list[str]:
    """The fields of the product that have a listed program, in the order of their codes."""
    return taught(DEFAULT_CIPS)


def read_facts(cips: Collection[str]) -> Facts:
    """Everything about some fields; ten queries, however many programs there are."""
    links = FieldOccupation.objects.filter(field__cip__in=cips, occupation__in_force=True)
    links = links.select_related("occupation", "field", "release").order_by("occupation")
    work: defaultdict[str, list[str]] = defaultdict(list)
    occupations: dict[str, Occupation] = {}
    year = ""
    for link in links:
        # What holds whatever fits nowhere else tells nothing of the one job that a reader has in mind.
        if not link.occupation.is_catch_all:
            work[link.field.cip].append(link.occupation_id)
            occupations[link.occupation_id] = link.occupation
        year = link.release.vintage
    careers: defaultdict[str, list[Career]] = defaultdict(list)
    for career in Career.objects.filter(occupation__in=occupations):
        careers[career.occupation_id].append(career)
    return Facts(
        titles=dict(FieldOfStudy.objects.filter(cip__in=cips).values_list("cip", "title")),
        offers=_offers(cips),
        opened=_opened(cips),
        certifications=[
            each
            for each in Certification.objects.order_by("order", "acronym")
            if any(is_meant_for(each, cip) for cip in cips)
        ],
        work=work,
        occupations=occupations,
        careers=careers,
        pay={row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=occupations)},
        outlook={row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=occupations)},
        release=newest_completions(),
        crosswalk_year=year,
    )


def _offers(cips: Collection[str]) -> dict[tuple[str, str], Offer]:
    rows = Listing.objects.listed().filter(cip__in=cips).order_by().values_list("level", "cip")
    counted = rows.annotate(programs=Count("pk"), schools=Count("school", distinct=True))
    return {(level, cip): Offer(programs, schools) for level, cip, programs, schools in counted}


def _opened(cips: Collection[str]) -> dict[tuple[str, str], dict[int, Opened]]:
    ours = {"program__listing__listed": True, "program__listing__cip__in": cips}
    rows = Opening.objects.filter(**ours).order_by()
    grouped = rows.values_list("program__listing__level", "program__listing__cip", "certification")
    sure = Count("pk", filter=Q(basis=Opening.Basis.CONFIRMED))
    found: defaultdict[tuple[str, str], dict[int, Opened]] = defaultdict(dict)
    for level, cip, certification, count, confirmed in grouped.annotate(count=Count("pk"), sure=sure):
        found[level, cip][certification] = Opened(count, confirmed)
    return dict(found)
