"""The e-mail addresses that somebody who is signed in has confirmed."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser, User


def confirmed_addresses(user: User | AnonymousUser) -> list[str]:
    """In small letters, the main one first; empty for somebody who is not signed in or has confirmed none."""
    if not user.is_authenticated:
        return []
    rows = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    return [address.lower() for address in rows.values_list("email", flat=True)]
