"""Programs: the list and one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from directory.engagement.misses import note_miss
from directory.engagement.shortlist import shortlist_of
from directory.filters.notes import did_you_mean, notes
from directory.filters.parameters import without_tracking
from directory.filters.program import ProgramFilter
from directory.filters.query_string import carried
from directory.filters.unconfirmed import unconfirmed
from directory.filters.ways_on import ways_on, wider_ways
from directory.models import Program
from directory.profiles.program import program_profile
from directory.profiles.program_list import Results, results
from directory.profiles.program_rows import for_program_page
from directory.profiles.program_similar import similar
from directory.profiles.program_structured import structured
from directory.profiles.student_reviews import rating, review_summary
from directory.search.freshness import may_be_kept
from directory.templatetags.shortlist import count_badge
from directory.views import program_page as pieces
from directory.views.moved import moved_for_good
from directory.views.result_cards import result_cards
from directory.views.stencil import stencil
from directory.views.tidy import tidy

#: With fewer results than this, wider circles are offered.
FEW = 5
#: Parameters without a field on the page, whose mistakes stand above the results.
FIELDLESS = ("page", "per_page", "cip", "confirmed", "online_too")
RESULTS = (
    "heading", "sort", "chips", "said", "readings", "cards", "start", "pager", "csv_url", "alert_url", "place",
)  # fmt: skip


@require_safe
@tidy
def program_list(request: HttpRequest) -> HttpResponse:
    """Search results. A value that cannot be read is named beside its field; everything else applies."""
    chosen = ProgramFilter(without_tracking(request.GET))
    found = results(chosen)
    errors = {**chosen.problems, **chosen.beyond(found.pages)}
    if chosen.is_miss:
        note_miss(request, str(chosen.asked["q"]))
    heading = _heading(chosen, found)
    page = pieces.frames.of(request, chosen.snapshot.token).fill(
        heading=escape(heading),
        canonical=escape(request.build_absolute_uri()),
        search=pieces.search_form(chosen, errors),
        filters=pieces.filter_panel(chosen, found, errors),
        results=_results(request, chosen, found, errors, heading),
        saved_badge=count_badge(request),
    )
    response = HttpResponse(page)
    # A search that finds nothing is counted each time.
    return response if chosen.is_miss else may_be_kept(response, chosen.snapshot)


def _results(
    request: HttpRequest,
    chosen: ProgramFilter,
    found: Results,
    errors: Mapping[str, Sequence[str]],
    heading: str,
) -> SafeString:
    parts = {
        "heading": escape(heading),
        "sort": pieces.sort_form(chosen, errors),
        "chips": pieces.chip_line(found.chips, request.path),
        "said": pieces.sentences(notes(chosen)),
        "readings": pieces.other_readings(did_you_mean(chosen), unconfirmed(chosen)),
        "cards": result_cards(chosen, found, shortlist_of(request).programs),
        "start": str(found.start),
        "pager": pieces.pager(chosen, found),
        "csv_url": pieces.csv_link(chosen, errors),
        "place": pieces.place_field(chosen, errors),
        "alert_url": pieces.alert_link(chosen),
    }
    misread = [*chosen.unknown, *(message for name in FIELDLESS for message in errors.get(name, ()))]
    few = 0 < found.count < FEW and chosen.place is not None
    if not (misread or few or not found.count):
        return stencil("directory/program_results.html", RESULTS).fill(**parts)
    wider = [way for way in wider_ways(chosen) if way.count > found.count] if few else []
    more = {"misread": misread, "wider": wider, "ways_on": [] if found.count else ways_on(chosen)}
    return render_to_string("directory/program_results.html", {**parts, **more})


@require_safe
def program_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One program. An address that it once had redirects for good."""
    # A program is public from the moment at which the lists know it.
    known = Program.objects.filter(slug=slug, listing__isnull=False, merged_into=None)
    program = for_program_page(known).first()
    if program is None or program.school.merged_into_id:
        moved = Program.objects.filter(former_slugs__slug=slug, listing__isnull=False).first()
        # Of a school that became another, a file may name a program anew whose address leads on already.
        if moved or not program:
            return moved_for_good(request, moved, or_else="No program has this address.")
    context = program_profile(program)
    canonical = request.build_absolute_uri(program.get_absolute_url())
    school_url = request.build_absolute_uri(program.school.get_absolute_url())
    reviews = review_summary(program)
    context |= {
        "canonical": canonical,
        "reviews": reviews,
        "structured": structured(context, url=canonical, school_url=school_url, rating=rating(reviews)),
        "similar": similar(program, context["openings"], where=request.GET.get("where", "")),
        "carried": carried(request.GET, but=["where"]),
    }
    return render(request, "directory/program_detail.html", context)


def _heading(chosen: ProgramFilter, found: Results) -> str:
    noun = "program" if found.count == 1 else "programs"
    where = ""
    if chosen.place is not None:
        where = f" near {chosen.place.label}" if chosen.place.is_point else f" in {chosen.place.label}"
    return f"{found.count:,} {noun}{where}"
