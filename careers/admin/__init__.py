"""Careers at the staff desk: one file per noun. Importing them registers them."""

from careers.admin import (  # noqa: F401 - imported for what they register
    career,
    figures,
    guide,
    occupation,
    onet,
)
