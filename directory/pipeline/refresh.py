"""What follows from the facts, in the one order that works: openings, the search table, what a text can mean."""

from __future__ import annotations

from collections.abc import Collection

from directory.eligibility.openings import rebuild_openings
from directory.importers import phases
from directory.pipeline.listings import rebuild_listings
from directory.search.entries import rebuild_entries
from directory.search.freshness import touch


def refresh(school_ids: Collection[int] | None = None) -> None:
    """Rebuild everything that is derived, or the listings of some schools when only these have changed.

    Runs inside the caller's transaction, so readers see it all or nothing.
    """
    phases.say("Working out which exams programs open")
    rebuild_openings()
    rebuild_listings(school_ids)
    phases.say("Rebuilding the search")
    renamed = rebuild_entries(school_ids)
    # An import may bring ZIP codes, which are read without entries; a correction of a school does not.
    touch(names=school_ids is None or renamed > 0)


def refresh_names() -> None:
    """Rebuild what words can mean, after a change that no listing shows: job titles, ZIP codes, field titles."""
    phases.say("Rebuilding the search")
    rebuild_entries()
    touch()
