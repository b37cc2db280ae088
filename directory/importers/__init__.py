"""Readers of official files. One official file, one importer: its columns, a pure `parse`, a bulk load."""
