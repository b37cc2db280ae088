"""What of careers belongs to the starter catalogue: pairs of a model and the query that picks its rows.

In the order in which they must be loaded. Careers themselves are no table of facts: `load_careers` adds them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet

from careers.models import (
    AlternateTitle,
    Area,
    Attainment,
    FieldOccupation,
    Interest,
    JobZone,
    Occupation,
    OnetJobZone,
    OnetOccupation,
    Pay,
    Projection,
    RelatedOccupation,
    Task,
    Technology,
)
from careers.starter.careers import Loaded, load_careers, shipped_careers
from careers.vocab import NATIONAL_AREA
from directory.querysets.field_of_study import cip_condition
from directory.vocab import DEFAULT_CIPS

__all__ = ["STARTER_TABLES", "Loaded", "load_careers", "shipped_careers"]


def occupations() -> QuerySet[Any]:
    """All in force: ranks of pay and growth count every one, and groups give the lists their headings."""
    return Occupation.objects.filter(in_force=True)


def described() -> QuerySet[Any]:
    """Occupations whose tasks and titles are worth their room: of the field, or of a career of ours."""
    careers = {row["soc"] for row in shipped_careers()}
    after = field_links().values("occupation_id")
    return Occupation.objects.filter(Q(soc__in=after) | Q(soc__in=careers), in_force=True)


def field_links() -> QuerySet[Any]:
    return FieldOccupation.objects.filter(cip_condition(DEFAULT_CIPS, column="field__cip"))


def described_onet() -> QuerySet[Any]:
    return OnetOccupation.objects.filter(occupation__in=described(), in_force=True)


def related() -> QuerySet[Any]:
    return RelatedOccupation.objects.filter(onet__in=described_onet(), related__in_force=True)


def onet_occupations() -> QuerySet[Any]:
    """The described ones and those that they name as related."""
    return OnetOccupation.objects.filter(
        Q(pk__in=described_onet().values("pk")) | Q(pk__in=related().values("related_id"))
    )


def pay() -> QuerySet[Any]:
    """The newest national pay of every occupation, and by state of the described ones."""
    rows = Pay.objects.newest().filter(occupation__in_force=True)
    states = Pay.objects.by_state().filter(occupation__in=described()).values("pk")
    return rows.filter(Q(area_id=NATIONAL_AREA) | Q(pk__in=states))


def areas() -> QuerySet[Any]:
    return Area.objects.filter(pk__in=pay().values("area_id"))


def projections() -> QuerySet[Any]:
    return Projection.objects.newest().filter(occupation__in_force=True)


def attainment() -> QuerySet[Any]:
    return Attainment.objects.newest().filter(occupation__in_force=True)


def of_described(model: type[Model]) -> Callable[[], QuerySet[Any]]:
    """Rows of an O*NET table about the described occupations."""
    return lambda: model._default_manager.filter(onet__in=described_onet())


STARTER_TABLES: list[tuple[type[Model], Callable[[], QuerySet[Any]]]] = [
    (Occupation, occupations),
    (FieldOccupation, field_links),
    (Area, areas),
    (Pay, pay),
    (Projection, projections),
    (Attainment, attainment),
    (JobZone, JobZone.objects.all),
    (OnetOccupation, onet_occupations),
    (OnetJobZone, of_described(OnetJobZone)),
    (Task, of_described(Task)),
    (Technology, of_described(Technology)),
    (AlternateTitle, of_described(AlternateTitle)),
    (RelatedOccupation, related),
    (Interest, of_described(Interest)),
]
