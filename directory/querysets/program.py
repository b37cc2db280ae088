"""Reads of programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from directory.querysets.field_of_study import cip_condition
from directory.vocab import UNLISTED_STATES, ListingState


class ProgramQuerySet(QuerySet[Any]):
    def listed(self) -> ProgramQuerySet:
        """Programs that the public lists show: still reported, and the school is open.

        The same programs as `Listing.objects.listed()`, asked of the facts: a school that closed this year still
        reports its programs, so their own state does not tell.
        """
        standing = self.filter(state=ListingState.LISTED, merged_into=None, school__merged_into=None)
        return standing.exclude(school__status__in=UNLISTED_STATES)

    def of(self, cips: Iterable[str]) -> ProgramQuerySet:
        """Programs of the given CIP codes or families."""
        return self.filter(cip_condition(cips, column="field__cip"))
