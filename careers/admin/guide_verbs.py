"""What is done with a guide's version at the desk: publishing, taking back, reviewing, beginning a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from careers import publishing
from careers.admin.guide_form import ReviewForm
from careers.admin.publish_form import PublishForm
from careers.models import GuideVersion
from directory.admin.base import person

PUBLISH: Final = "careers.publish_guideversion"


class GuideVerbs:
    """Verbs by POST, each with its permission; the answer is the version's page with what became of it."""

    admin_site: Any
    has_view_permission: Callable[..., bool]
    has_change_permission: Callable[..., bool]
    has_add_permission: Callable[..., bool]
    _refused: Callable[[HttpRequest, GuideVersion], HttpResponse]

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Now, or from the hour in the form."""

        def act(version: GuideVersion) -> str:
            form = PublishForm(request.POST)
            if not form.is_valid():
                raise publishing.Refused("The hour cannot be read: choose a day and a time.")
            seen = form.cleaned_data["seen"]
            publishing.publish(draft=version, at=form.hour, seen=seen, later=form.chosen)
            return f"Scheduled for {form.hour:%d %b %Y, %H:%M} UTC." if form.hour else "Published. Readers see it now."

        return self._act(request, pk, act, allowed=request.user.has_perm(PUBLISH))

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(version: GuideVersion) -> str:
            publishing.take_back(scheduled=version)
            return "Taken back: it is a draft again."

        return self._act(request, pk, act, allowed=request.user.has_perm(PUBLISH))

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(version: GuideVersion) -> str:
            form = ReviewForm(request.POST, prefix="review")
            if not form.is_valid():
                raise publishing.Refused("The day of the review cannot be read.")
            given = form.cleaned_data
            publishing.record_review(
                version=version,
                reviewer=given["reviewer"],
                on=given["reviewed_on"],
                may_publish=request.user.has_perm(PUBLISH),
                seen=request.POST.get("seen", ""),
            )
            return "The review is recorded." if given["reviewer"].strip() else "The review is taken back."

        return self._act(request, pk, act, allowed=self.has_change_permission(request))

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new draft with the text of this version, or the draft that there is."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        version = version_of(pk)
        draft = publishing.start_draft(career=version.guide.career, by=person(request), after=version)
        return redirect(url_of("change", draft))

    def _act(self, request: HttpRequest, pk: int, act: Callable[[GuideVersion], str], *, allowed: bool) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not allowed:
            raise PermissionDenied
        version = version_of(pk)
        try:
            messages.success(request, act(version))
        except publishing.NotReady as refused:
            messages.error(request, f"Not published: {refused}. They stand beside their sections.")
            return self._refused(request, version)
        except publishing.Refused as refused:
            messages.error(request, str(refused))
            return self._refused(request, version)
        return redirect(url_of("change", version))

    def _render(
        self, request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": GuideVersion._meta}
        return render(request, f"admin/careers/guide_{template}.html", {**shared, **context}, status=status)


def version_of(pk: str | int) -> GuideVersion:
    if not str(pk).isdecimal():
        raise Http404("No such version.")
    rows = GuideVersion.objects.select_related("guide__career__occupation__release", "guide__career__onet")
    return get_object_or_404(rows, pk=int(pk))


def others_of(version: GuideVersion) -> list[GuideVersion]:
    rows = GuideVersion.objects.filter(guide=version.guide_id).exclude(pk=version.pk)
    return list(rows.select_related("guide__career").order_by("-number"))


def url_of(name: str, version: GuideVersion) -> str:
    return reverse(f"admin:careers_guideversion_{name}", args=[version.pk])
