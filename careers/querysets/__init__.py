"""Reads of the careers tables, in words that chain."""
