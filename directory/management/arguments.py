"""Arguments that the import commands share."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from directory.importers.base import Scope, Vintage
from directory.importers.vintages import stated
from directory.vocab import DEFAULT_CIPS


def add_scope_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cip", action="append", default=[], help="a CIP code or family, 51.07; repeatable")
    parser.add_argument("--all", action="store_true", help="every field of study, not only health information")


def scope_from(options: Mapping[str, Any]) -> Scope:
    """`--cip` (repeatable), `--all`, or the health information family."""
    if options["all"] and options["cip"]:
        raise CommandError("Give either --all or --cip, not both.")
    for cip in options["cip"]:
        if not re.fullmatch(r"\d{2}(\.\d{2}(\d{2})?)?", cip):
            raise CommandError(f"--cip {cip}: use a code such as 51.0707 or a family such as 51.07.")
    if options["all"]:
        return Scope()
    return Scope(tuple(sorted(set(options["cip"]))) or DEFAULT_CIPS)


def vintage_from(text: str | None) -> Vintage | None:
    """What stands behind --vintage; None when nothing does."""
    if not text:
        return None
    try:
        return stated(text)
    except ValueError:
        raise CommandError(f"--vintage {text}: use 2024, 2023-24, 2025-04 or 29.3.") from None


def add_undo_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--no-undo", action="store_true", help="do not keep what the load changes: it cannot be taken back then"
    )


def staff_member(username: str) -> User:
    """Who stands behind --by."""
    try:
        return User.objects.get(username=username, is_staff=True, is_active=True)
    except User.DoesNotExist:
        raise CommandError(f"--by {username}: there is no staff account of that name.") from None
