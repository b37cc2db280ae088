"""Figures of the first page of the desk."""
