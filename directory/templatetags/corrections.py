"""The link with which a reader reports a fact as wrong."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from directory.profiles.reportable import key_of

register = template.Library()


@register.simple_tag
def report_url(about: str, fact: str = "") -> str:
    """The form for a fact of a page: `{% report_url "program:some-slug" "Median earnings" %}`.

    `fact` is what the page calls it, or its key; without it the form asks which fact is meant.
    """
    asked = {"about": about, **({"fact": key_of(fact)} if fact else {})}
    return f"{reverse('correction_report')}?{urlencode(asked)}"
