"""Pressing the buttons of the plan's page."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

OURS = {"sec-fetch-site": "same-origin", "referer": "http://testserver/plan/"}
SLUG = "maple-hit-associate"
START = "2027-01-11"
CHOSEN = {"goal": "rhit", "program": SLUG, "hours": "20", "start": START, "where": "43901"}


def press(client: Client, address: str = "/shortlist/", **form: str) -> Any:
    return client.post(address, form, headers=OURS)


def begin(client: Client, **changes: str) -> Any:
    """Save the program and work out its steps."""
    press(client, save=changes.get("program") or SLUG)
    return press(client, "/plan/steps/", **{**CHOSEN, **changes})


def text(response: Any) -> str:
    """What a reader sees, with single blanks."""
    body = response.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body[body.index("<main") :])).replace("\xa0", " ").split())


def words(client: Client, address: str = "/plan/") -> str:
    return text(client.get(address))
