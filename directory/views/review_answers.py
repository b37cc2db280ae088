"""What others do with a review: a reader reports it, its school answers it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from directory.engagement import drafts
from directory.engagement.readers import reader_of
from directory.engagement.review_replies import NoVoice, answer, take_back
from directory.engagement.review_reports import MOST_A_DAY, TooManyReports, report
from directory.engagement.reviews import MINIMUM
from directory.engagement.school_voice import voice
from directory.models import Program, Review, ReviewReply
from directory.profiles.student_reviews import shown
from directory.views.form_token import came_from_our_form
from directory.views.readers_only import sign_in_address
from directory.views.review_form import ReplyForm, ReportForm
from directory.views.review_writing import OLD_FORM
from directory.views.reviews import head, reviewed

form_page = require_http_methods(["GET", "HEAD", "POST"])
TAKE_BACK = "take-back"


@csrf_exempt  # an old form is shown again with its words, see form_token
@sensitive_post_parameters()
@never_cache
@form_page
def report_review(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks what is wrong; a POST hands it to staff. The review stays until staff have looked."""
    program, review = _readable(slug, pk)
    context = {**head(program), "shown": shown(review)}
    form = ReportForm(request.POST or None)
    trouble = "" if request.method != "POST" or came_from_our_form(request) else OLD_FORM
    if request.method == "POST" and not trouble and form.is_valid():
        given = form.cleaned_data
        try:
            new = report(review=review, request=request, reason=given["reason"], note=given["note"])
        except TooManyReports:
            trouble = f"{MOST_A_DAY} reports a day are as many as we take from one place. Your words stand below."
        else:
            return render(request, "directory/reviews/reported.html", {**context, "new": new})
    return render(request, "directory/reviews/report.html", {**context, "form": form, "trouble": trouble})


@csrf_exempt  # an old form is shown again with its words, see form_token
@sensitive_post_parameters()
@never_cache
@form_page
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The school's answer to one review, for who has a confirmed address at the school's own domain."""
    program, review = _readable(slug, pk)
    reader = reader_of(request)
    context = {**head(program), "shown": shown(review), "reader": reader, "key": f"reply-{pk}"}
    held: ReviewReply | None = getattr(review, "reply", None)
    if request.method == "POST":
        return _send_reply(request, review, held, reader, context)
    kept = drafts.kept(request.session, f"reply-{pk}") if reader else None
    form = ReplyForm(initial=kept or ({"text": held.text} if held else None))
    return _reply_page(request, review, held, reader, {**context, "form": form})


def _send_reply(
    request: HttpRequest, review: Review, held: ReviewReply | None, reader: User | None, context: dict[str, object]
) -> HttpResponse:
    form = ReplyForm(request.POST)
    back = redirect("review_reply", review.program.slug, review.pk)
    if not came_from_our_form(request):
        return _reply_page(request, review, held, reader, {**context, "form": form, "trouble": OLD_FORM})
    away = redirect(sign_in_address(request.path))
    if request.POST.get("action") == TAKE_BACK:
        if reader is None:
            return away
        if held and voice(reader, review.program.school).speaks:
            take_back(reply=held)
        return back
    if form.is_valid():
        if reader is None:
            drafts.keep(request.session, f"reply-{review.pk}", {"text": form.cleaned_data["text"]})
            return away
        try:
            answer(review=review, writer=reader, text=form.cleaned_data["text"])
        except NoVoice as refused:
            form.add_error("text", str(refused))
        except Review.DoesNotExist:
            form.add_error("text", "The review was withdrawn or taken down while you wrote.")
        else:
            drafts.drop(request.session, f"reply-{review.pk}")
            return back
    return _reply_page(request, review, held, reader, {**context, "form": form})


def _reply_page(
    request: HttpRequest,
    review: Review,
    held: ReviewReply | None,
    reader: User | None,
    context: dict[str, object],
) -> HttpResponse:
    more = {
        "voice": voice(reader or AnonymousUser(), review.program.school),
        "held": held,
        "sign_in": sign_in_address(request.path),
    }
    return render(request, "directory/reviews/reply.html", {**context, **more})


def _readable(slug: str, pk: int) -> tuple[Program, Review]:
    """The program and one of its reviews that readers can see. Raises Http404."""
    program = reviewed(slug)
    accepted = Review.objects.shown().filter(program=program)
    review: Review | None = accepted.select_related("reply", "program__school", "program__field").filter(pk=pk).first()
    if review is None or accepted.count() < MINIMUM:
        raise Http404("No review that can be read has this address.")
    return program, review
