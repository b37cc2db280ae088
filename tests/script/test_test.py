"""script/test: what it could not run is named, what failed is named, and both decide how it ends."""

from __future__ import annotations

import subprocess

import pytest

TOOLS_OF_THE_VENV = ("python", "ruff", "lint-imports", "mypy", "djade")
EVERYTHING = {
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "CHROMIUM": "browser",
    "OFFICIAL_DATA_DIR": "/",
}


@pytest.fixture
def ready(machine):
    """A machine on which every check and test is fine and everything can be run."""
    machine.install("bootstrap", "exit 0", into="script")
    machine.install("browser", "exit 0")
    for tool in TOOLS_OF_THE_VENV:
        machine.install(tool, f'echo "ran {tool} $*"', into=".venv/bin")
    (machine.tree / "templates").mkdir()
    return machine


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


def test_everything_runs_and_nothing_is_left_out(ready):
    done = ready.run("script/test", **EVERYTHING, REQUIRE_ALL="1")
    assert done.returncode == 0, done.stdout
    assert last_line(done) == "left out: nothing"
    for ran in (
        "ruff check",
        "ruff format",
        "lint-imports",
        "mypy",
        "makemigrations --check",
        "check --deploy",
    ):
        assert f"ran {ran}" in done.stdout.replace("python manage.py ", ""), ran
    assert done.stdout.count("-m pytest") == 4


def test_what_is_left_out_is_named_in_one_closing_line(ready):
    done = ready.run("script/test", **EVERYTHING | {"CHROMIUM": "none", "OFFICIAL_DATA_DIR": "/none"})
    assert done.returncode == 0
    assert last_line(done) == (
        "left out: official files (no folder /none); browser (no Chromium found: apt-get install chromium)"
    )


def test_where_everything_is_required_a_left_out_part_fails(ready):
    done = ready.run("script/test", **EVERYTHING | {"CHROMIUM": "none"}, REQUIRE_ALL="1")
    assert done.returncode == 1
    assert "FAILED: browser" in done.stdout


def test_the_official_files_may_be_missing_even_then(ready):
    done = ready.run("script/test", **EVERYTHING | {"OFFICIAL_DATA_DIR": "/none"}, REQUIRE_ALL="1")
    assert done.returncode == 0
    assert "official files" in last_line(done)


@pytest.mark.parametrize(("tool", "name"), [("ruff", "ruff check, ruff format"), ("mypy", "types")])
def test_a_failing_part_does_not_hide_the_others(ready, tool, name):
    ready.install(tool, "exit 1", into=".venv/bin")
    done = ready.run("script/test", **EVERYTHING)
    assert done.returncode == 1
    assert f"\nFAILED: {name}\n" in done.stdout
    assert done.stdout.count("-m pytest") == 4


def test_arguments_go_to_pytest_alone(ready):
    done = ready.run("script/test", "tests/x.py", "-k", "one", **EVERYTHING)
    assert done.stdout == "ran python -m pytest tests/x.py -k one\n"
