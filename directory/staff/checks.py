"""What `manage.py check --deploy` says about the staff sign-in."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's own name

#: A shorter key can be guessed by whoever holds a copy of the database.
SHORTEST_KEY: Final = 32
HOW: Final = 'Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"'


@register(Tags.security, deploy=True)
def factor_keys(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Warnings about STAFF_FACTOR_KEYS: none is set, or one is too short. Nothing of a key is said."""
    keys = settings.STAFF_FACTOR_KEYS
    if not keys:
        words = "STAFF_FACTOR_KEYS is not set, so the secrets of second factors would lie open in the database."
        hint = f"Set it before staff set up their factors. {HOW}"
        return [Warning(words, hint=hint, id="directory.W001")]
    short = [str(number) for number, key in enumerate(keys, 1) if len(key) < SHORTEST_KEY]
    if short:
        which = ", ".join(short)
        words = f"STAFF_FACTOR_KEYS: a key of fewer than {SHORTEST_KEY} characters can be guessed (no. {which})."
        return [Warning(words, hint=f"Put a longer one in front of it. {HOW}", id="directory.W002")]
    return []
