"""The desk for listings that may be one: likely pairs, merging two side by side, and the way back."""

from directory.admin.duplicates import merge, pair  # noqa: F401 - imported for what they register
