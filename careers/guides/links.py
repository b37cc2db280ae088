"""Which addresses a guide may lead to."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from careers.vocab import PARTS
from careers.vocab.blocks import anchors

#: Pages of ours, parts of the same page, and the open web. Everything else (javascript:, data:, mailto:) is no link.
OURS: Final = re.compile(r"/(?![/\\])[\x21-\x7e]*|#[A-Za-z][A-Za-z0-9-]*")
WEB: Final = frozenset({"http", "https"})
INLINE: Final = re.compile(r"\]\(\s*<?([^)\s>]*)")
AUTO: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^>\s]*)>")
DEFINED: Final = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)")


#: What `#…` may name on another career's page; of its own page a text knows what is written there.
PARTS_OF_A_CAREER: Final = anchors(PARTS)


def links_in(line: str) -> list[str]:
    """Addresses that a line of Markdown names."""
    return [match for pattern in (INLINE, AUTO, DEFINED) for match in pattern.findall(line)]


def link_problem(address: str) -> str:
    """Why an address is no link of a guide; "" when it is one."""
    if OURS.fullmatch(address):
        return ""
    if not address or any(sign.isspace() or ord(sign) < 32 or sign in '<>"\\`' for sign in address):
        return "not an address"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "not an address"
    if parts.scheme.lower() not in WEB:
        return "only https://, http://, an address of ours (/careers/…/) or a part of the page (#pay)"
    if not host or "." not in host or parts.username is not None or port is not None:
        return "not an address of a public site"
    return ""


def dead_link(address: str, anchors: Container[str]) -> str:
    """Why an address of ours leads nowhere, as far as the pages tell; "" when it leads somewhere or is not ours.

    `anchors` are the parts of the page that the text stands on. Whether a career or an exam of that name exists is
    known to the database: see `careers.guides.pages`.
    """
    if address.startswith("#"):
        return "" if address[1:] in anchors else "no part of this page has that name"
    if not is_ours(address):
        return ""
    parts = urlsplit(address)
    try:
        page = resolve(parts.path).url_name
    except Resolver404:
        return "no page of ours has this address"
    if page == "career_detail" and parts.fragment and parts.fragment not in PARTS_OF_A_CAREER:
        return "no career's page has a part of that name"
    return ""


def is_ours(address: str) -> bool:
    return bool(OURS.fullmatch(address))
