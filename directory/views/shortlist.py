"""The Save button of cards and records: /shortlist/, one tap, without an account and without a script."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from directory.engagement.readers import reader_of
from directory.engagement.shortlist import LIMIT, Full, Shortlist, shortlist_of
from directory.models import FormerSlug, Program
from directory.pipeline.alerts import remember_saved
from directory.views.same_origin import from_our_pages

SEE_OTHER: Final = 303
CONFLICT: Final = 409
PLACE: Final = re.compile(r"[a-z][a-z-]{0,40}", re.ASCII)


def _doing(form: QueryDict) -> str:
    if "undo" in form:
        return "Put the program back on your list"
    slug = _slug(form)
    program = Program.objects.select_related("school", "field").filter(slug=slug).first()
    name = f"{program.display_title} at {program.school.name}" if program else "this program"
    return f"Save {name}" if "save" in form else f"Take {name} off your list"


@from_our_pages(_doing)
def shortlist(request: HttpRequest) -> HttpResponse:
    """`save=<slug>`, `remove=<slug>` or `undo=1`; back to the page that it came from.

    There at the program's card, or at the place that `at` names.
    """
    mine = shortlist_of(request)
    try:
        program = _change(mine, request.POST)
    except Full:
        return render(request, "directory/shortlist_full.html", {"limit": LIMIT}, status=CONFLICT)
    if reader := reader_of(request):
        remember_saved(reader=reader)  # what changes from now on is news
    return HttpResponseRedirect(_back(request, program), status=SEE_OTHER)


def _change(mine: Shortlist, form: QueryDict) -> Program | None:
    """What was done is done: saving twice, or removing what is not there, changes nothing and is no error."""
    if form.get("undo"):
        back = mine.undo()
        return Program.objects.filter(pk=back.program).first() if back else None
    program = _named(_slug(form))
    if form.get("save"):
        mine.save(program=program.pk)
    else:
        mine.remove(program=mine.key_of(program))
    return program


def _slug(form: QueryDict) -> str:
    """The slug that was sent; PostgreSQL refuses a text with a zero byte, which no slug has."""
    return (form.get("save") or form.get("remove") or "").replace("\0", "")


def _named(slug: str) -> Program:
    """The program of a slug, also of a former one. Raises Http404."""
    program = Program.objects.filter(slug=slug, listing__isnull=False, merged_into=None).first()
    if program is None:
        former = FormerSlug.objects.select_related("program").filter(slug=slug, program__isnull=False).first()
        program = former.program if former else None
    if program is None:
        raise Http404("No program has this address.")
    return program


def _back(request: HttpRequest, program: Program | None) -> str:
    """The page that the button stands on; a list opens at the card."""
    own = program.get_absolute_url() if program else "/"
    page = _our_page(request)
    if page is None:
        return own
    place = request.POST.get("at", "")
    if PLACE.fullmatch(place):
        return f"{page}#{place}"
    if program is None:
        return page
    # The page of the program itself opens at the button, so that a reader on a phone sees what became of it.
    return f"{page}#list" if page == own else f"{page}#card-{program.slug}"


def _our_page(request: HttpRequest) -> str | None:
    """Path and query of the page that the browser says it came from, when that is another page of ours."""
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return None
    ours = (came.scheme, came.netloc) == (request.scheme, request.get_host()) and came.path != request.path
    page = urlunsplit(("", "", came.path, came.query, ""))
    # "//elsewhere.example" is a path of ours and an address of somebody else.
    return page if ours and url_has_allowed_host_and_scheme(page, None) else None
