"""Two listings side by side: which one stays, which values it takes over, what goes along; then one, or told apart."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from directory.admin.base import person
from directory.admin.duplicates.finding import TwoForm, asked_for, by_keys, pair_of
from directory.admin.duplicates.forms import ONE, OTHER, ApartForm, DecisionForm
from directory.admin.imports import alone
from directory.admin.labels import LABELS
from directory.curation.duplicates import keeping
from directory.curation.merging import refusals
from directory.curation.merging.fields import FieldRow, side_by_side
from directory.curation.merging.merge import merge, schools_of
from directory.curation.merging.names import names_of
from directory.curation.merging.refusals import CannotMergeError, ChangedMeanwhileError
from directory.curation.merging.summary import fates, would_go
from directory.models import Merge, Program, School
from directory.pipeline.refresh import refresh

WITH = "with"
BAD_REQUEST, CONFLICT = 400, 409


def address_of(one: Any, other: Any) -> str:
    """The page that shows the two side by side."""
    kind = "program" if isinstance(one, Program) else "school"
    return f"{reverse('admin:directory_merge_two')}?{urlencode({'kind': kind, ONE: one.pk, OTHER: other.pk})}"


def view(request: HttpRequest) -> HttpResponse:
    """Two listings by their keys; without them the form that asks which two."""
    if not request.user.has_perm("directory.view_merge"):
        raise PermissionDenied
    if request.method == "POST" and not request.user.has_perms(
        ("directory.add_merge", "directory.change_duplicatepair")
    ):
        raise PermissionDenied
    two = asked_for(request)
    if two is None:
        return ask(request)
    if request.method != "POST":
        return _page(request, two)
    if "_apart" in request.POST or "_again" in request.POST:
        return _apart(request, two)
    return alone(request, _merge, two)


def ask(request: HttpRequest) -> HttpResponse:
    """The form that asks which two; asked well, it leads to them. `with` in the address is the key of the first."""
    named: Any = request.GET if ONE in request.GET else None
    one, other = by_keys(request, ONE, OTHER)
    if one and other:  # one listing, named twice by its key
        named = {"kind": request.GET["kind"], ONE: one.slug, OTHER: other.slug}
    (first,) = by_keys(request, WITH)
    begun = {"one": first.slug} if first else {}
    form = TwoForm(named, initial={"kind": request.GET.get("kind", "program"), **begun})
    if named is not None and request.method != "POST" and form.is_valid():
        return HttpResponseRedirect(address_of(*form.two))
    context = {**admin.site.each_context(request), "title": "Merge two listings", "form": form, "opts": Merge._meta}
    return TemplateResponse(request, "admin/directory/duplicates/ask.html", context)


def _apart(request: HttpRequest, two: tuple[Any, Any]) -> HttpResponse:
    pair = pair_of(*two)
    if pair is None:
        messages.error(request, "These two are no likely pair, so there is nothing to tell apart.")
        return _page(request, two, status=CONFLICT)
    if "_again" in request.POST:
        keeping.ask_again(pair=pair)
        messages.success(request, "They stand among the likely duplicates again.")
        return HttpResponseRedirect(address_of(*two))
    form = ApartForm(request.POST)
    if not form.is_valid():
        return _page(request, two, apart=form, status=BAD_REQUEST)
    keeping.tell_apart(pair=pair, reason=form.cleaned_data["because"], by=person(request))
    one, other = names_of(*two)
    messages.success(request, f"Remembered: {one} and {other} are two.")
    return HttpResponseRedirect(reverse("admin:directory_duplicatepair_changelist"))


def _merge(request: HttpRequest, two: tuple[Any, Any]) -> HttpResponse:
    form = DecisionForm(request.POST)
    if "_back" in request.POST or not form.is_valid():
        return _page(request, two, form=form, status=200 if "_back" in request.POST else BAD_REQUEST)
    gone, survivor = _gone_and_survivor(form, two)
    names = names_of(gone, survivor)
    choices, reason = chosen(request, form, two), form.cleaned_data["reason"]
    if said := refusals.against(gone=gone, survivor=survivor):
        for each in said:
            form.add_error(None, each)
        return _page(request, two, form=form, status=BAD_REQUEST)
    if "_merge" not in request.POST:
        return _preview(request, two, form)
    try:
        with transaction.atomic():
            done = merge(
                gone=gone,
                survivor=survivor,
                reason=reason,
                by=person(request),
                choices=choices,
                seen=request.POST.get("seen", ""),
            )
            refresh(schools_of(done))
    except ChangedMeanwhileError:
        messages.error(
            request,
            "Nothing was merged: one of the two was changed since you looked. Below is how they stand now; what you "
            "chose and wrote is still there.",
        )
        return _preview(request, asked_for(request) or two, form, status=CONFLICT)
    except CannotMergeError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, two, form=form, status=BAD_REQUEST)
    messages.success(request, f"Merged. {names[0]} is {names[1]} from now on, and its addresses lead there.")
    return HttpResponseRedirect(done.get_absolute_url())


def _gone_and_survivor(form: DecisionForm, two: tuple[Any, Any]) -> tuple[Any, Any]:
    one, other = two
    return (other, one) if form.cleaned_data["stays"] == ONE else (one, other)


def chosen(request: HttpRequest, form: DecisionForm, two: tuple[Any, Any]) -> list[str]:
    """The fields in which the one that stays takes the other's value."""
    stays = form.cleaned_data["stays"]
    rows = [row for row in side_by_side(*two) if row.choice]
    return [row.choice for row in rows if request.POST.get(row.choice, stays) != stays]


# --- the pages ---------------------------------------------------------------------------------------


def _preview(request: HttpRequest, two: tuple[Any, Any], form: DecisionForm, *, status: int = 200) -> HttpResponse:
    gone, survivor = _gone_and_survivor(form, two)
    taken = set(chosen(request, form, two))
    rows = [row for row in side_by_side(survivor, gone) if row.choice in taken]
    context = {
        **_common(request, two),
        "title": "What merging would do",
        "names": names_of(gone, survivor),
        "going": would_go(gone=gone, survivor=survivor),
        "fates": fates(gone=gone, survivor=survivor) if isinstance(gone, School) else [],
        "taken": [{**_row(row), "before": row.one, "after": row.other} for row in rows],
        "reason": form.cleaned_data["reason"],
        "stays": form.cleaned_data["stays"],
        "choices": [(row.choice, request.POST[row.choice]) for row in side_by_side(*two) if row.choice in request.POST],
        "seen": refusals.fingerprint(gone=gone, survivor=survivor),
    }
    return TemplateResponse(request, "admin/directory/duplicates/preview.html", context, status=status)


def _page(
    request: HttpRequest,
    two: tuple[Any, Any],
    *,
    form: DecisionForm | None = None,
    apart: ApartForm | None = None,
    status: int = 200,
) -> HttpResponse:
    one, other = two
    against = {ONE: refusals.against(gone=other, survivor=one), OTHER: refusals.against(gone=one, survivor=other)}
    may_stay = [side for side, said in against.items() if not said]
    stays = form.data.get("stays", "") if form else _better(one, other, may_stay)
    rows = side_by_side(one, other)
    context = {
        **_common(request, two),
        "title": "Two listings side by side",
        "form": form or DecisionForm(initial={"stays": stays}),
        "apart": apart or ApartForm(),
        "pair": pair_of(one, other),
        "stays": stays if stays in may_stay else "",
        "can_be_one": bool(may_stay),
        "differing": [_row(row, request.POST.get(row.choice, "") or stays) for row in rows if row.differs],
        "same": [_row(row) for row in rows if not row.differs],
        "against": against,
        "belongs": [
            (would_go(gone=one, survivor=other), one),
            (would_go(gone=other, survivor=one), other),
        ],
    }
    return TemplateResponse(request, "admin/directory/duplicates/two.html", context, status=status)


def _common(request: HttpRequest, two: tuple[Any, Any]) -> dict[str, Any]:
    one, other = two
    return {
        **admin.site.each_context(request),
        "opts": Merge._meta,
        "names": names_of(one, other),
        "kind": "program" if isinstance(one, Program) else "school",
        "may_merge": request.user.has_perms(("directory.add_merge", "directory.change_duplicatepair")),
        "edit": [reverse(f"admin:directory_{each._meta.model_name}_change", args=[each.pk]) for each in (one, other)],
        "here": address_of(one, other),
    }


def _row(row: FieldRow, taken: str = "") -> dict[str, Any]:
    label = LABELS.get(row.columns[0], row.name) if row.name != "point" else "Point on the map"
    return {
        "label": label[:1].upper() + label[1:],
        "one": row.one,
        "other": row.other,
        "choice": row.choice,
        "taken": taken,
    }


def _better(one: Any, other: Any, may_stay: list[str]) -> str:
    """Which to keep, as a first suggestion: one that may stay, that is on the lists, that readers know; "" for none."""
    if len(may_stay) < 2:
        return may_stay[0] if may_stay else ""
    return ONE if _weight(one) >= _weight(other) else OTHER


def _weight(listing: Any) -> tuple[Any, ...]:
    if isinstance(listing, School):
        return (not listing.is_closed, listing.unitid is not None, -listing.pk)
    return (listing.state == "listed", listing.last_year, -listing.pk)
