"""manage.py refresh: what depends on the day follows the day, without an import."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from directory.eligibility.reference import load_certifications
from directory.management.commands import refresh as command
from directory.models import Accreditation, Certification, Condition, Listing, Opening, Release, RuleSet
from directory.vocab import Source, Standing
from tests.directory.catalogue import BUILT_ON, CONFIRMED, by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def refreshed(on):
    """What the command says on a day."""
    out = io.StringIO()
    with time_machine.travel(dt.datetime.combine(on, dt.time(3), tzinfo=dt.UTC), tick=False):
        call_command("refresh", stdout=out)
    return out.getvalue()


def standing(slug):
    return Listing.objects.get(program__slug=slug).standing


def opening(slug, exam):
    return Opening.objects.filter(program__slug=slug, certification__slug=exam).first()


def test_a_confirmed_accreditation_grows_old_in_one_night():
    last_day = CONFIRMED + dt.timedelta(days=settings.ACCREDITATION_REVIEW_DAYS)
    refreshed(last_day)
    assert standing("maple-hit-associate") == Standing.ACCREDITED
    assert opening("maple-hit-associate", "rhit").basis == Opening.Basis.CONFIRMED
    refreshed(last_day + dt.timedelta(days=1))
    assert standing("maple-hit-associate") == Standing.STATED
    assert opening("maple-hit-associate", "rhit").basis == Opening.Basis.STATED


def test_an_accreditation_ends_on_its_day_and_closes_the_exam():
    ends = BUILT_ON.date() + dt.timedelta(days=10)
    Accreditation.objects.filter(program=by_slug("maple-hit-associate")).update(ended_on=ends)
    said = [refreshed(ends - dt.timedelta(days=1)), refreshed(ends), refreshed(ends)]
    assert said == [
        "0 listings and 0 openings changed.\n",
        "1 listing and 1 opening changed.\n",
        "0 listings and 0 openings changed.\n",
    ]
    assert standing("maple-hit-associate") == Standing.NOT_ACCREDITED
    assert opening("maple-hit-associate", "rhit") is None


def test_rules_that_end_close_their_exam():
    ends = BUILT_ON.date() + dt.timedelta(days=10)
    cca = Certification.objects.get(slug="cca")
    RuleSet.objects.filter(certification=cca).update(valid_to=ends)
    refreshed(ends)
    opened = cca.openings.count()
    assert opened > 1
    assert refreshed(ends + dt.timedelta(days=1)) == f"0 listings and {opened} openings changed.\n"
    assert not cca.openings.exists()


def test_a_site_that_was_brought_up_to_date_judges_by_the_rules_of_this_version():
    load_certifications()
    Condition.objects.filter(route__rule_set__certification__slug="rhia").update(confirmed=False)
    Release.objects.filter(source=Source.CERTIFICATIONS).exclude(sha256="").update(sha256="0" * 64)
    refreshed(BUILT_ON.date())
    assert Condition.objects.filter(route__rule_set__certification__slug="rhia", confirmed=True).exists()


def test_it_is_all_or_nothing(monkeypatch):
    def broken():
        Opening.objects.all().delete()
        raise ZeroDivisionError

    monkeypatch.setattr(command, "refresh", broken)
    with pytest.raises(ZeroDivisionError):
        call_command("refresh")
    assert Opening.objects.exists()
