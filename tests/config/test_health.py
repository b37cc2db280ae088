"""The addresses that machines ask for."""

from __future__ import annotations

from unittest import mock

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import OperationalError

from directory.models import Release
from directory.vocab import Source


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_how_old_the_data_is(client):
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False):
        Release.objects.create(source=Source.IPEDS_HD, vintage="2024-25", rank=202400)
    with time_machine.travel("2026-01-13T00:00:00Z", tick=False):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\ndata: last loaded 12 days ago\n")


@pytest.mark.django_db
def test_readyz_is_not_ready_to_show_an_empty_directory(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"data: none loaded\n")


@pytest.mark.django_db
def test_readyz_says_how_many_migrations_wait(client):
    with mock.patch("config.health.MigrationExecutor") as executor:
        executor.return_value.migration_plan.return_value = ["one", "two"]
        response = client.get("/readyz")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.content == b"migrations: 2 not applied\n"


def test_readyz_asks_for_patience_when_the_database_is_away(client):
    with mock.patch("config.health.MigrationExecutor", side_effect=OperationalError("password=secret")):
        response = client.get("/readyz")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert b"secret" not in response.content


def test_the_icon_is_found_where_programs_look_for_it(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/icons/favicon.svg")
    assert finders.find(response["Location"].removeprefix("/static/"))


def test_robots_keeps_crawlers_out_of_the_admin_and_the_links_that_leave(client):
    body = client.get("/robots.txt").content.decode()
    assert body == ("User-agent: *\nDisallow: /admin/\nDisallow: /go/\n\nSitemap: http://testserver/sitemap.xml\n")


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("safe@guide.example", "mailto:safe@guide.example"),
        ("https://guide.example/report", "https://guide.example/report"),
    ],
)
def test_security_txt_names_the_contact_and_when_it_expires(client, settings, contact, line):
    settings.SECURITY_CONTACT = contact
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False):
        body = client.get("/.well-known/security.txt").content.decode()
    assert f"Contact: {line}\n" in body
    assert "Expires: 2026-06-30T00:00:00Z\n" in body


def test_security_txt_is_not_there_while_no_contact_is_set(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_machines_may_only_read(client, address):
    assert client.post(address).status_code == 405
