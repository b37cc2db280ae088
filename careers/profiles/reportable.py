"""The facts of a career's page that a reader can report as wrong."""

from __future__ import annotations

from collections.abc import Iterator

from careers.models import Career, Occupation
from careers.profiles.career import career_profile
from directory.profiles.reportable import ShownFact, Subject, facts_in
from directory.vocab import ReportKind


def career(slug: str) -> Subject | None:
    """A career of ours, or an official occupation by its own address."""
    ours = Career.objects.select_related("occupation__release", "onet").filter(slug=slug).first()
    occupation = (
        ours.occupation if ours else Occupation.objects.listed().select_related("release").filter(slug=slug).first()
    )
    if occupation is None:
        return None
    row = ours or occupation

    def read() -> Iterator[ShownFact]:
        source = f"SOC, {occupation.release.vintage}"
        yield ShownFact("occupation", "Counted as", f"{occupation.soc} {occupation.title}", source)
        yield ShownFact("guide", "The guide’s text", "See the page")
        yield from facts_in(career_profile(occupation, ours))

    return Subject(ReportKind.CAREER, slug, row.title, row.get_absolute_url(), read)
