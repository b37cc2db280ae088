"""What every test may use, and which tests this machine cannot run, each with its reason."""

from __future__ import annotations

import os
import shutil

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from hypothesis.configuration import set_hypothesis_home_dir

#: What pytest-django gives the database by.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# The same examples on every run and on a slow machine: a failure belongs to the change that made it.
set_hypothesis_home_dir(settings.BASE_DIR / ".cache" / "hypothesis")
hypothesis.settings.register_profile(
    "project",
    database=None,
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("project")


@pytest.fixture(autouse=True)
def no_silent_links() -> None:
    """What a worker holds in memory is read once a minute, and not for a page: tests begin with nothing held, and
    those about links that do not answer make it read (`unanswered.forget`).
    """
    from directory.unanswered import unanswered

    unanswered.hold({}, seconds=float("inf"))


def find_chromium() -> str | None:
    """The browser that the environment variable CHROMIUM names, else the first one on the PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def reasons_to_skip() -> dict[str, str]:
    """Marker -> why the tests that carry it cannot run here."""
    reasons = {}
    if not settings.OFFICIAL_DATA_DIR.is_dir():
        reasons["official"] = f"no official files in {settings.OFFICIAL_DATA_DIR} (set OFFICIAL_DATA_DIR)"
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        reasons["postgres"] = "needs PostgreSQL (set DATABASE_URL, or run script/test)"
    if not find_chromium():
        reasons["browser"] = "no Chromium found (apt-get install chromium)"
    return reasons


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="leave out tests that use no database")


def uses_database(item: pytest.Item) -> bool:
    """Whether it matters to a test which database runs: it is marked, or a fixture of it opens one."""
    if item.get_closest_marker("django_db") or not isinstance(item, pytest.Function):
        return True
    fixtures = [each for found in item._fixtureinfo.name2fixturedefs.values() for each in found]
    # Fixtures of a wider scope than a test open the database by the blocker, in this project's own modules.
    opens = ["django_db_blocker" in each.argnames and each.func.__module__.startswith("tests") for each in fixtures]
    return any(opens) or bool(DATABASE_FIXTURES & set(item.fixturenames))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("database_only"):
        pure = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if uses_database(item)]
    reasons = reasons_to_skip()
    for item in items:
        for marker, reason in reasons.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def _no_page_of_another_test():
    """A database that is filled from a file has the same state in each test, whatever the test changes in it."""
    caches["pages"].clear()
