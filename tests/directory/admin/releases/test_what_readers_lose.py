"""The page of a file says first what readers lose and gain, whether the file is whole, and what the worker does."""

from __future__ import annotations

import pytest

from directory.models import ReleaseProposal
from directory.pipeline.proposals.pulse import Pulse
from directory.pipeline.proposals.working import work_through
from directory.vocab import Source
from tests.directory.admin.releases.conftest import at, send, text_of
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import HD, awards, completions

pytestmark = pytest.mark.django_db
OF_2023 = completions(awards(100101, "51.0707", 3, 10), awards(100202, "51.0707", 3, 10), year=2023)
OF_2024 = completions(awards(100101, "51.0707", 3, 11), awards(100101, "51.0713", 21, 4), year=2024)


def test_programs_that_leave_and_come_are_told_before_and_after_the_load(tmp_path, publisher):
    for sample in (CIP, HD, OF_2023):
        sample.load(tmp_path)
    send(publisher, OF_2024.content(), source=Source.IPEDS_COMPLETIONS, name=OF_2024.name, scope="all")
    list(work_through())
    proposal = ReleaseProposal.objects.get()
    page = text_of(publisher.get(at(proposal)))
    before = page.index("would leave the lists, <b>1</b> would come onto them")
    assert before < page.index("Rows of all tables together")
    assert "Lost to readers: no longer reported by the school (1)" in page
    seen = {"sha256": proposal.sha256, "preview": proposal.preview_number, "overruled": "So it is."}
    publisher.post(at(proposal, "approve"), seen)
    list(work_through())
    page = text_of(publisher.get(at(proposal)))
    assert "left the lists, <b>1</b> came onto them" in page
    assert page.count('href="/programs/') == 2


def test_half_a_file_says_so_at_the_head_of_its_page(tmp_path, publisher):
    HD.load(tmp_path)
    torn = HD.content().replace(b"100202", b"x00202").replace(b"Maple Fork College", b"Maple University")
    send(publisher, torn, name=HD.name)
    list(work_through())
    page = text_of(publisher.get(at(ReleaseProposal.objects.get())))
    assert page.index("This file is not whole. 1 row of it cannot be read.") < page.index("Rows of all tables")


def test_the_page_shows_what_the_worker_does_and_how_far_it_is(publisher):
    send(publisher)
    proposal = ReleaseProposal.objects.get()
    with Pulse(proposal) as signs:
        signs.progress(4_000, 0.25)
        signs.write()
        page = text_of(publisher.get(at(proposal)))
    assert "Reading the file: 4,000 rows" in page
    assert 'value="25"' in page
    assert "It waits for the worker" in text_of(publisher.get(at(proposal)))
