"""Readers of the official files about occupations. One official file, one importer."""
