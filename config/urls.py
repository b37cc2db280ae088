"""Every address of the site; the pages themselves are listed in the apps' own urls."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from careers import sitemaps as of_careers
from careers.api.urls import urlpatterns as career_endpoints
from config import health
from directory import sitemaps as of_directory
from directory.api.index import Index
from directory.api.urls import ENDPOINTS

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Staff desk"

SITEMAPS = {**of_directory.SITEMAPS, **of_careers.SITEMAPS}

handler404 = "config.missing.page_not_found"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", health.favicon, name="favicon"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
    # The entrance names the endpoints of both parts; neither of them knows that there are two.
    path("api/v1/", Index.as_view(endpoints=[*ENDPOINTS, *career_endpoints])),
    path("api/v1/", include("careers.api.urls")),
    path("", include("careers.urls")),
    path("", include("directory.urls")),
]
