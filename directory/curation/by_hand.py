"""Schools and programs that no official file names, entered by staff."""

from __future__ import annotations

from django.utils.text import slugify

from directory.curation.public_addresses import official_program_slug
from directory.models import FormerSlug, Program, Release, School
from directory.vocab import Source


def staff_release(year: int) -> Release:
    """The release that rows entered by staff in a year point to."""
    release, _ = Release.objects.get_or_create(
        source=Source.STAFF,
        vintage=str(year),
        defaults={"rank": year * 100, "origin": Release.Origin.STAFF},
    )
    return release


def is_by_hand(listing: School | Program) -> bool:
    """Whether staff entered it. Once an official file names it, the file's release takes over."""
    return listing.release.source == Source.STAFF


def school_slug(school: School) -> str:
    """A free address for a school without a UNITID."""
    return _free_slug(School, f"{school.name} {school.city}")


def program_slug(program: Program) -> str:
    """A free address after the pattern of the official programs: field, award level, school."""
    return _free_slug(Program, official_program_slug(program))


def _free_slug(kind: type[School | Program], words: str) -> str:
    longest = kind._meta.get_field("slug").max_length or 160
    base = slugify(words)[: longest - 5].strip("-") or "listing"
    taken: set[str] = set()
    for held in (School, Program, FormerSlug):
        taken |= set(held._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if slug not in taken)
