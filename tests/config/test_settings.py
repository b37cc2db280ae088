"""What the settings promise about the database, the browser and this machine."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import IntegrityError

from config.settings.base import database


def test_sqlite_takes_its_write_lock_at_the_start_and_lets_readers_go_on():
    chosen = database("sqlite:////somewhere/db.sqlite3")
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert chosen["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in chosen["OPTIONS"]["init_command"]


def test_postgresql_gets_none_of_sqlites_options_and_keeps_its_connections():
    chosen = database("postgresql://me@%2Frun%2Fguide/guide")
    assert chosen["HOST"] == "/run/guide"
    assert "transaction_mode" not in chosen.get("OPTIONS", {})
    assert chosen["CONN_MAX_AGE"] == 600
    assert chosen["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize("url", ["sqlite:////x", "postgresql://me@host/guide"])
def test_a_page_opens_no_transaction_of_its_own(url):
    assert database(url)["ATOMIC_REQUESTS"] is False


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_row_that_points_to_nothing():
    with pytest.raises(IntegrityError):
        LogEntry.objects.create(user_id=404_404, action_flag=ADDITION, object_repr="points to nobody")


def test_the_policy_names_no_unsafe_source():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = [source for allowed in directives.values() if allowed is not True for source in allowed]
    assert directives["default-src"] == ["'none'"]
    assert not [source for source in sources if "unsafe" in source or source == "*" or source.startswith("http")]


def test_only_this_machine_is_served_by_default():
    assert settings.DEBUG is False
    assert {"localhost", "127.0.0.1", "[::1]"} <= set(settings.ALLOWED_HOSTS)
