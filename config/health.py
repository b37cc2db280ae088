"""What machines ask for: the two probes, robots.txt, security.txt and the icon. No page, no session."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from directory.models import Release

RETRY_AFTER_SECONDS = "5"


def plain(body: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(body + "\n", status=status, content_type="text/plain; charset=utf-8")


def not_ready(reason: str) -> HttpResponse:
    response = plain(reason, status=503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process answers; asks nothing of the database."""
    return plain("ok")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 and the age of the data when the database answers, is migrated and holds any; else 503 and why."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            return not_ready(f"migrations: {len(waiting)} not applied")
        loaded_at = Release.objects.aggregate(last=Max("loaded_at"))["last"]
    except DatabaseError:
        return not_ready("database: no answer")
    if loaded_at is None:
        return not_ready("data: none loaded")
    return plain(f"ready\ndata: last loaded {(timezone.now() - loaded_at).days} days ago")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read every page; they have no business in the admin or in the links that leave."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return plain(f"User-agent: *\nDisallow: {reverse('admin:index')}\nDisallow: /go/\n\nSitemap: {sitemap}")


@cache_control(public=True, max_age=86_400)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where programs look for an icon that read no page. Not for good: the icon's name follows its content."""
    return HttpResponseRedirect(static("icons/favicon.svg"))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. 404 until SECURITY_CONTACT is set: a made-up contact is worse than none."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        return plain("No security contact is set for this site.", status=404)
    if ":" not in contact:
        contact = f"mailto:{contact}"
    expires = timezone.now() + timedelta(days=180)
    return plain(
        f"Contact: {contact}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\nPreferred-Languages: en\n"
        f"Canonical: {request.build_absolute_uri()}"
    )
