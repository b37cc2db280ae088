"""script/server before it serves: which port, and is it free?"""

from __future__ import annotations

import socket
import sys

import pytest


@pytest.fixture
def ready(machine):
    """A machine on which bootstrap has nothing to do and the server says how it was called."""
    machine.install("bootstrap", "exit 0", into="script")
    machine.install(
        "python",
        f'case "$1" in -) exec {sys.executable} -;; *) echo "$* DEBUG=$DJANGO_DEBUG PORT=$PORT";; esac',
        into=".venv/bin",
    )
    return machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_application_server_gets_the_port_that_was_asked_for(ready):
    port = free_port()
    done = ready.run("script/server", PORT=str(port))
    assert done.returncode == 0, done.stderr
    assert "-m gunicorn" in done.stdout
    assert f" DEBUG= PORT={port}" in done.stdout


def test_dev_reloads_and_shows_errors(ready):
    done = ready.run("script/server", "--dev", PORT=str(free_port()))
    assert "manage.py runserver 127.0.0.1:" in done.stdout
    assert "DEBUG=1" in done.stdout


def test_a_busy_port_is_named_with_a_way_out(ready):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = ready.run("script/server", PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert "PORT=" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("port", ["0", "65536", "http", "80 80", "-1"])
def test_a_port_that_is_none_is_refused(ready, port):
    done = ready.run("script/server", PORT=port)
    assert done.returncode == 1
    assert "PORT must be a number from 1 to 65535" in done.stderr


def test_an_unknown_argument_is_refused(ready):
    done = ready.run("script/server", "--fast")
    assert done.returncode == 2
    assert "--fast" in done.stderr
