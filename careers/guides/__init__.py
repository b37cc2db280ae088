"""Guides as text: how a section is read, written, checked and turned into safe HTML. No models here."""
