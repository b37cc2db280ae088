"""/go/<slug>/<kind>/: leaving for the school, by an address stored for the listing and by no other."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from directory.engagement.clicks import count_leave
from directory.engagement.counting import is_opened, is_reader
from directory.links import Way, host_of, may_leave, ways
from directory.models import FormerSlug, Program, School
from directory.vocab import GoKind, SchoolState

NOT_FOUND, GONE = 404, 410
#: The parameter of the link on the page in between, where a deployment has one.
SURE = "sure"


class Listed(NamedTuple):
    """What the slug of an enrol link names: a school, or one of its programs."""

    school: School
    program: Program | None


@require_safe
def leave(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """302 to the school's own address, 301 from a former slug, 404 or 410 with the reason else. An address where
    nobody answers is no way out: the page says so, and names the school's own front page if that one answers.

    With the setting LEAVING_PAGE a page in between comes first, which counts nothing.
    """
    if kind not in GoKind.values:
        raise Http404("no such kind of link")
    wanted = GoKind(kind)
    found = _find(slug)
    if found is None:
        return _private(redirect("go", _present_slug(slug), kind, permanent=True))
    if not may_leave(found.school, found.program):
        return _refuse(request, found, wanted, status=GONE)
    known = ways(found.school, found.program.facts.all() if found.program else ())
    way = known.get(wanted)
    if way is None:
        return _refuse(request, found, wanted, status=NOT_FOUND)
    if way.silent_on:
        home = known.get(GoKind.VISIT)
        return _silent(request, found, way, "" if home is None or home.silent_on else host_of(home.url))
    if settings.LEAVING_PAGE and request.GET.get(SURE) != "1":
        return _pause(request, found, wanted, host_of(way.url))
    if is_reader(request.method or "", request.headers) and is_opened(request.headers):
        count_leave(kind=wanted, school=found.school, program=found.program, day=timezone.localdate())
    return _private(HttpResponseRedirect(way.url))


def _find(slug: str) -> Listed | None:
    """The school or program that has this address now. A program is public from when the lists know it, as its page."""
    known = Program.objects.filter(slug=slug, listing__isnull=False, merged_into=None)
    program = known.select_related("school", "field").first()
    if program:
        return Listed(program.school, program)
    school = School.objects.public().filter(slug=slug).first()
    return Listed(school, None) if school else None


def _present_slug(slug: str) -> str:
    """The slug that took the place of a former one. Raises Http404."""
    public = FormerSlug.objects.filter(Q(program=None) | Q(program__listing__isnull=False), slug=slug)
    public = public.filter(Q(school=None) | ~Q(school__status=SchoolState.DRAFT))
    former = public.select_related("school", "program").order_by("pk").first()
    target = former and (former.program or former.school)
    if not target:
        raise Http404("no such listing")
    return target.slug


def _refuse(request: HttpRequest, found: Listed, kind: GoKind, *, status: int) -> HttpResponse:
    context = {"school": found.school, "program": found.program, "kind": kind, "gone": status == GONE}
    return _private(render(request, "directory/leave.html", context, status=status))


def _silent(request: HttpRequest, found: Listed, way: Way, home: str) -> HttpResponse:
    """Nobody answers there. `home` is the host of the school's front page, "" when that one is silent as well."""
    context = {"school": found.school, "program": found.program, "way": way, "home": home}
    return _private(render(request, "directory/silent.html", context, status=NOT_FOUND))


def _pause(request: HttpRequest, found: Listed, kind: GoKind, host: str) -> HttpResponse:
    """The page in between. Its way on is this address again, so that nothing in a request says where it leads."""
    context = {"school": found.school, "program": found.program, "kind": kind, "host": host, "sure": f"?{SURE}=1"}
    return _private(render(request, "directory/leaving.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """Not stored, not indexed; the school sees that its visitor came from this site, not from which page."""
    patch_cache_control(response, no_store=True)
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
