"""The ways to a school beside its record: what to press, and what did not answer when it was last asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from directory.links import EnrolLink, Silent
from directory.templatetags.figures import as_of
from directory.vocab import GoKind

#: Said wherever an address is left away; the day stands in between.
SILENT = "The school’s page did not answer on {day}; we look again."


def actions(links: Iterable[EnrolLink], *, visit: str = "") -> list[dict[str, Any]]:
    """The buttons of `partials/on_page.html`; `visit` is the label of the front page where it has another one."""
    return [
        {
            "label": visit if visit and link.kind == GoKind.VISIT else link.label,
            "url": link.url,
            "note": _note(link),
            "leaves": True,
        }
        for link in links
    ]


def silent(found: Iterable[Silent], links: Iterable[EnrolLink]) -> list[dict[str, Any]]:
    """What did not answer, in words; the front page in its place, where that one answers.

    {label, words, home: {label, url, host} or {}, kind, on}.
    """
    front = next((link for link in links if link.kind == GoKind.VISIT), None)
    home = {"label": "The school’s front page", "url": front.url, "host": front.host} if front else {}
    return [
        {
            "kind": each.kind,
            "label": each.label,
            "on": each.on,
            "words": SILENT.format(day=as_of(each.on)),
            "home": home,
        }
        for each in found
    ]


def silent_as_json(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same for the API; `instead` is the path of the school's front page, None when that one is silent too."""
    return [
        {"kind": each["kind"], "last_asked": each["on"], "instead": each["home"].get("url")} for each in found
    ]  # fmt: skip


def _note(link: EnrolLink) -> str:
    leads = f"Leads to {link.host}"
    if link.passed_over is None:
        return leads
    return f"{leads}. The better page for this did not answer on {as_of(link.passed_over)}"
