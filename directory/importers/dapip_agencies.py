"""Accreditors as DAPIP names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from directory.importers.merge import Changes
from directory.models import Agency


@dataclass(slots=True)
class Tally:
    """An agency of the file, and how many of its records are about whole schools and about programs."""

    name: str
    schools: int = 0
    programs: int = 0

    @property
    def programmatic(self) -> bool:
        """Some agencies do both; what they do more often is what they are."""
        return self.programs > self.schools


def name_agencies(agencies: Mapping[int, Tally]) -> Changes:
    """Make the agencies known by their DAPIP numbers. One that staff entered by its name is taken over."""
    changes = Changes()
    for number, tally in sorted(agencies.items()):
        agency = Agency.objects.filter(dapip_id=number).first()
        agency = agency or Agency.objects.filter(name=tally.name, dapip_id=None).first() or Agency()
        taken = Agency.objects.filter(name=tally.name).exclude(pk=agency.pk).exists()
        name = f"{tally.name[:180]} (DAPIP {number})" if taken else tally.name
        before = (agency.name, agency.dapip_id, agency.programmatic)
        if before != (name, number, tally.programmatic):
            changes.added += agency.pk is None
            changes.changed += agency.pk is not None
            agency.name, agency.dapip_id, agency.programmatic = name, number, tally.programmatic
            agency.save()
    return changes
