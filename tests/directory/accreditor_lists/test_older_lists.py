"""A list that was applied before it was kept how it was read is read as the history of its accreditor says."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import User

from directory.models import AccreditorList
from tests.directory.accreditor_lists.lists import agency, applied, row, taken_in, written
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def later(**said):
    with time_machine.travel(DAY + dt.timedelta(**said), tick=False):
        body = agency()
        body.list_layout = {"cips": ["51.0799"], "words": {"blessed": "probation"}, "otherwise": "candidate"}
        body.save()


def remembered(tmp_path):
    """A list of the day before yesterday's program, after its accreditor's lists are read in another way."""
    with time_machine.travel(DAY, tick=False):
        program(school())
        body = agency()
        body.list_layout = {"cips": ["51.0707"], "words": {"blessed": "accredited"}}
        body.save()
        curator = User.objects.create_user("curator", is_staff=True)
        made = applied(taken_in(written(tmp_path, row(100001)), curator), curator)
    AccreditorList.objects.filter(pk=made.pk).update(read_as=None)
    return made


def migrated(made):
    import_module("directory.migrations.0041_older_lists_are_read_as_they_were_applied").remember(apps, None)
    made.refresh_from_db()
    return made.read_as


def test_an_older_list_is_read_as_on_the_day_it_was_applied(tmp_path):
    made = remembered(tmp_path)
    later(days=3)
    assert migrated(made) == {"words": {"blessed": "accredited"}, "otherwise": "", "cips": ["51.0707"]}


def test_without_a_history_of_then_it_is_read_as_lists_are_read_now(tmp_path):
    made = remembered(tmp_path)
    agency().history.all().delete()
    later(days=3)
    assert migrated(made)["cips"] == ["51.0799"]


def test_what_a_list_kept_itself_and_one_that_was_not_applied_stay_as_they_are(tmp_path):
    made = remembered(tmp_path)
    kept = {"words": {}, "otherwise": "", "cips": ["51.07"]}
    AccreditorList.objects.filter(pk=made.pk).update(read_as=kept)
    open_list = taken_in(written(tmp_path, row(100001)), User.objects.get())
    assert migrated(made) == kept
    open_list.refresh_from_db()
    assert open_list.read_as is None
