"""Corrections whose official value has changed: found, decided one or many at a time, and undone."""
