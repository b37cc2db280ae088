"""/corrections/<reference>/reply/: the school says what it has to say about a reported error."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from directory.engagement import drafts
from directory.engagement.error_reports import NotPossible, may_be_answered, reply
from directory.engagement.readers import reader_of
from directory.engagement.references import Misread, read
from directory.engagement.school_voice import voice
from directory.models import ErrorReport
from directory.profiles.error_reports import on_record, report_profile
from directory.views.form_token import came_from_our_form
from directory.views.readers_only import sign_in_address
from directory.views.review_form import ReplyForm
from directory.views.review_writing import OLD_FORM


@csrf_exempt  # an old form is shown again with its words, see form_token
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction_reply(request: HttpRequest, reference: str) -> HttpResponse:
    """For who has a confirmed address at the school's own domain; one reply, read by staff before it is shown."""
    report = _answerable(reference)
    reader, key, trouble = reader_of(request), f"correction-{report.reference}", ""
    if request.method == "POST":
        form = ReplyForm(request.POST)
        if not came_from_our_form(request):
            trouble = OLD_FORM
        elif form.is_valid():
            if reader is None:
                drafts.keep(request.session, key, {"text": form.cleaned_data["text"]})
                return redirect(sign_in_address(request.path))
            try:
                reply(report=report, writer=reader, words=form.cleaned_data["text"])
            except NotPossible as refused:
                form.add_error("text", str(refused))
            else:
                drafts.drop(request.session, key)
                return redirect("correction_reply", report.number)
    else:
        kept = drafts.kept(request.session, key) if reader else None
        form = ReplyForm(initial=kept)
    heard = voice(reader or AnonymousUser(), report.school)  # type: ignore[arg-type]  # it has one, see below
    if heard.speaks and not form.is_bound and not form.initial:
        form.initial = {"text": report.reply}
    context = {**report_profile(report), "form": form, "reader": reader, "voice": heard, "trouble": trouble}
    return render(request, "directory/correction_reply.html", {**context, "sign_in": sign_in_address(request.path)})


def _answerable(reference: str) -> ErrorReport:
    """The public report about a page of a school. Raises Http404."""
    try:
        report = on_record(read(reference))
    except Misread as misread:
        raise Http404(str(misread)) from None
    if report is None or not may_be_answered(report):
        raise Http404("No report that a school can answer has this number.")
    return report
