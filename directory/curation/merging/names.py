"""What two listings beside one another are called, so that a person can tell which is which."""

from __future__ import annotations

from directory.models import Program, School


def called(listing: Program | School) -> str:
    """A program with its school, since most schools call a program of a kind the same; a school with its place."""
    return f"{listing}, at {listing.school}" if isinstance(listing, Program) else str(listing)


def names_of(one: Program | School, other: Program | School) -> tuple[str, str]:
    """The names of both; with their public addresses where they would be the same."""
    names = called(one), called(other)
    if names[0] != names[1] or one.pk == other.pk:
        return names
    return f"{names[0]}, {one.get_absolute_url()}", f"{names[1]}, {other.get_absolute_url()}"
