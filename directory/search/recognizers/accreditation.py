"""Accreditation as people say it. It is CAHIIM's, of the program; who asks for it means also what is stated."""

from __future__ import annotations

from typing import Final

from directory.search.recognizers.base import Filter
from directory.vocab import Standing

#: Whoever asks for accredited programs is served by those whose page says so too, each marked which.
ACCREDITED: Final = Filter(
    "accreditation", (Standing.ACCREDITED.value, Standing.STATED.value), "CAHIIM accredited, confirmed or stated"
)
CANDIDATE: Final = Filter("accreditation", (Standing.CANDIDATE.value,), "Candidate for CAHIIM accreditation")
NOT_ACCREDITED: Final = Filter("accreditation", (Standing.NOT_ACCREDITED.value,), "Not CAHIIM accredited")
ON_NOTICE: Final = Filter("accreditation", (Standing.ON_NOTICE.value,), "Accreditation on notice")

_SAID: Final[tuple[tuple[Filter, str], ...]] = (
    (ACCREDITED, ("accredited, accreditation, cahiim, cahiim accredited, cahiim accreditation, accredited by cahiim,"
     " cahiim approved, accredited program, accredited programs, fully accredited, accredited school,"
     " accredited schools, accredited college, accredited colleges")),
    (CANDIDATE, "accreditation candidate, candidate for accreditation, candidacy"),
    (NOT_ACCREDITED, "not accredited, unaccredited, non accredited, no accreditation"),
    (ON_NOTICE, "probation, on probation, accreditation probation"),
)  # fmt: skip
PHRASES: Final[dict[str, Filter]] = {
    phrase: filter_ for filter_, said in _SAID for phrase in map(str.strip, said.split(","))
}
