"""What follows from the facts, in the one order that works: openings, then the search table."""

from __future__ import annotations

from directory.eligibility.openings import rebuild_openings
from directory.pipeline.listings import rebuild_listings


def refresh() -> None:
    """Rebuild everything that is derived. Runs inside the caller's transaction, so readers see it all or nothing."""
    rebuild_openings()
    rebuild_listings()
