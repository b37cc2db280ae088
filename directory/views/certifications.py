"""Certifications: all exams side by side, and the guide to one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.profiles.certification import certification_groups, certification_guide, for_guides
from directory.views.unread import unread


@require_safe
def certification_list(request: HttpRequest) -> HttpResponse:
    """Every certification under its issuer, with who may sit, fee, length and renewal."""
    certifications = list(for_guides(timezone.localdate()))
    context = {"groups": certification_groups(certifications), "count": len(certifications), "unread": unread(request)}
    return render(request, "directory/certification_list.html", context)


@require_safe
def certification_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One exam: who may sit by which way, what it costs, and the programs that open it."""
    certification = get_object_or_404(for_guides(timezone.localdate()), slug=slug)
    return render(request, "directory/certification_detail.html", certification_guide(certification))
