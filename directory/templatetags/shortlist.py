"""What the reader has saved: the button of a program, and the number beside “My plan”."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.db import DatabaseError
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from directory.engagement.shortlist import shortlist_of
from directory.templatetags.icons import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def save_button(
    context: Context, slug: str, program: int | None = None, described_by: str = "", *, wide: bool = False
) -> SafeString:
    """The button that saves a program or takes it off the list; `described_by` is the id of the program's name.

    `program` is its key. Without one, and on a page drawn without a request, the button saves: saving what is saved
    already changes nothing.
    """
    request = getattr(context, "request", None)
    saved = program in shortlist_of(request).programs if request and program else False
    return button(slug, saved=saved, described_by=described_by, wide=wide)


@register.simple_tag(takes_context=True)
def is_saved(context: Context, program: int | None) -> bool:
    """Whether the reader has saved the program; asks nothing that its button has not asked."""
    request = getattr(context, "request", None)
    return bool(request and program and program in shortlist_of(request).programs)


def button(slug: str, *, saved: bool, described_by: str = "", wide: bool = False) -> SafeString:
    """The button by itself. It belongs to the one form `save` that stands on every page."""
    return format_html(_shape(saved, bool(described_by), wide), slug, described_by)


@lru_cache(maxsize=8)
def _shape(saved: bool, described: bool, wide: bool) -> str:
    verb, word = ("remove", "Saved") if saved else ("save", "Save")
    more = '<span class="vh">: take it off my list</span>' if saved else ""
    mark = icon("check") if saved else icon("plus")
    css = "btn quiet save wide" if wide else "btn quiet save small"
    named = ' aria-describedby="{}"' if described else ""
    return f'<button class="{css}" form="save" name="{verb}" value="{{}}"{named}>{mark}{word}{more}</button>'


@register.simple_tag(takes_context=True)
def saved_count(context: Context) -> SafeString:
    """The number of programs that the reader has saved, for beside a link; nothing for none. Asks nothing without a
    session.
    """
    request = getattr(context, "request", None)
    return count_badge(request) if request else mark_safe("")


def count_badge(request: HttpRequest) -> SafeString:
    """As `saved_count`, for a page that is put together from stencils."""
    try:
        count = len(shortlist_of(request))
    except DatabaseError:
        # The pages that say what went wrong must render when the database is what went wrong.
        count = 0
    if not count:
        return mark_safe("")
    noun = "program" if count == 1 else "programs"
    return format_html(' <span class="count num">{}<span class="vh"> saved {}</span></span>', count, noun)
