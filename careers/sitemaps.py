"""What careers add to the sitemap: the list, our careers, and the official occupations that have a page."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.decision.page import canonical
from careers.models import Career, Occupation
from directory.models import Certification
from directory.sitemaps import RecordSitemap


class CareerListSitemap(Sitemap):
    def items(self) -> list[str]:
        return ["career_list"]

    def location(self, item: str) -> str:
        return reverse(item)


class WaySitemap(Sitemap):
    """The map, and the comparison of the two awards for each exam and each career of ours."""

    def items(self) -> list[str]:
        exams = Certification.objects.order_by("order", "acronym").values_list("slug", flat=True)
        careers = Career.objects.values_list("slug", flat=True)
        return [reverse("pathways"), *(canonical(goal) for goal in ("", *exams, *careers))]

    def location(self, item: str) -> str:
        return item


SITEMAPS: Final[dict[str, Any]] = {
    "career-list": CareerListSitemap,
    "ways": WaySitemap,
    "careers": RecordSitemap(Career.objects.order_by("pk").only("slug")),
    # A career of ours has the address when both have the same: it is named once, as ours.
    "occupations": RecordSitemap(
        Occupation.objects.listed().exclude(slug__in=Career.objects.values("slug")).order_by("soc").only("slug")
    ),
}
