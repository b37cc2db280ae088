"""Every address of the site; the pages themselves are listed in the apps' own urls."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Staff desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
]
urlpatterns += [path("", include(pages)) for pages in ("careers.urls", "directory.urls") if find_spec(pages)]
