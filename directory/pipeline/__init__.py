"""Flows of several steps. Only this room knows their order: load, overrides, openings, listings."""
