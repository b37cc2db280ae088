"""What a reader wants to reach: an exam, a career, or nothing chosen yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from careers.models import Career, FieldOccupation, Occupation
from careers.pathways.facts import our_fields, taught
from directory.filters.fields import quoted
from directory.models import Certification
from directory.vocab import DEFAULT_CIPS

ALIKE: Final = 0.7
#: Far longer than any slug; more is no slip of the pen.
LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Goal:
    """An exam or a career, with the fields of study that lead there and are taught. `slug` is "" without a goal."""

    slug: str = ""
    label: str = ""
    url: str = ""
    cips: tuple[str, ...] = ()
    certification: Certification | None = None
    occupation: Occupation | None = None
    career: Career | None = field(default=None)

    def __bool__(self) -> bool:
        return bool(self.slug)


class UnknownGoal(ValueError):
    """No goal of that name; the message says what can be chosen."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, in the order of the lists."""

    certifications: Sequence[Certification]
    careers: Sequence[Career]

    @property
    def slugs(self) -> list[str]:
        return [*(each.slug for each in self.certifications), *(each.slug for each in self.careers)]


def choices() -> Choices:
    """Every exam and every career of ours; two queries."""
    return Choices(
        list(Certification.objects.select_related("body").order_by("order", "acronym")),
        list(Career.objects.select_related("occupation").order_by("order", "title")),
    )


def find_goal(text: str, offered: Choices) -> Goal:
    """The goal of that slug (or acronym), in the product's fields. Raises UnknownGoal with a message for the reader.

    An official occupation may be named by the slug of its page, too. Three queries at most.
    """
    slug = " ".join(text.replace("\x00", " ").split()).lower().replace(" ", "-")
    if not slug:
        return nothing_chosen()
    for certification in offered.certifications:
        if slug in (certification.slug, certification.acronym.lower()):
            cips = tuple(taught(certification.related_cips))
            return Goal(
                certification.slug, certification.acronym, certification.get_absolute_url(), cips, certification
            )
    for career in offered.careers:
        if slug == career.slug:
            cips = fields_of(career.occupation)
            return Goal(slug, career.title, career.get_absolute_url(), cips, None, career.occupation, career)
    found = Occupation.objects.listed().filter(slug=slug).first() if len(slug) <= LONGEST else None
    if found is None:
        near = get_close_matches(slug[:LONGEST], offered.slugs, n=1, cutoff=ALIKE)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise UnknownGoal(f"We know no exam or career {quoted([text])}.{hint} Choose one of the list.")
    return Goal(slug, found.title, found.get_absolute_url(), fields_of(found), None, found)


def nothing_chosen() -> Goal:
    """All fields of the product."""
    return Goal(cips=tuple(our_fields()))


def fields_of(occupation: Occupation) -> tuple[str, ...]:
    """The fields that the crosswalk names for the work and that are taught, of the product where there are any.

    A manager of health services may have studied any of forty fields; this site is about seven of them.
    """
    links = FieldOccupation.objects.filter(occupation=occupation)
    named = set(taught(links.values_list("field__cip", flat=True)))
    return tuple(sorted(named & set(DEFAULT_CIPS) or named))
