"""Every address of the site; the pages themselves are listed in the apps' own urls."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import health

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Staff desk"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    path("", include("careers.urls")),
    path("", include("directory.urls")),
]
