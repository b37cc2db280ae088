"""Schools and programs that no official file names, entered by staff; and public addresses."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from directory.curation.signature import begin_history, sign
from directory.models import FormerSlug, Program, Release, School
from directory.vocab import AWARD_SLUG, Source


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
    at = program.school.unitid or program.school.slug
    return _free_slug(Program, f"{program.field.slug}-{AWARD_SLUG[program.award_level]}-{at}")


def slug_is_taken(listing: School | Program, slug: str) -> bool:
    """Whether the address leads, or once led, to another school or program of the same kind."""
    kind = "school" if isinstance(listing, School) else "program"
    others = type(listing)._default_manager.exclude(pk=listing.pk).filter(slug=slug)
    former = FormerSlug.objects.filter(slug=slug).exclude(**{kind: None}).exclude(**{kind: listing.pk})
    return others.exists() or former.exists()


@transaction.atomic
def rename(*, listing: School | Program, slug: str, by: User | None, why: str = "") -> None:
    """Give a listing a new address; the old one goes on leading to it. Raises ValueError when it is taken."""
    if slug_is_taken(listing, slug):
        raise ValueError(f"The address {slug} is taken.")
    stored = type(listing)._default_manager.select_for_update(no_key=True).get(pk=listing.pk)
    if stored.slug == slug:
        return
    begin_history(stored)
    owner: dict[str, Any] = {"school" if isinstance(listing, School) else "program": stored}
    FormerSlug.objects.filter(slug=slug, **owner).delete()  # an address taken back must not lead to itself
    FormerSlug.objects.get_or_create(slug=stored.slug, **owner)
    listing.slug = slug
    sign(listing, by=by, why=why)
    listing.save(update_fields=["slug"])


def _free_slug(kind: type[School | Program], words: str) -> str:
    longest = kind._meta.get_field("slug").max_length or 160
    base = slugify(words)[: longest - 5].strip("-") or "listing"
    taken = set(kind._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if slug not in taken)
