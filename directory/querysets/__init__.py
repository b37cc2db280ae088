"""Reads that chain and speak: `Program.objects.listed().in_state("OH")`. They never import models."""
