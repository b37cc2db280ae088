"""The colours of static/css/site.css keep enough contrast, in light and in dark.

WCAG 2.2: 4.5 for text (1.4.3), 3 for the border of a control (1.4.11).
"""

from __future__ import annotations

import re

import pytest

from tests.architecture.files import ROOT

CSS = (ROOT / "static/css/site.css").read_text(encoding="utf-8")
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", CSS)
}
TEXT = 4.5
CONTROL = 3.0

# foreground, background, least ratio: every pair that a page puts together
PAIRS = [
    *[(text, surface, TEXT) for text in ("ink", "ink-2") for surface in ("paper", "slip", "wash", "sunk")],
    *[(text, surface, TEXT) for text in ("pen", "pen-deep") for surface in ("paper", "slip", "wash", "pen-wash")],
    *[("visited", surface, TEXT) for surface in ("paper", "wash")],
    *[(text, surface, TEXT) for text in ("on-cabinet", "on-cabinet-2") for surface in ("cabinet", "cabinet-2")],
    *[(text, surface, TEXT) for text in ("on-manila", "on-manila-2", "pen") for surface in ("manila", "manila-2")],
    ("on-pen", "pen-fill", TEXT),
    *[("on-lv", level, TEXT) for level in ("lv-cert", "lv-assoc", "lv-bach", "lv-mast")],
    *[(status, f"{status}-wash", TEXT) for status in ("ok", "warn", "bad", "none")],
    *[("on-q-lo", step, TEXT) for step in ("q0", "q1", "q2")],
    *[("on-q-hi", step, TEXT) for step in ("q3", "q4")],
    *[("line-strong", surface, CONTROL) for surface in ("paper", "wash")],
]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1, as WCAG defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_wcags():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_pair_can_be_read(front, back, least, theme):
    assert ratio(TOKENS[front][theme], TOKENS[back][theme]) >= least


def test_old_browsers_get_the_light_column_unchanged():
    block = CSS[CSS.index("@supports not (color: light-dark") :]
    given = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[: block.index("}")]))
    assert given == {name: colours["light"] for name, colours in TOKENS.items()}
