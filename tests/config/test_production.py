"""The public server's settings, loaded as a server would load them: in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "k9-" * 20 + "QwErTyUiOpAsDf"


def ask(code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs `code` with the production settings and nothing else from the environment."""
    return subprocess.run(  # noqa: S603 - our own interpreter on our own code
        [sys.executable, "-c", f"import django; django.setup()\nfrom django.conf import settings\n{code}"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "DATABASE_URL": "sqlite://:memory:",
            **environ,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["DJANGO_SECRET_KEY", "DJANGO_ALLOWED_HOSTS"])
def test_a_public_server_does_not_start_without_its_own_values(missing):
    environ = {"DJANGO_SECRET_KEY": KEY, "DJANGO_ALLOWED_HOSTS": "guide.example"}
    del environ[missing]
    done = ask("print('started')", **environ)
    assert done.returncode != 0
    assert missing in done.stderr


@pytest.mark.parametrize(("environ", "required"), [({}, "True"), ({"STAFF_SECOND_FACTOR": "0"}, "False")])
def test_staff_need_a_second_factor_on_a_public_server_unless_somebody_says_otherwise(environ, required):
    done = ask(
        "print(settings.STAFF_SECOND_FACTOR)", DJANGO_SECRET_KEY=KEY, DJANGO_ALLOWED_HOSTS="a.example", **environ
    )
    assert done.stdout.strip() == required, done.stderr


def test_debug_cannot_be_switched_on_from_outside_and_cookies_travel_by_tls_only():
    done = ask(
        "print(settings.DEBUG, settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE,"
        " settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS >= 31_536_000, settings.ALLOWED_HOSTS)",
        DJANGO_SECRET_KEY=KEY,
        DJANGO_ALLOWED_HOSTS="guide.example, www.guide.example",
        DJANGO_DEBUG="1",
    )
    assert done.stdout.split(maxsplit=5) == ["False"] + ["True"] * 4 + ["['guide.example', 'www.guide.example']\n"], (
        done.stderr
    )
