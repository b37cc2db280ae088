"""What no file of the project may hold: personal columns, official files, anything of one machine."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.files import own_files, shown

# Columns of the official files that name or reach people. Code reads columns by name, so a name that
# never stands in code is never read; tests write the names into made-up files to prove just that.
PERSONAL_COLUMNS = (
    "CHFNM",
    "CHFTITLE",
    "GENTELE",
    "ADMINNAME",
    "ADMINPHONE",
    "ADMINEMAIL",
    "GENERALPHONE",
    "JUSTIFICATIONOTHER",
)
CODE = (".py", ".html", ".txt", ".json", ".sql")
# An index or a folder of packages that only one machine has.
OF_ONE_MACHINE = re.compile(r"--(?:find-links|(?:extra-)?index-url|trusted-host)\b|file:///")


@pytest.mark.parametrize("column", PERSONAL_COLUMNS)
def test_no_code_names_a_personal_column(column):
    naming = [
        shown(path)
        for path in own_files("directory", "careers", "config", "templates", suffixes=CODE)
        if column in path.read_text(encoding="utf-8").upper()
    ]
    assert naming == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_pinned_packages_come_with_hashes_and_without_a_place_of_their_own(name):
    text = (settings.BASE_DIR / name).read_text()
    packages = re.findall(r"^[a-z][^ ]*==[^ ]* \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z]", text, re.MULTILINE)) > 0
    assert not OF_ONE_MACHINE.search(text)


@pytest.mark.official
def test_no_file_of_the_project_is_an_official_file():
    def digest(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    official = {digest(path): path for path in settings.OFFICIAL_DATA_DIR.rglob("*") if path.is_file()}
    sizes = {path.stat().st_size for path in official.values()}
    copies = [shown(path) for path in own_files() if path.stat().st_size in sizes and digest(path) in official]
    assert copies == []
