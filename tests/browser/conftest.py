"""Chromium on the real application server, with the starter catalogue loaded once for all browser tests.

The server runs in a process of its own on a database of its own, as `script/server` would run it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.conftest import find_chromium

FLAGS = (
    "--no-sandbox",  # a container runs as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(
    address: str, server: subprocess.Popen[bytes], *, at: str = "/readyz", seconds: float = 120
) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        assert server.poll() is None, "the server ended by itself"
        try:
            urllib.request.urlopen(address + at, timeout=30).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.1)  # no test sleeps; a server takes a moment to start
        else:
            return
    pytest.fail(f"{address} was not ready within {seconds} s")


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the site posts its mail."""
    return tmp_path_factory.mktemp("letters")


@pytest.fixture(scope="session")
def site_environ(tmp_path_factory: pytest.TempPathFactory, letters: Path) -> dict[str, str]:
    """The environment of the site's process, for commands on its database."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('site') / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PORT": str(free_port()),
        "MAIL_DIR": str(letters),
    }


@pytest.fixture(scope="session")
def site(site_environ: dict[str, str]) -> Iterator[str]:
    """The address of a running site with the starter catalogue: http://127.0.0.1:port, no slash."""
    environ, port = site_environ, site_environ["PORT"]
    for command in (["migrate", "--noinput", "--verbosity", "0"], ["load_starter"]):
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environ, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address, server)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": list(FLAGS)}


def is_complaint(said: ConsoleMessage) -> bool:
    """What the browser finds wrong; that an address is not there, or no question, is what the page says itself."""
    own_words = ("status of 404", "status of 400")
    return said.type in {"error", "warning"} and not any(words in said.text for words in own_words)


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a reader's page: `reader(viewport=PHONE, color_scheme="dark", java_script_enabled=False)`.

    Nothing but the site is reached; what the browser complains about (a blocked inline style, a script
    error, a missing file) fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:
        # Without motion: a page that slides away while a test leaves it complains about the slide.
        context = browser.new_context(base_url=site, reduced_motion="reduce", **options)
        contexts.append(context)
        context.route(lambda address: not address.startswith(site), lambda route: route.abort())
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
