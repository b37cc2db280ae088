"""The written half of a career as data: sections as safe HTML, items apart."""

from __future__ import annotations

from typing import Any

from careers.profiles.guide import GuideView


def guide_as_json(view: GuideView) -> dict[str, Any] | None:
    """Version, who wrote and read it, and its sections in the order of the page; None without a guide."""
    version = view.version
    if version is None:
        return None
    return {
        "version": version.number,
        "published": version.publish_at,
        "author": version.author or None,
        "reviewer": version.reviewer or None,
        "reviewed_on": version.reviewed_on,
        "sections": [
            {
                "key": section.key,
                "label": section.label,
                "kind": section.kind,
                "html": str(section.intro),
                "items": [_item(item) for item in section.items],
            }
            for section in view.sections.values()
        ],
    }


def _item(item: dict[str, Any]) -> dict[str, Any]:
    """Words as they are, times as HH:MM, nothing that is empty."""
    return {
        name: f"{value:%H:%M}" if name in ("starts", "ends") else str(value) for name, value in item.items() if value
    }
