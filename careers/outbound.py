"""What the career guides lead to, for the link checker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from careers.models import Career, GuideSection, GuideVersion
from directory.curation.links.register import Use

#: As links and references are written in a guide; a closing bracket or the full stop after it is not part of one.
WRITTEN: Final = re.compile(r"https?://[^\s<>()\[\]|\"]+[^\s<>()\[\]|\".,;:]")


def of_guides() -> Iterator[Use]:
    """Of the version of each guide that readers see now."""
    now = timezone.now()
    for career in Career.objects.order_by("pk"):
        version = GuideVersion.objects.current(career=career.pk, now=now)
        if version is None:
            continue
        for section in GuideSection.objects.filter(version=version).order_by("pk"):
            for url in WRITTEN.findall(section.text):
                yield Use(url, f"Guide: {section.get_key_display()}", str(career), page=career.get_absolute_url())
