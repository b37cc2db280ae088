"""The next review of an accreditation stands in the form of all other days, and says when it has passed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from directory.models import Accreditation, Agency
from directory.profiles.reviews import next_review
from directory.vocab import AccreditationStatus, Source
from tests.directory.catalogue import BUILT_ON, by_slug
from tests.directory.invented import release
from tests.templates.drawing import text_of

TODAY = dt.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("06/10/2028", "next review 10 Jun 2028"),
        ("6/1/2028 12:00:00 AM", "next review 1 Jun 2028"),
        ("2028-06-10", "next review 10 Jun 2028"),
        ("06/10/2025", "review was due 10 Jun 2025; the file tells nothing of its outcome"),
        ("01/15/2026", "next review 15 Jan 2026"),
        ("Spring 2024", "review was due Spring 2024; the file tells nothing of its outcome"),
        ("2027", "next review 2027"),
        ("2023-2024", "review was due 2023-2024; the file tells nothing of its outcome"),
        ("2023-24", "review was due 2023-24; the file tells nothing of its outcome"),
        ("2025-2026", "next review 2025-2026"),
        ("2028–29", "next review 2028–29"),
        ("2028-06", "next review 2028-06"),
        ("2028/11", "next review 2028/11"),
        ("13/45/2028", "next review 13/45/2028"),
        ("to be decided", "next review to be decided"),
        ("", ""),
    ],
)
def test_a_day_has_one_form_and_says_when_it_has_passed(published, said):
    assert next_review(published, TODAY).replace("\xa0", " ") == said


@pytest.mark.django_db
def test_the_form_says_how_a_review_is_written(admin_client):
    page = admin_client.get("/admin/directory/accreditation/add/").content.decode()
    assert "a day (2028-06-10), a year (2028) or two (2028-2029)" in page
    assert "typing errors" not in page


def test_what_staff_asked_blames_no_file():
    assert next_review("2024", TODAY, of_a_file=False) == "review was due 2024"


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("page", ["/programs/maple-hit-associate/", "/schools/maple-fork-college/"])
def test_both_pages_say_it(client, page):
    at = by_slug("maple-hit-associate").school
    Accreditation.objects.create(
        school=at, agency=Agency.objects.create(name="Regional Commission", acronym="RC"),
        status=AccreditationStatus.ACCREDITED, since=dt.date(1978, 7, 1), next_review="06/10/2025",
        external_key="1", release=release(Source.DAPIP, "2025"),
    )  # fmt: skip
    with time_machine.travel(BUILT_ON, tick=False):
        text = text_of(client.get(page).content.decode()).replace("\xa0", " ")
    assert "eview was due 10 Jun 2025; the file tells nothing of its outcome" in text
    assert "06/10/2025" not in text
