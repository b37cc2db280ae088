"""Words for a figure: its value with the unit, the reason when there is none, and its paperwork."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from html import escape  # Django's own asks each time whether the text is a lazy one; ours are texts
from typing import Any, Final

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from directory.links import outbound
from directory.unanswered import unanswered
from directory.vocab import Level, Missing, Quality

register = template.Library()

#: What follows the number, for one and for many.
UNIT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "usd": ("", ""),
    "usd-per-year": (" a year", " a year"),
    "usd-per-hour": (" an hour", " an hour"),
    "usd-per-credit": (" a credit", " a credit"),
    "awards": (" award", " awards"),
    "students": (" student", " students"),
    "months": (" month", " months"),
    "credits": (" credit", " credits"),
    "percent": ("%", "%"),
    "jobs": (" job", " jobs"),
}

#: Looked up once: a page of results says them sixty times.
LEVEL_WORDS: Final = {level.value: level.label[0].lower() + level.label[1:] for level in Level}

#: With no-break spaces: a date cut in two at the end of a line is hard to read.
DAY: Final = "j\xa0M\xa0Y"
MONTH: Final = "M\xa0Y"

#: "The school" has no say in a survey of workers, so the reasons read differently there.
OCCUPATION_REASONS: Final[dict[str, str]] = {
    Missing.NOT_REPORTED: "Not published",
    Missing.SUPPRESSED: "Withheld: the sample is too small",
}

SHORT_REASONS: Final[dict[str, str]] = {
    Missing.NOT_REPORTED: "Not reported",
    Missing.SUPPRESSED: "Withheld",
    Missing.NOT_APPLICABLE: "Does not apply",
    Missing.NOT_COLLECTED: "Not collected",
    Missing.NOT_CHECKED: "Not checked",
}


def number(value: float | Decimal, *, places: int = 0) -> str:
    """The number with thousands separators, rounded half up as a reader would, without a negative zero."""
    step = Decimal(1).scaleb(-places)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    return f"{rounded:,.{places}f}" if rounded else f"{0:.{places}f}"


def amount(value: float | Decimal, unit: str) -> str:
    """A value in words: "$9,840", "$24.16 an hour", "58%", "1 award". Percent is on the scale 0 to 100."""
    one, many = UNIT_WORDS.get(unit, ("", ""))
    exact = Decimal(str(value))
    whole = exact == exact.to_integral_value()
    if unit.startswith("usd"):
        # Cents matter in hourly pay and in the price of a credit, and only clutter a yearly total.
        cents = 2 if not whole and abs(exact) < 1000 else 0
        sign = "-" if exact < 0 else ""
        text = f"{sign}${number(abs(exact), places=cents)}"
    else:
        text = number(exact, places=0 if whole else 1)
        text = text.removesuffix(".0")
    return text + (one if text == "1" else many)


@register.filter
def figure_value(figure: Any) -> str:
    """The figure in words with its unit, or the reason why it has none; never an empty text."""
    if figure is None or getattr(figure, "value", None) is None:
        return missing_label(figure)
    text = amount(figure.value, str(figure.unit))
    return f"{text} or more" if figure.quality == Quality.CAPPED else text


@register.filter
def missing_label(figure: Any) -> str:
    """Why a figure has no value, as words. Takes a Figure, a reason ("suppressed") or None."""
    reason = getattr(figure, "missing", figure)
    if getattr(figure, "level", None) == Level.OCCUPATION and reason in OCCUPATION_REASONS:
        return OCCUPATION_REASONS[reason]
    return str(Missing(reason).label) if reason in Missing.values else "Not known"


@register.filter
def count(value: Any) -> str:
    """A number of things with thousands separators: "2,210"; "" when there is none."""
    return "" if value is None or value == "" else number(value)


@register.filter
def lower_first(text: str) -> str:
    """The words for the middle of a sentence."""
    return text[:1].lower() + text[1:]


@register.filter
def missing_short(figure: Any) -> str:
    """The reason in two words, for a narrow column that has a full legend nearby."""
    return SHORT_REASONS.get(str(getattr(figure, "missing", figure)), "Not known")


@register.filter
def level_words(figure: Any) -> str:
    """What a Figure (or a level) describes: "this program", "the whole school" ...; "" without one."""
    level = getattr(figure, "level", figure)
    return LEVEL_WORDS.get(str(level), "")


@register.filter
def source_words(figure: Any) -> str:
    """Source and year of a Figure, the year only once: "IPEDS Completions, 2023-24"; may be ""."""
    source, year = getattr(figure, "source", "") or "", str(getattr(figure, "year", "") or "")
    return ", ".join(part for part in (source, "" if year and year in source else year) if part)


@register.filter
def quality_words(figure: Any) -> str:
    """What the agency says about its own value ("Estimated by the agency"), "" when as reported."""
    quality = getattr(figure, "quality", "")
    return str(Quality(quality).label) if quality and quality in Quality.values else ""


@register.filter
def as_of(value: Any) -> str:
    """A date, "2024-05-09", "2024-05" or "2024" as "9 May 2024", "May 2024", "2024"; nothing as "undated"."""
    if not value:
        return "undated"
    if isinstance(value, dt.date):
        return date_format(value, DAY)
    text = str(value)
    if match := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text):
        year, month, day = match.groups()
        try:
            return date_format(dt.date(int(year), int(month), int(day or 1)), DAY if day else MONTH)
        except ValueError:
            return text
    return text


@register.filter
def miles(distance: Any) -> str:
    """A distance as a reader says it: "under 1 mile", "1 mile", "12 miles"; "" when unknown."""
    if distance is None or distance == "":
        return ""
    if float(distance) < 0.95:
        return "under 1 mile"
    whole = math.floor(float(distance) + 0.5)  # without `number`: a page of results says it twenty times
    return "1 mile" if whole == 1 else f"{whole:,} miles"


@register.filter
def web_url(value: Any) -> str:
    """The address if it is a web address or a path of ours, else "": nothing else may become a link."""
    text = str(value or "").strip()
    ours = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if ours or text.lower().startswith(("https://", "http://")) else ""


@register.filter
def silent_since(value: Any) -> dt.date | None:
    """The day on which an address was last asked in vain, by the link checker; None while nothing speaks against it."""
    text = str(value or "")
    return unanswered.since(outbound(text)) if text.lower().startswith(("https://", "http://")) else None


def mark(tag: str, words: str, *, url: str = "", after: str = "") -> SafeString:
    """The record mark in an element of that name: linked words, and what follows them unlinked."""
    link, said = web_url(url), escape(words)
    if day := silent_since(link):
        after = f"{after}. The page did not answer on {as_of(day)}"
    elif link:
        said = f'<a href="{escape(link)}">{said}</a>'
    return mark_safe(f'<{tag} class="src">{said}{escape(after)}</{tag}>')  # noqa: S308 - escaped above


@register.simple_tag
def src(figure: Any = None, *, source: str = "", year: Any = "", url: str = "", small: bool = False) -> SafeString:
    """The record mark: source and year, linked where there is a page, then level and quality in words.

    Of a Figure, or of a fact that is no figure (source, year as text or date, url). "" without any paperwork.
    `small` sets it on a line of its own under a value.
    """
    tag = "small" if small else "span"
    if figure is None or figure == "":
        if not source:
            return mark_safe("")
        return mark(tag, source, url=url, after=f", {as_of(year)}" if year else "")
    words = source_words(figure)
    if not words:
        return mark_safe("")
    level, quality = level_words(figure), quality_words(figure)
    return mark(
        tag,
        words,
        url=figure.url,
        after=(f", {level}" if level else "") + (f". {quality}" if quality else ""),
    )


@register.simple_tag(name="figure")
def show(figure: Any) -> SafeString:
    """A figure with its paperwork: value or reason, caveat, record mark.

    Written here and not as a template because a page of results shows sixty of them.
    """
    if isinstance(figure, SafeString):
        return figure  # ready already
    words = figure_value(figure)
    if not figure:
        return format_html('<span class="missing">{}</span>', words)
    text = f'<span class="missing">{escape(words)}</span>' if figure.value is None else escape(words)
    note = f"<small>{escape(figure.note)}</small>" if figure.note else ""
    return mark_safe(f"{text}{note}{src(figure, small=True)}")  # noqa: S308 - escaped above
