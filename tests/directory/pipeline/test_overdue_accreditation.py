"""An accreditation that nobody has confirmed for too long falls back by itself: page, filter, API and exams."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from directory.models import Accreditation
from directory.vocab import AccreditationStatus
from tests.directory.catalogue import CONFIRMED, by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
SLUG = "maple-hit-associate"
LAST_DAY = CONFIRMED + dt.timedelta(days=settings.ACCREDITATION_REVIEW_DAYS)


def found(client, standing):
    """Whether the page and the API find the program under a standing."""
    query = {"accreditation": standing, "per_page": 100}
    listed = {each["slug"] for each in client.get("/api/v1/programs/", query).json()["results"]}
    page = client.get("/programs/", query).content.decode()
    assert (SLUG in listed) == (f"/programs/{SLUG}/" in page)
    return SLUG in listed


def told(client):
    detail = client.get(f"/api/v1/programs/{SLUG}/").json()
    basis = {each["certification"]: each["basis"] for each in detail["openings"]}
    return detail["accreditation"]["status"], basis.get("rhit")


@contextmanager
def day(on):
    """A day after its nightly refresh, which nobody has to start."""
    with time_machine.travel(dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC), tick=False):
        call_command("refresh", verbosity=0)
        yield


def test_on_the_last_day_it_is_confirmed_and_on_the_next_it_is_not(client):
    with day(LAST_DAY):
        assert (found(client, "accredited"), found(client, "stated")) == (True, False)
        assert told(client) == ("accredited", "confirmed")
        assert "too long ago to count as confirmed" not in client.get(f"/programs/{SLUG}/").content.decode()
    with day(LAST_DAY + dt.timedelta(days=1)):
        assert (found(client, "accredited"), found(client, "stated")) == (False, True)
        assert told(client) == ("stated", "stated")
        page = client.get(f"/programs/{SLUG}/").content.decode()
        assert "Stated, not confirmed" in page
        assert "too long ago to count as confirmed" in page
        opened = client.get("/api/v1/programs/", {"leads_to": "rhit", "confirmed": "1"}).json()["results"]
        assert SLUG not in {each["slug"] for each in opened}


def test_a_no_that_is_too_old_becomes_not_confirmed(client):
    Accreditation.objects.filter(program=by_slug(SLUG), release=None).update(status=AccreditationStatus.WITHDRAWN)
    with day(LAST_DAY):
        assert found(client, "not-accredited")
    with day(LAST_DAY + dt.timedelta(days=1)):
        assert (found(client, "not-accredited"), found(client, "not-confirmed")) == (False, True)
        assert told(client) == ("not-confirmed", None)
