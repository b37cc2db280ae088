"""Looking at a guide's version at the desk: as readers would see it, and beside another version."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from careers import publishing
from careers.admin.guide_verbs import GuideVerbs, others_of, url_of, version_of
from careers.guides.checks import problems
from careers.guides.diff import compare
from careers.profiles.blocks import DEEPER
from careers.profiles.career import career_profile
from careers.profiles.guide import view_of
from careers.vocab import PARTS


class GuideViews(GuideVerbs):
    """Mixed into the admin of GuideVersion."""

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The career's page with this version, for staff only; nothing keeps or lists it."""
        version = version_of(pk)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        texts = publishing.texts_of(version)
        career = version.guide.career
        profile = career_profile(
            career.occupation, career, asked=request.GET, guide=view_of(texts, version, deeper=DEEPER)
        )
        preview = {"title": str(version), "url": url_of("change", version), "problems": problems(texts)}
        response = render(request, "careers/career_detail.html", {**profile, "preview": preview})
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "private, no-store"
        return response

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """This version beside another (`?with=`), section by section; without one, the version before it."""
        version = version_of(pk)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        others = others_of(version)
        wanted = request.GET.get("with", "")
        other = next((each for each in others if str(each.pk) == wanted), None)
        if other is None and not wanted:
            other = next((each for each in others if each.number < version.number), next(iter(others), None))
        if other is None and wanted:
            raise Http404("No such version of this guide.")
        older, newer = sorted((version, other), key=lambda each: each.number) if other else (version, version)
        before, after = publishing.texts_of(older), publishing.texts_of(newer)
        rows = [
            (str(part.section.label), compare(before.get(key, ""), after.get(key, "")))
            for key, part in PARTS.items()
            if key in before or key in after
        ]
        context = {
            "title": f"{version.guide.career}: two versions",
            "version": version,
            "original": version,
            "older": older,
            "newer": newer,
            "other": other,
            "others": others,
            "changed": [{"label": label, "sides": sides} for label, sides in rows if not sides.same],
            "same": [label for label, sides in rows if sides.same],
        }
        return self._render(request, "compare", context)
