"""What the map is drawn from, read in a fixed number of queries: programs, openings, exams, crosswalk, pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from careers.models import Career, Occupation, Pay, Projection
from careers.profiles.crosswalk import read_crosswalk
from careers.profiles.panel import Work
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

    cips: Sequence[str]  # in their order
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


def read_facts(cips: Collection[str], *, exam: Certification | None = None) -> Facts:
    """Everything about some fields; seven queries, however many programs there are. With `exam`, of no other exam,
    and one query less.
    """
    crosswalk = read_crosswalk(field__cip__in=cips)
    work: defaultdict[str, list[str]] = defaultdict(list)
    occupations: dict[str, Occupation] = {}
    for link in crosswalk.links:
        # What holds whatever fits nowhere else tells nothing of the one job that a reader has in mind.
        if not link.occupation.is_catch_all:
            work[link.field.cip].append(link.occupation_id)
            occupations[link.occupation_id] = link.occupation
    exams = [exam] if exam else Certification.objects.order_by("order", "acronym")
    careers: defaultdict[str, list[Career]] = defaultdict(list)
    for career in crosswalk.careers:
        careers[career.occupation_id].append(career)
    return Facts(
        cips=sorted(cips),
        offers=_offers(cips),
        opened=_opened(cips),
        certifications=[each for each in exams if any(is_meant_for(each, cip) for cip in cips)],
        work=work,
        occupations=occupations,
        careers=careers,
        pay={row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=occupations)},
        outlook={row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=occupations)},
        release=newest_completions(),
        crosswalk_year=crosswalk.year,
    )


def facts_of_program(field: FieldOfStudy, exams: Iterable[Certification], work: Work) -> Facts:
    """What one program and its field tell, of rows that the page has read; no query. Other programs are not in it."""
    socs = [each.soc for each in work.occupations if not each.is_catch_all]
    return Facts(
        cips=[field.cip],
        offers={},
        opened={},
        certifications=[exam for exam in exams if is_meant_for(exam, field.cip)],
        work={field.cip: socs},
        occupations={each.soc: each for each in work.occupations if each.soc in socs},
        careers={},
        pay={soc: work.pay[soc] for soc in socs if soc in work.pay},
        outlook={soc: work.outlook[soc] for soc in socs if soc in work.outlook},
        release=None,
        crosswalk_year=work.crosswalk_year,
    )


def facts_of_career(
    occupation: Occupation,
    cips: Collection[str],
    exams: Iterable[Certification],
    careers: Sequence[Career],
    pay: Pay | None,
    outlook: Projection | None,
    crosswalk_year: str,
) -> Facts:
    """Everything about some fields and the one occupation, of rows that its page has read; three queries."""
    soc = occupation.soc
    return Facts(
        cips=sorted(cips),
        offers=_offers(cips),
        opened=_opened(cips),
        certifications=[each for each in exams if any(is_meant_for(each, cip) for cip in cips)],
        work={cip: [soc] for cip in cips},
        occupations={soc: occupation},
        careers={soc: careers},
        pay={soc: pay} if pay else {},
        outlook={soc: outlook} if outlook else {},
        release=newest_completions(),
        crosswalk_year=crosswalk_year,
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
