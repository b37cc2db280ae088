"""The careers tables. Each file is one noun; this one only gathers them for Django."""

from careers.models.area import Area
from careers.models.attainment import Attainment
from careers.models.career import Career
from careers.models.field_occupation import FieldOccupation
from careers.models.guide import Guide, GuideSection, GuideVersion
from careers.models.interest import Interest
from careers.models.job_zone import JobZone, OnetJobZone
from careers.models.occupation import Occupation
from careers.models.onet_occupation import OnetOccupation
from careers.models.pay import Pay
from careers.models.plan import ReaderPlan, SharedPlan
from careers.models.projection import Projection
from careers.models.related_occupation import RelatedOccupation
from careers.models.task import Task
from careers.models.technology import Technology
from careers.models.title import AlternateTitle

__all__ = [
    "AlternateTitle", "Area", "Attainment", "Career", "FieldOccupation", "Guide", "GuideSection", "GuideVersion",
    "Interest", "JobZone", "Occupation", "OnetJobZone", "OnetOccupation", "Pay", "Projection", "ReaderPlan",
    "RelatedOccupation", "SharedPlan", "Task", "Technology",
]  # fmt: skip
