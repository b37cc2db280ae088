"""Writing, changing and withdrawing one's own review. Typed first, signed in later; nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from directory.engagement import drafts
from directory.engagement.readers import reader_of
from directory.engagement.reviews import EDIT_WITHIN, MINIMUM, ReviewNotTaken, may_change, own_review, send, was_shown
from directory.engagement.reviews import withdraw as take_back
from directory.models import Program, Review
from directory.profiles.student_reviews import shown
from directory.views.form_token import came_from_our_form
from directory.views.readers_only import sign_in_address
from directory.views.review_form import ReviewForm, as_typed
from directory.views.reviews import head, reviewed

form_page = require_http_methods(["GET", "HEAD", "POST"])
OLD_FORM = "This page had lain open for too long. Everything that you typed stands below: send it once more."
#: What a browser sends when one of the page's two buttons is pressed.
DISCARD = "discard"
#: A draft of more letters than any review has is not kept in a session; it stands on the page that says so.
MOST_KEPT = 60_000


@csrf_exempt  # an old form is shown again with its words, see form_token
@sensitive_post_parameters()
@never_cache
@form_page
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, filled with the reader's draft or own review; a POST keeps the draft or sends the review."""
    program = reviewed(slug)
    reader = reader_of(request)
    mine = own_review(reader, program) if reader else None
    if request.method != "POST":
        return _page(request, program, reader, mine, _to_fill(request, program, mine))
    form = ReviewForm(request.POST)
    if not came_from_our_form(request):
        return _page(request, program, reader, mine, form, trouble=OLD_FORM)
    if request.POST.get("action") == DISCARD:
        drafts.drop(request.session, slug)
        return redirect("review_write", slug)
    typed = form.typed()
    if sum(map(len, typed.values())) <= MOST_KEPT:
        # Also of a form with mistakes: whoever goes back and comes again finds what was typed.
        drafts.keep(request.session, slug, typed)
    if not form.is_valid():
        return _page(request, program, reader, mine, form)
    if reader is None:
        return redirect(sign_in_address(request.path))
    try:
        send(reader=reader, program=program, words=form.words())
    except ReviewNotTaken as refused:
        form.add_error(refused.field or None, str(refused))
        return _page(request, program, reader, mine, form)
    drafts.drop(request.session, slug)
    return redirect("review_write", slug)


@csrf_exempt  # an old form asks once more, see form_token
@never_cache
@form_page
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks on GET, withdraws on POST; who has no review here is led to the form."""
    program = reviewed(slug)
    reader = reader_of(request)
    if reader is None:
        return redirect(sign_in_address(request.path))
    mine = own_review(reader, program)
    if mine is None:
        return redirect("review_write", slug)
    if request.method == "POST" and came_from_our_form(request):
        take_back(review=mine)
        return render(request, "directory/reviews/withdrawn.html", {**head(program)})
    return render(request, "directory/reviews/withdraw.html", {**head(program), "mine": shown(mine)})


def _to_fill(request: HttpRequest, program: Program, mine: Review | None) -> ReviewForm:
    draft = _draft(request, program)
    if draft is not None:
        return ReviewForm(initial=draft)
    return ReviewForm(initial=as_typed(mine) if mine else None)


def _draft(request: HttpRequest, program: Program) -> dict[str, Any] | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return drafts.kept(request.session, program.slug)


def _page(
    request: HttpRequest,
    program: Program,
    reader: User | None,
    mine: Review | None,
    form: ReviewForm,
    *,
    trouble: str = "",
) -> HttpResponse:
    draft = not form.is_bound and _draft(request, program) is not None
    context = {
        **head(program),
        "form": form,
        "trouble": trouble,
        "reader": reader,
        "mine": shown(mine) if mine else None,
        "may_change": mine is None or may_change(mine),
        "stood": mine is not None and was_shown(mine),
        "until": mine.written_at + EDIT_WITHIN if mine else None,
        "draft": draft,
        "minimum": MINIMUM,
    }
    return render(request, "directory/reviews/write.html", context)
