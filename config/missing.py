"""An address that leads nowhere: the same in small letters where that is one of ours, else the nearest records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify
from rapidfuzz import fuzz, process

from careers.models import Career, Occupation
from directory.models import Certification, School
from directory.vocab import STATES

#: How alike two addresses must be to be offered for one another, of 100.
ALIKE: Final = 80
MOST: Final = 3
#: Longer than any slug; comparing costs time by length.
LONGEST: Final = 200
#: Their errors are their own.
ELSEWHERE: Final = ("/admin/", "/api/")

Record = tuple[str, str]


class Part(NamedTuple):
    """A part of the site: the address of its list, and its records as (slug, label)."""

    label: str
    list_name: str
    detail_name: str
    records: Callable[[], Iterable[Record]]


def _careers() -> list[Record]:
    return [*Career.objects.values_list("slug", "title"), *Occupation.objects.listed().values_list("slug", "title")]


PARTS: Final[dict[str, Part]] = {
    "programs": Part("Programs", "program_list", "program_detail", tuple),
    "schools": Part(
        "Schools", "school_list", "school_detail",
        lambda: School.objects.public().values_list("slug", "name").order_by("slug"),
    ),
    "certifications": Part(
        "Certification exams", "certification_list", "certification_detail",
        lambda: Certification.objects.values_list("slug", "acronym").order_by("slug"),
    ),
    "careers": Part("Careers and pay", "career_list", "career_detail", _careers),
    "states": Part(
        "Programs by state", "state_list", "state_detail",
        lambda: ((usps.lower(), name) for usps, name in STATES.items()),
    ),
    "data": Part("Where our facts come from", "data", "", tuple),
}  # fmt: skip


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """301 to the same address in small letters, else the 404 page with the nearest records."""
    path = request.path_info
    if path.startswith(ELSEWHERE):
        return render(request, "404.html", status=404)
    if request.method in ("GET", "HEAD") and (small := _in_small_letters(path)):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{small}?{query}" if query else small)
    return render(request, "404.html", {"suggestions": _near(path)}, status=404)


def _in_small_letters(path: str) -> str:
    """The address in small letters when it is one that the site answers to; "" when it already was."""
    small = path.lower() if path.endswith("/") else f"{path.lower()}/"
    if path == path.lower():
        return ""
    try:
        resolve(small)
    except Resolver404:
        return ""
    return small


def _near(path: str) -> list[dict[str, str]]:
    """Records whose address is nearly this one, [{label, url}]; none when the database is away."""
    first, _, rest = path.lower().strip("/").partition("/")
    part = process.extractOne(first, list(PARTS), scorer=fuzz.ratio, score_cutoff=ALIKE)
    if part is None or len(path) > LONGEST:
        return []
    found = PARTS[part[0]]
    slug = slugify(rest.partition("/")[0])
    try:
        near = _nearest(found, slug) if slug and found.detail_name else []
    except DatabaseError:
        near = []
    return [*near, {"label": found.label, "url": reverse(found.list_name)}] if near or first != part[0] else near


def _nearest(part: Part, slug: str) -> list[dict[str, str]]:
    records = dict(part.records())
    hits = process.extract(slug, list(records), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST)
    return [{"label": records[near], "url": reverse(part.detail_name, args=[near])} for near, *_ in hits]
