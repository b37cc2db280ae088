"""One minimal valid file for every importer; a test fails while a registered importer has none here."""

from __future__ import annotations

from tests.directory.importers import (
    samples_charges,
    samples_cip,
    samples_dapip,
    samples_distance,
    samples_evidence,
    samples_ipeds,
    samples_places,
    samples_scorecard,
)
from tests.directory.importers.files import Sample

SAMPLES: tuple[Sample, ...] = (
    *samples_cip.SAMPLES,
    *samples_ipeds.SAMPLES,
    *samples_charges.SAMPLES,
    *samples_distance.SAMPLES,
    *samples_scorecard.SAMPLES,
    *samples_dapip.SAMPLES,
    *samples_places.SAMPLES,
    *samples_evidence.SAMPLES,
)
BY_SOURCE: dict[str, Sample] = {str(sample.source): sample for sample in SAMPLES}
