"""What django-allauth asks this site about second factors: names on them, and how their secrets are kept."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any, Final

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

#: Begins a secret that lies encrypted; one without it was kept before there was a key.
SEALED: Final = "sealed:"


class Unreadable(Exception):
    """A secret was encrypted with a key that STAFF_FACTOR_KEYS no longer holds."""


class StaffFactors(DefaultMFAAdapter):
    """Second factors belong to staff alone."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        name = user.get_username()
        return {"id": str(user.pk).encode(), "name": name, "display_name": name}

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Never for a reader, who may have been staff once: the code from the mail is the whole sign-in."""
        return bool(user.is_staff) and super().is_mfa_enabled(user, types)

    def encrypt(self, text: str) -> str:
        keys = _keys()
        return SEALED + keys.encrypt(text.encode()).decode("ascii") if keys else text

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises Unreadable when it was sealed with a key that is not there."""
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        keys = _keys()
        try:
            if keys is None:
                raise InvalidToken
            return keys.decrypt(encrypted_text.removeprefix(SEALED)).decode()
        except InvalidToken:
            raise Unreadable from None


def _keys() -> MultiFernet | None:
    made = [Fernet(base64.urlsafe_b64encode(sha256(key.encode()).digest())) for key in settings.STAFF_FACTOR_KEYS]
    return MultiFernet(made) if made else None
