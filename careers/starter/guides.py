"""The guides that the product ships with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from careers.guides.checks import problems
from careers.guides.files import GuideFile, read_file, shipped_files
from careers.models import Career, GuideVersion
from careers.publishing import add_shipped


@dataclass(slots=True)
class LoadedGuides:
    """Slugs by what became of them. `waiting` have no career yet; `refused` say why their file is no guide."""

    added: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def load_guides(paths: Iterable[Path] | None = None) -> LoadedGuides:
    """Add shipped guides that are missing, and a further version of those that changed.

    A guide that staff have touched (a version of their own, an author, a review) stays as it is.
    """
    careers = {career.slug: career for career in Career.objects.all()}
    loaded = LoadedGuides()
    for guide in map(read_file, shipped_files() if paths is None else paths):
        slug = guide.career
        if faults := [*guide.errors, *map(str, problems(guide.sections))]:
            loaded.refused[slug] = faults
        elif slug not in careers:
            loaded.waiting.append(slug)
        else:
            getattr(loaded, _take(careers[slug], guide)).append(slug)
    return loaded


def _take(career: Career, guide: GuideFile) -> str:
    versions = list(GuideVersion.objects.filter(guide__career=career).order_by("-number"))
    touched = any(
        version.origin == GuideVersion.Origin.STAFF or version.author or version.reviewer for version in versions
    )
    if touched or any(version.digest == guide.digest for version in versions[:1]):
        return "kept"
    add_shipped(career=career, sections=guide.sections, note=guide.note, digest=guide.digest)
    return "renewed" if versions else "added"
