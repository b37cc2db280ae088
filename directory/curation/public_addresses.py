"""Which public address a listing may have: once given it goes on leading to the same listing, for ever.

Schools and programs share one space of addresses, because `/go/<slug>/` takes both.
"""

from __future__ import annotations

import re
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from directory.curation.signature import begin_history, sign
from directory.models import FormerSlug, Program, School
from directory.vocab import AWARD_SLUG

#: What imports make: a name or a field, and the school's UNITID. `/schools/<UNITID>/` leads to the school.
OFFICIAL: Final = re.compile(r"(?:.*-)?(?P<unitid>[1-9][0-9]{5})", re.ASCII)


def official_program_slug(program: Program) -> str:
    """The address that an import gives a program: field, award level and the UNITID of its school."""
    at = program.school.unitid or program.school.slug
    return f"{program.field.slug}-{AWARD_SLUG[program.award_level]}-{at}"


def slug_is_taken(listing: School | Program, slug: str) -> bool:
    """Whether the address leads, once led or is kept by the official files for another school or program."""
    return _is_official_for_another(listing, slug) or any(
        rows.filter(slug=slug).exists()
        for rows in (
            _without(School, listing),
            _without(Program, listing),
            _led_elsewhere(listing),
        )
    )


def _is_official_for_another(listing: School | Program, slug: str) -> bool:
    """Whether an import may give it to another listing, now or when that is first reported."""
    official = OFFICIAL.fullmatch(slug)
    if official is None:
        return False
    if isinstance(listing, School):
        return listing.unitid is None or int(official["unitid"]) != listing.unitid
    return listing.pk is None or slug != official_program_slug(listing)


def _without(kind: type[School | Program], listing: School | Program) -> Any:
    rows = kind._default_manager.all()
    return rows.exclude(pk=listing.pk) if isinstance(listing, kind) else rows


def _led_elsewhere(listing: School | Program) -> Any:
    """Former addresses of others; what excludes a missing owner would exclude every row of the other kind."""
    own = "school" if isinstance(listing, School) else "program"
    return FormerSlug.objects.filter(~Q(**{own: listing.pk})) if listing.pk else FormerSlug.objects.all()


@transaction.atomic
def rename(*, listing: School | Program, slug: str, by: User | None, why: str = "", begun: bool = False) -> None:
    """Give a listing a new address; the old one goes on leading to it. Raises ValueError when it is taken.

    A former address belongs to the listing, not to the address that came next, so there are no chains; one that is
    taken back is former no more, so there are no loops. `begun`: the caller has changed other columns of the listing
    without a line of history, and this one is to tell of them too.
    """
    if slug_is_taken(listing, slug):
        raise ValueError(f"The address {slug} is taken.")
    stored = type(listing)._default_manager.select_for_update(no_key=True).get(pk=listing.pk)
    if stored.slug == slug:
        return
    if not begun:
        begin_history(stored)
    owner: dict[str, Any] = {"school" if isinstance(listing, School) else "program": stored}
    FormerSlug.objects.filter(slug=slug, **owner).delete()
    FormerSlug.objects.get_or_create(slug=stored.slug, **owner)
    listing.slug = slug
    sign(listing, by=by, why=why)
    listing.save(update_fields=["slug"])
