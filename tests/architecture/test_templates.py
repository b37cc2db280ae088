"""Pages obey the content security policy by themselves and never switch escaping off."""

from __future__ import annotations

import re

import pytest

from tests.architecture.files import own_files, shown

INLINE = {
    # A data block is no script: nothing runs it, and the policy does not judge it (tests/browser holds that).
    "a script in the page": re.compile(r"""<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)""", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"""\sstyle\s*=\s*["'{]""", re.IGNORECASE),
    "an event handler": re.compile(r"""<[a-z][^>]*\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
}
UNESCAPED = re.compile(r"\|\s*safe\b|\bsafeseq\b|autoescape\s+off")

TEMPLATES = [*own_files("templates", suffixes=(".html", ".svg", ".xml"))]
# Template tags and the admin's columns write markup too.
WRITING_MARKUP = {"templatetags", "admin", "views"}
MARKUP_IN_PYTHON = [
    path for path in own_files("directory", "careers", suffixes=(".py",)) if WRITING_MARKUP & {*path.parts}
]


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_written_into_a_page_that_the_policy_would_block(what):
    blocked = [
        f"{shown(path)}:{text.count(chr(10), 0, found.start()) + 1}"
        for path in [*TEMPLATES, *MARKUP_IN_PYTHON]
        for text in [path.read_text(encoding="utf-8")]
        for found in INLINE[what].finditer(text)
    ]
    assert blocked == []


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<script>1</script>", "a script in the page"),
        ('<script type="module">1</script>', "a script in the page"),
        ("<style>a{}</style>", "a style in the page"),
        ('<p style="color:red">', "a style attribute"),
        ('<p class="a" onclick="go()">', "an event handler"),
        ('<a href="javascript:go()">', "a javascript: address"),
    ],
)
def test_the_patterns_see_what_they_are_for(markup, what):
    assert INLINE[what].search(markup)


@pytest.mark.parametrize("markup", ['<script src="/static/a.js" defer></script>', '<p class="style" data-on="x">'])
def test_the_patterns_leave_good_markup_alone(markup):
    assert not [what for what, pattern in INLINE.items() if pattern.search(markup)]


def test_no_template_switches_escaping_off():
    assert [shown(path) for path in TEMPLATES if UNESCAPED.search(path.read_text(encoding="utf-8"))] == []
