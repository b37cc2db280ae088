"""/api/v1/schools/: the school list and one school."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.base import PublicView, moved_for_good, page_links
from directory.api.problems import bad_question
from directory.engagement.misses import note_miss
from directory.filters.applied import chips
from directory.filters.notes import did_you_mean, notes
from directory.filters.school import SchoolFilter
from directory.links import enrol_links, silent_links
from directory.models import Program, School
from directory.profiles.corrections import as_facts
from directory.profiles.school_figures import school_figures
from directory.profiles.school_list import programs_by_level
from directory.profiles.ways_out import silent, silent_as_json
from directory.vocab import CONTROL_SLUG, SchoolState


class SchoolList(PublicView):
    """Schools with at least one listed program, by every parameter of the page."""

    def get(self, request: Request) -> Response:
        chosen = SchoolFilter(request.GET, School.objects.listed())
        if errors := chosen.problems:
            return bad_question(errors)
        paginator: Paginator[School] = Paginator(chosen.qs, chosen.per_page)
        if errors := chosen.beyond(paginator.num_pages):
            return bad_question(errors)
        if not paginator.count and chosen.is_miss:
            note_miss(request, str(chosen.asked["q"]))
        page = paginator.page(chosen.page_number)
        counts = programs_by_level([school.pk for school in page.object_list])
        return Response(
            {
                "count": paginator.count,
                "query": chosen.lasting,
                **page_links(request, page),
                "interpretation": [chip.as_interpretation() for chip in chips(chosen)],
                "notes": notes(chosen),
                "did_you_mean": [{"label": label, "query": url} for label, url in did_you_mean(chosen)],
                "results": [
                    {
                        **as_json(school, request),
                        "distance_miles": round(school.miles, 1) if chosen.near_a_point else None,  # type: ignore[attr-defined]
                        "programs": counts[school.pk].total(),
                    }
                    for school in page.object_list
                ],
            }
        )


class SchoolDetail(PublicView):
    """One school with its yearly figures and the addresses of its programs."""

    def get(self, request: Request, slug: str) -> Response:
        school = School.objects.public().filter(slug=slug).first()
        if school is None:
            moved = School.objects.exclude(status=SchoolState.DRAFT).filter(former_slugs__slug=slug).first()
            return moved_for_good("api_school_detail", moved, or_else="No school has this address.")
        figures = school_figures(school.figures.select_related("release"))
        programs = Program.objects.listed().filter(school=school).order_by("slug")
        links = enrol_links(school)
        return Response(
            {
                **as_json(school, request),
                "links": [link.url for link in links],
                "links_that_do_not_answer": silent_as_json(silent(silent_links(school), links)),
                "programs": [request.build_absolute_uri(program.get_absolute_url()) for program in programs],
                "corrections": as_facts(school.overrides.filter(active=True)),
                "figures": [{"measure": row.measure, "label": row.label, **row.figure.as_dict()} for row in figures],
            }
        )


def as_json(school: School, request: Request) -> dict[str, Any]:
    """A school's identity and place."""
    return {
        "unitid": school.unitid,
        "opeid": school.opeid,
        "slug": school.slug,
        "name": school.name,
        "city": school.city,
        "state": school.state,
        "zip": school.zip_code,
        "latitude": school.latitude,
        "longitude": school.longitude,
        "control": CONTROL_SLUG.get(school.control),
        "status": school.status,
        "url": request.build_absolute_uri(school.get_absolute_url()),
    }
