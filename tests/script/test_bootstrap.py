"""script/bootstrap on machines that lack something: the missing piece is named with its command."""

from __future__ import annotations

import pytest

# Answers --version, and the question whether it is 3.11 or newer with no.
OLD = 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac'
# New enough, but Debian's package with venv is not installed.
WITHOUT_VENV = """
case "$*" in
    *ensurepip*) exit 1 ;;
    *print*) echo 3.12 ;;
esac
"""


def test_without_any_python_the_packages_are_named(machine):
    done = machine.run("script/bootstrap")
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_named_with_its_version(machine):
    machine.install("python3", OLD)
    done = machine.run("script/bootstrap")
    assert done.returncode == 1
    assert "python3 is Python 3.9.2" in done.stderr
    assert "apt-get install python3.11 python3.11-venv" in done.stderr


def test_a_newer_python_beside_an_old_one_is_found(machine):
    machine.install("python3", OLD)
    machine.install("python3.12", WITHOUT_VENV)
    assert "Python 3.12 lacks venv" in machine.run("script/bootstrap").stderr


def test_a_python_without_venv_names_the_package_of_its_version(machine):
    machine.install("python3", WITHOUT_VENV)
    done = machine.run("script/bootstrap")
    assert done.returncode == 1
    assert "apt-get install python3.12-venv" in done.stderr
    assert not (machine.tree / ".venv").exists()


@pytest.mark.parametrize(("user", "command"), [("0", "    apt-get"), ("1000", "    sudo apt-get")])
def test_the_command_can_be_copied_by_whoever_runs_it(machine, user, command):
    (machine.bin / "id").unlink()
    machine.install("id", f"echo {user}")
    assert command in machine.run("script/bootstrap").stderr


def test_a_python_that_was_asked_for_and_does_not_do_is_named(machine):
    machine.install("python3", WITHOUT_VENV)
    done = machine.run("script/bootstrap", PYTHON="/opt/none/python")
    assert done.returncode == 1
    assert "PYTHON=/opt/none/python" in done.stderr


def test_packages_that_cannot_be_installed_leave_no_mark_behind(machine):
    machine.install("python", 'case "$*" in *install*) echo "no network" >&2; exit 1;; esac', into=".venv/bin")
    (machine.tree / "requirements.txt").write_text("one==1\n")
    done = machine.run("script/bootstrap")
    assert done.returncode == 1
    assert "no network" in done.stderr
    assert "could not be installed" in done.stderr
    assert not list((machine.tree / ".venv").glob("*.installed"))


def test_packages_are_installed_once_and_again_when_the_list_changes(machine):
    log = machine.tree / "log"
    machine.install("python", f'case "$*" in *install*) echo "$*" >>{log};; esac', into=".venv/bin")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (machine.tree / name).write_text("one==1\n")
    for _ in range(2):
        assert machine.run("script/bootstrap", "--tests").returncode == 0
    assert len(log.read_text().splitlines()) == 2
    (machine.tree / "requirements-dev.txt").write_text("one==2\n")
    assert machine.run("script/bootstrap", "--tests").returncode == 0
    assert log.read_text().count("requirements-dev.txt") == 2
    assert log.read_text().count("--require-hashes") == 3


def test_an_unknown_argument_is_refused(machine):
    done = machine.run("script/bootstrap", "--fast")
    assert done.returncode == 1
    assert "--fast" in done.stderr
