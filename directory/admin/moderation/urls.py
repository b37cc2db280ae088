"""Addresses of moderation below /admin/."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from directory.admin.moderation.log_page import LogPage
from directory.admin.moderation.queue import QueuePage


def urls(site: AdminSite) -> list[URLPattern]:
    """For `AdminSite.get_urls`; each asks who it is, checks the form's token and forbids every cache."""
    return [
        path("moderation/", site.admin_view(QueuePage(site).page), name="moderation"),
        path("moderation/log/", site.admin_view(LogPage(site).page), name="moderation_log"),
    ]
