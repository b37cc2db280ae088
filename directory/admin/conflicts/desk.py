"""The desk of conflicts: choose corrections, decide, look at what readers will see, and only then keep it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from directory.admin.base import person
from directory.admin.conflicts.form import DecideForm
from directory.admin.conflicts.preview import told
from directory.admin.imports import alone
from directory.curation.conflicts.deciding import ChangedMeanwhile, decide, school_of
from directory.curation.conflicts.finding import in_conflict, to_review
from directory.models import Override
from directory.pipeline.refresh import refresh

ON_A_PAGE: Final = 50
#: More than these nobody looks at before deciding about all of them at once.
AT_ONCE: Final = 200
NEEDED: Final = ("directory.change_override", "directory.change_school", "directory.change_program")
CHANGED: Final = (
    "Nothing was decided: somebody else has changed this meanwhile. Below stands what there is now, with what you "
    "typed; deciding again puts yours in place of theirs."
)


def may_decide(request: HttpRequest) -> bool:
    """Deciding changes the listing, too."""
    return request.user.has_perms(NEEDED)


def view(of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Both lists, the preview of a decision, and the decision itself, which waits for an import."""
    if not of.has_view_permission(request) or (request.method == "POST" and not may_decide(request)):
        raise PermissionDenied
    if request.method == "POST":
        return alone(request, _decide, of) if "_decide" in request.POST else _decide(request, of)
    if chosen := _chosen(request.GET.getlist("id")):
        return _page(of, request, "decide", chosen, DecideForm(overrides=chosen))
    return _list(of, request)


def _list(of: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    review = request.GET.get("which") == "review"
    conflicts, due = in_conflict(), to_review(today)
    page = Paginator(due if review else conflicts, ON_A_PAGE).get_page(request.GET.get("p", 1))
    context = {
        **_context(of, request), "title": "Corrections against the official files", "page": page, "review": review,
        "rows": told(page.object_list), "conflicts": conflicts.count(), "due": due.count(), "today": today,
    }  # fmt: skip
    return TemplateResponse(request, "admin/directory/conflicts_list.html", context)


def _chosen(keys: list[str]) -> list[Override]:
    """The corrections asked for that are in force or were until somebody else decided, in the order of their keys."""
    numbers = {int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 10}
    rows = Override.objects.select_related(
        "school__release", "program__field", "program__school", "program__release", "made_by"
    )
    return list(rows.filter(pk__in=sorted(numbers)[:AT_ONCE]).order_by("pk"))


def _decide(request: HttpRequest, of: admin.ModelAdmin) -> HttpResponse:
    chosen = _chosen(request.POST.getlist("id"))
    if not chosen:
        messages.warning(request, "Choose at least one correction.")
        return redirect(_address())
    if "_choose" in request.POST:
        return redirect(f"{_address()}?{'&'.join(f'id={row.pk}' for row in chosen)}")
    form = DecideForm(request.POST, overrides=chosen)
    if not form.is_valid():
        return _page(of, request, "decide", chosen, form)
    if "_decide" not in request.POST or not form.was_previewed:
        return _page(of, request, "preview", chosen, form, said=form.cleaned_data)
    said = form.cleaned_data
    try:
        with transaction.atomic():  # the decision, the lists that follow from it and the log: all or nothing
            made = decide(
                seen=form.seen, decision=said["decision"], by=person(request), reason=said["reason"],
                review_by=said["review_by"], evidence_url=said["evidence_url"], value=said.get("value"),
            )  # fmt: skip
            refresh({school_of(row) for row in chosen})
            for row in chosen:
                of.log_change(request, row, f"Decided: {made[0].get_decision_display()}")
    except ChangedMeanwhile as meanwhile:
        fresh = _chosen(request.POST.getlist("id"))
        again = DecideForm(request.POST, overrides=fresh)
        changed = told([row for row in fresh if row.pk in {each.pk for each in meanwhile.overrides}])
        return _page(of, request, "decide", fresh, again, status=409, refused=CHANGED, changed=changed)
    undo = reverse("admin:directory_conflictdecision_change", args=[made[0].pk])
    count = len(made)
    messages.success(request, f"Decided about {count} correction{'s' if count > 1 else ''}. You can undo it below.")
    return redirect(undo)


def _page(
    of: admin.ModelAdmin, request: HttpRequest, step: str, chosen: list[Override], form: DecideForm, *,
    said: dict[str, Any] | None = None, status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        **_context(of, request), "title": "Decide about corrections", "step": step, "form": form,
        "rows": told(chosen, said), "media": of.media + form.media, "gone": [row for row in chosen if not row.active],
        **more,
    }  # fmt: skip
    return TemplateResponse(request, "admin/directory/conflicts_decide.html", context, status=status)


def _context(of: admin.ModelAdmin, request: HttpRequest) -> dict[str, Any]:
    return {**of.admin_site.each_context(request), "opts": of.opts, "may_decide": may_decide(request)}


def _address() -> str:
    return reverse("admin:directory_override_conflicts")
