"""Addresses of the worklists below /admin/."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from directory.admin.worklists.pages import WorklistPages


def urls(site: AdminSite) -> list[URLPattern]:
    """For `AdminSite.get_urls`; each asks who it is, checks the form's token and forbids every cache."""
    pages = WorklistPages(site)
    return [path("worklists/", site.admin_view(pages.page), name="worklists")]
