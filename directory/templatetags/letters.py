"""What letters need and pages do not: whole addresses."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def absolute(path: str) -> str:
    """The path with the site's own address before it."""
    return f"{settings.SITE_URL}{path}"
