"""Reviews of a program: the page that everybody reads, the same for all."""

from __future__ import annotations

from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from directory.engagement.reviews import EDIT_WITHIN
from directory.models import Program
from directory.profiles.student_reviews import review_pages, review_summary, shown, structured
from directory.templatetags.levels import level_class, level_tab
from directory.views.unread import unread


def reviewed(slug: str) -> Program:
    """The public program of an address, with its school, field and listing. Raises Http404."""
    known = Program.objects.filter(slug=slug, listing__isnull=False, merged_into=None)
    program: Program | None = known.select_related("school", "field", "listing").first()
    if program is None:
        raise Http404("No program has this address.")
    return program


def head(program: Program) -> dict[str, object]:
    """What the manila head of the pages about one program's reviews shows."""
    level = program.listing.level
    return {
        "program": program,
        "school": program.school,
        "level_label": level_tab(level),
        "level_class": level_class(level),
        "crumbs": [
            {"label": program.school.name, "url": program.school.get_absolute_url()},
            {"label": program.display_title, "url": program.get_absolute_url()},
        ],
    }


@require_safe
def review_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What students say of a program. A former address of the program redirects for good."""
    try:
        program = reviewed(slug)
    except Http404:
        moved = Program.objects.filter(former_slugs__slug=slug).first()
        if moved is None:
            raise
        return redirect("review_list", moved.slug, permanent=True)
    summary = review_summary(program)
    pages, said = review_pages(summary), unread(request, "page")
    try:
        page = pages.validate_number(request.GET.get("page", "1"))
    except InvalidPage:
        said, page = [*said, "There is no such page of reviews, so here is the first."], 1
    here = pages.page(page)
    listed = [shown(review) for review in here]
    context = {
        **head(program),
        "summary": summary,
        "reviews": listed,
        "page": here,
        "unread": said,
        "hours": int(EDIT_WITHIN.total_seconds() // 3600),
        "structured": structured(summary, listed, request.build_absolute_uri(program.get_absolute_url())),
        "canonical": request.build_absolute_uri(request.path if page == 1 else f"{request.path}?page={page}"),
    }
    return render(request, "directory/reviews/list.html", context)
