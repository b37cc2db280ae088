"""Reads that chain and speak: `School.objects.listed().in_state("OH")`. They never import models."""
