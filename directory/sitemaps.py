"""The addresses that search engines may list: /sitemap.xml names the parts, each part its pages."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from directory.models import Certification, FeaturedList, Program, School
from directory.profiles.state import programs_by_state

PAGES: Final = (
    "home",
    "program_list",
    "school_list",
    "certification_list",
    "state_list",
    "data",
    "correction_report",
    "list_index",
    "military_list",
)


class PageSitemap(Sitemap):
    """The pages that are there whatever is loaded."""

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class StateSitemap(Sitemap):
    """States that have a program."""

    def items(self) -> list[str]:
        return sorted(programs_by_state())

    def location(self, item: str) -> str:
        return reverse("state_detail", args=[item.lower()])


class RecordSitemap(Sitemap):
    """One part per kind of record; Django cuts it into files of `limit` addresses."""

    limit = 10_000

    def __init__(self, records: QuerySet[Any]) -> None:
        self.records = records

    def items(self) -> QuerySet[Any]:
        return self.records.all()


SITEMAPS: Final[dict[str, Any]] = {
    "pages": PageSitemap,
    "states": StateSitemap,
    "certifications": RecordSitemap(Certification.objects.order_by("pk").only("slug")),
    "lists": RecordSitemap(
        FeaturedList.objects.filter(state=FeaturedList.State.PUBLISHED, entries__program__listing__listed=True)
        .distinct()
        .order_by("pk")
        .only("slug")
    ),
    "schools": RecordSitemap(School.objects.listed().order_by("pk").only("slug")),
    "programs": RecordSitemap(Program.objects.listed().order_by("pk").only("slug")),
}
