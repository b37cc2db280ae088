"""What every page may print: the site's name and how old its records are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max
from django.http import HttpRequest
from django.utils.functional import cached_property

from directory.models import Release


class Site:
    """What the frame of the pages prints. The date costs one query, and only on a page that prints it."""

    @property
    def name(self) -> str:
        return str(settings.SITE_NAME)

    @classmethod
    def of(cls, releases: Iterable[Release]) -> Site:
        """For a page that has read the releases anyhow, and so asks nothing more."""
        found = cls()
        newest = max((each.loaded_at for each in releases), default=None)
        found.rebuilt_on = newest.date() if newest else None
        return found

    @cached_property
    def rebuilt_on(self) -> dt.date | None:
        """The day of the newest load, None before the first one."""
        try:
            newest = Release.objects.aggregate(newest=Max("loaded_at"))["newest"]
        except DatabaseError:
            # The pages that say what went wrong must render when the database is what went wrong.
            return None
        return newest.date() if newest else None


def site(_request: HttpRequest) -> dict[str, Any]:
    """`site.name` and `site.rebuilt_on` for every template."""
    return {"site": Site()}
