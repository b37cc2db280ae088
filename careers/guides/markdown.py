"""Markdown of a guide as HTML that is safe to show.

Two independent locks: the reader knows no HTML, no pictures and no links but those of `links`; and whatever comes out
passes through nh3 with a short list of elements.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import escape, unescape
from typing import Any, Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from careers.guides.checks import CITATION, MOST_CHARACTERS
from careers.guides.links import is_ours, link_problem

DEEPEST: Final = 6
TAGS: Final = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "sup", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES: Final = {
    "a": {"href", "rel"},
    "ol": {"start"},
    "div": {"role", "tabindex", "aria-label"},
    "th": {"scope"},
}
CLASSES: Final = {"sup": {"cite"}, "div": {"scroll"}, "table": {"ledger"}}
EXTERNAL: Final = "external noopener"


class Cited(tuple[str, ...]):
    """Ids of the sources of a page in the order in which they are numbered there."""

    __slots__ = ()

    def number(self, key: str) -> int:
        """From 1; 0 for an id that is not among them."""
        return self.index(key) + 1 if key in self else 0


def block_html(text: str, *, level: int, cited: Cited) -> SafeString:
    """A text of several paragraphs. Its headings lie below `level`, the level of the heading it stands under.

    A text longer than what can be published is shown as it is typed: reading it could take minutes.
    """
    if len(text) > MOST_CHARACTERS:
        return mark_safe(f"<pre>{escape(text)}</pre>")  # noqa: S308 - escaped
    return _block(text, level, cited) if text.strip() else mark_safe("")


def inline_html(text: str, *, cited: Cited) -> SafeString:
    """A text for the middle of a line: no paragraphs, lists or headings."""
    if len(text) > MOST_CHARACTERS:
        return mark_safe(escape(text))  # noqa: S308 - escaped
    return _inline(text, cited) if text.strip() else mark_safe("")


def plain(text: str) -> str:
    """The words of a text without its citations and marks, for a machine or a label."""
    bare = nh3.clean(str(inline_html(CITATION.sub("", text), cited=Cited())), tags=set())
    return " ".join(unescape(bare).split())


@lru_cache(maxsize=4_096)
def _block(text: str, level: int, cited: Cited) -> SafeString:
    return _clean(MARKDOWN.render(text, {"level": level, "cited": cited}))


@lru_cache(maxsize=8_192)
def _inline(text: str, cited: Cited) -> SafeString:
    return _clean(MARKDOWN.renderInline(text, {"level": DEEPEST, "cited": cited}))


def _clean(html: str) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https"},
        link_rel=None,  # ours is set where the link is written, for links that lead away
    )
    return mark_safe(cleaned.strip())  # noqa: S308 - nh3 leaves only what the list above allows


def _citation(state: StateInline, silent: bool) -> bool:
    """Read `[^id]`."""
    match = CITATION.match(state.src, state.pos, state.posMax)
    if not match or not match[1]:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _render_citation(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    key, cited = tokens[at].content, env["cited"]
    number = cited.number(key)
    if not number:
        return f'<sup class="cite">[{escape(key)}: no such source]</sup>' if cited else ""
    return f'<sup class="cite"><a href="#source-{escape(key)}">{number}</a></sup>'


def _render_heading(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[at]
    below = max(int(token.tag[1:]), 2) - 1
    return f"<{'/' if token.nesting < 0 else ''}h{min(env['level'] + below, DEEPEST)}>"


def _render_link(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    address = str(tokens[at].attrGet("href") or "")
    rel = "" if is_ours(address) else f' rel="{EXTERNAL}"'
    return f'<a href="{escape(address)}"{rel}>'


def _render_table(*_: Any) -> str:
    return '<div class="scroll" role="region" tabindex="0" aria-label="Table"><table class="ledger">'


def _render_table_end(*_: Any) -> str:
    return "</table></div>"


def _may_lead(url: str) -> bool:
    return not link_problem(url)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable("image")
    reader.validateLink = _may_lead  # type: ignore[method-assign]
    reader.inline.ruler.before("link", "citation", _citation)
    for name, rule in (
        ("citation", _render_citation),
        ("heading_open", _render_heading),
        ("heading_close", _render_heading),
        ("link_open", _render_link),
        ("table_open", _render_table),
        ("table_close", _render_table_end),
    ):
        reader.add_render_rule(name, rule)
    return reader


MARKDOWN: Final = _reader()
