"""Settings that come from outside: environment variables and the generated secret key.

Each reader names the variable in its error, so that a wrong value is found without reading code.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; `default` when it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def required(name: str) -> str:
    """The variable, or ImproperlyConfigured that says which one is missing."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else is an error, not a guess."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number from the variable; `default` when it is unset or blank."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def items(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The variable split at commas, blanks dropped; `default` when nothing is left."""
    found = [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
    return found or list(default)


def secret_key(path: Path) -> str:
    """DJANGO_SECRET_KEY, else the key that script/bootstrap wrote to `path` for this machine."""
    value = text("DJANGO_SECRET_KEY")
    if value:
        return value
    try:
        value = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        value = ""
    if not value:
        raise ImproperlyConfigured(
            f"No secret key: run script/bootstrap, which writes {path}, or set DJANGO_SECRET_KEY."
        )
    return value
