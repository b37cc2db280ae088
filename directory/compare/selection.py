"""The records that an address names: found, followed from an old address, or said to be unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import F, QuerySet

from directory.compare import schools
from directory.compare.asked import MOST, Asked
from directory.filters.fields import quoted
from directory.models import Program, School
from directory.profiles import program_rows

Record = TypeVar("Record", Program, School)


@dataclass(frozen=True, slots=True)
class Selection(Generic[Record]):
    """`chosen` are four at most, in the order of the address; `left_out` are those that do not fit beside them."""

    asked: Asked
    chosen: tuple[Record, ...]
    left_out: tuple[Record, ...]
    unknown: tuple[str, ...]
    repeated: tuple[Record, ...]

    @property
    def slugs(self) -> list[str]:
        return [record.slug for record in self.chosen]

    def said(self) -> list[str]:
        """What the reader should know about how the address was read."""
        noun = self.asked.noun
        sentences = [f"{name_of(record)} was named twice; it stands here once." for record in self.repeated]
        if self.unknown:
            plural = len(self.unknown) > 1
            below = ", or look for the name below" if len(self.chosen) < MOST else ""
            sentences.append(
                f"We know no {noun}{'s' if plural else ''} {quoted(self.unknown)}. "
                f"Check {'their addresses' if plural else 'its address'}{below}."
            )
        if self.left_out or self.asked.unread:
            count = len(self.chosen) + len(self.left_out) + len(self.unknown) + self.asked.unread
            sentences.append(
                f"You chose {count}. At most {MOST} fit beside one another, so these are the first {MOST}."
            )
        return sentences


def select_programs(asked: Asked) -> Selection[Program]:
    """One query, and another one only when a name is not a present one."""
    known = Program.objects.filter(listing__isnull=False, merged_into=None)
    return _select(asked, program_rows.for_comparison(known))


def select_schools(asked: Asked) -> Selection[School]:
    """The same for schools."""
    return _select(asked, schools.for_comparison(School.objects.public()))


def name_of(record: Program | School) -> str:
    """How a sentence calls it."""
    return f"{record.display_title}, {record.school.name}" if isinstance(record, Program) else record.name


def _select(asked: Asked, records: QuerySet[Record]) -> Selection[Record]:
    by_slug = {record.slug: record for record in records.filter(slug__in=asked.slugs)} if asked.slugs else {}
    by_slug |= _moved(records, [slug for slug in asked.slugs if slug not in by_slug])
    found = [by_slug[slug] for slug in asked.slugs if slug in by_slug]
    once = list({record.pk: record for record in found}.values())
    again = {record.pk for record in found if sum(each.pk == record.pk for each in found) > 1}
    again |= {by_slug[slug].pk for slug in asked.repeated if slug in by_slug}
    return Selection(
        asked=asked,
        chosen=tuple(once[:MOST]),
        left_out=tuple(once[MOST:]),
        unknown=tuple(slug for slug in asked.slugs if slug not in by_slug),
        repeated=tuple(record for record in once if record.pk in again),
    )


def _moved(records: QuerySet[Record], slugs: Iterable[str]) -> dict[str, Record]:
    """Former address -> the record that has another one now."""
    wanted = list(slugs)
    if not wanted:
        return {}
    moved = records.filter(former_slugs__slug__in=wanted).annotate(former=F("former_slugs__slug"))
    return {record.former: record for record in moved}
