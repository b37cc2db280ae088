"""Corrections against the official files at the desk: what moved, what to look at again, and the decisions."""

from directory.admin.conflicts import decisions  # noqa: F401 - imported for what it registers
