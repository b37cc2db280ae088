"""One minimal valid file for every importer of careers."""

from __future__ import annotations

from tests.careers import samples_bls, samples_onet
from tests.directory.importers.files import Sample

SAMPLES: tuple[Sample, ...] = (*samples_bls.SAMPLES, *samples_onet.SAMPLES)
BY_SOURCE: dict[str, Sample] = {str(sample.source): sample for sample in SAMPLES}
