"""The small catalogue with the work that its fields prepare for, as the other pages of careers are tried on it."""

from __future__ import annotations

from tests.careers.decision.conftest import catalogue

__all__ = ["catalogue"]
