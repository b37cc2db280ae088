"""Guides, and which of their versions a reader sees."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet


class GuideVersionQuerySet(QuerySet[Any]):
    """Versions of guides. Which of them counts follows from the hour alone, so nothing has to run for it."""

    def out_by(self, now: dt.datetime) -> GuideVersionQuerySet:
        """Published by that hour, the newest first. NULL is a draft, and never less than an hour."""
        return self.filter(publish_at__lte=now).order_by("-publish_at")

    def drafts(self) -> GuideVersionQuerySet:
        return self.filter(publish_at__isnull=True)

    def current(self, *, career: int, now: dt.datetime) -> Any:
        """The version of a career's guide that counts at that hour, None before the first one."""
        return self.out_by(now).filter(guide__career=career).first()
