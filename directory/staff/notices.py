"""What a member of staff is told by mail about the own second factors: each change, with what to do if it was not they.

Written in the transaction of the change and handed over by `manage.py send_mail`. No mail names a secret or a code.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from directory.engagement import outbox
from directory.engagement.letters import letter


def reaches(account: User) -> bool:
    """Whether `told` would write to the account now."""
    return bool(account.email) and not outbox.is_refused(account.email)


def told(*, account: User, subject: str, what: str, by: User | None = None) -> bool:
    """Write the mail; False where nobody knows an address of the account, or it takes no mail.

    `subject` and `what` are sentences without their dots; `by` is the administrator who did it, None for the person.
    """
    if not account.email:
        return False
    about = {
        "subject_words": " ".join(subject.split()),
        "what": " ".join(what.split()),
        "by": by.get_username() if by else "",
        "account": account.get_username(),
        "when": timezone.now(),
        "password_path": reverse("admin:password_change"),
        "factors_path": reverse("admin:second_factors"),
    }
    key = f"second-factor:{account.pk}:{uuid.uuid4().hex}"
    return outbox.post(key=key, reader=account, text=letter("second_factor", about)) is not None
