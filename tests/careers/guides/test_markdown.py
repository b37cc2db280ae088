"""Markdown of guides: what comes out is safe, whatever goes in."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from careers.guides.checks import MOST_CHARACTERS
from careers.guides.markdown import ATTRIBUTES, TAGS, Cited, block_html, inline_html, plain

CITED = Cited(("issuer", "oews"))


class Seen(HTMLParser):
    """Elements, attributes and addresses that a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "<form action=/admin/><button>x</button></form>",
    "<base href=https://evil.example.org/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example.org/'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61vascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example.org/)",
    "[x](/\\evil.example.org/)",
    "[x](\\\\evil.example.org)",
    "[x](https://user:word@evil.example.org/)",
    "[x](https://good.example.org\" onmouseover=\"alert(1))",
    "[x](https://good.example.org 'a\" onmouseover=\"alert(1)')",
    "[x][d]\n\n[d]: javascript:alert(1)",
    "[d]: https://good.example.org \"a\" onload=alert(1)\n[d]",
    "<javascript:alert(1)>",
    "<https://good.example.org/\"onmouseover=alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example.org/x.png)",
    "![x\" onerror=alert(1)](x)",
    "`<script>alert(1)</script>`",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "[^<script>alert(1)</script>]",
    "[^\"><img/src/onerror=alert(1)>]",
    "| <img src=x onerror=alert(1)> |\n|-|\n| <script>alert(1)</script> |",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "1. [x](javascript:alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "\x00<script\x00>alert(1)</script>",
    "<ScRiPt\x0b>alert(1)</sCrIpT>",
    "**<b onclick=alert(1)>**",
]  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("render", ["block", "inline"])
def test_an_attack_is_words_on_the_page(text, render):
    html = block_html(text, level=2, cited=CITED) if render == "block" else inline_html(text, cited=CITED)
    seen = Seen(html)
    assert seen.tags <= TAGS
    allowed = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names} | {
        ("sup", "class"),
        ("div", "class"),
        ("table", "class"),
    }
    assert seen.attributes <= allowed
    assert [each for each in seen.addresses if not re.match(r"https?://[a-z.]+|/(?![/\\])|#", each)] == []
    # "/%5Cevil" is a path of ours that leads nowhere.
    assert [each for each in seen.addresses if "@" in each or re.match(r"https?://.*evil", each)] == []


def test_addresses_abroad_say_so_and_ours_do_not():
    html = inline_html("[a](https://a.example.org/?b=1&c=2) [b](/careers/x/) [c](#pay)", cited=CITED)
    assert '<a href="https://a.example.org/?b=1&amp;c=2" rel="external noopener">a</a>' in html
    assert '<a href="/careers/x/">b</a> <a href="#pay">c</a>' in html


def test_headings_stand_below_the_section():
    html = block_html("# One\n\n## Two\n\n### Three\n\n###### Six", level=3, cited=CITED)
    assert re.findall(r"<(h\d)>", html) == ["h4", "h4", "h5", "h6"]


def test_a_citation_leads_to_its_source_and_an_unknown_one_says_so():
    html = inline_html("It pays.[^oews] And so on.[^lost]", cited=CITED)
    assert '<sup class="cite"><a href="#source-oews">2</a></sup>' in html
    assert "lost: no such source" in html


def test_a_table_scrolls_by_itself():
    html = block_html("|a|b|\n|-|-|\n|1|2|", level=2, cited=CITED)
    assert '<div class="scroll" role="region" tabindex="0" aria-label="Table"><table class="ledger">' in html


@pytest.mark.parametrize(
    "text", ["**open", "[x](", "[x][", "|a|\n|-", "```\nnever closed", "> > > ", "[^", "*a **b*** c**", "\\", "<"]
)
def test_broken_markdown_loses_no_words(text):
    shown = plain(text) if "```" not in text else block_html(text, level=2, cited=CITED)
    assert set(re.findall(r"[a-z]{2,}", text)) <= set(re.findall(r"[a-z]{2,}", shown))


def test_a_text_of_200_kilobytes_is_shown_as_typed():
    html = block_html("[" * 200_000 + "<script>", level=2, cited=CITED)
    assert html.startswith("<pre>[[[")
    assert html.endswith("&lt;script&gt;</pre>")
    assert "<script>" not in inline_html("*" * MOST_CHARACTERS + "<script>", cited=CITED)


def test_the_words_alone_are_words():
    assert plain("a **b** [l](/x/)[^oews] & <i> `c`") == "a b l & <i> c"
