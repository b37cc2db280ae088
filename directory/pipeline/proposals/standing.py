"""What the data stand at: a preview holds for as long as nothing was loaded or taken back since."""

from __future__ import annotations

from django.db.models import Count, Max, Q

from directory.models import ImportRun


def now() -> str:
    """Another text after each load and each revert. Corrections by staff leave it: every load puts them back on top."""
    found = ImportRun.objects.aggregate(
        last=Max("pk", filter=Q(state=ImportRun.State.APPLIED)),
        taken_back=Count("pk", filter=Q(state=ImportRun.State.REVERTED)),
    )
    return f"{found['last'] or 0}-{found['taken_back']}"
