"""Who may import whom: the contracts of pyproject.toml hold, and they notice a breach."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.files import ROOT

BREACHES = [
    ("directory/views.py", "import careers.views"),
    ("careers/views.py", "import config.urls"),
    ("directory/querysets.py", "import directory.models"),
    ("directory/models.py", "import directory.importers"),
    ("directory/importers.py", "import directory.search"),
    ("directory/views.py", "import directory.admin"),
    ("directory/vocab.py", "import directory.figures"),
]
ROOMS = [
    *("urls", "admin", "management", "views", "api", "pipeline", "compare"),
    *("filters", "facets", "ranking", "profiles"),
    *("search", "importers", "curation", "eligibility", "engagement"),
    *("models", "querysets", "figures", "vocab"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def stub_tree(tmp_path: Path) -> Path:
    """A project of empty modules, one per room, under the real contracts."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for package, modules in {"config": ["urls"], "careers": ["views"], "directory": ROOMS}.items():
        (tmp_path / package).mkdir()
        for module in ["__init__", *modules]:
            (tmp_path / package / f"{module}.py").touch()
    return tmp_path


def test_the_contracts_hold():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_tree_without_a_breach_passes(stub_tree):
    done = lint(stub_tree)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("module", "line"), BREACHES)
def test_a_planted_breach_is_caught(stub_tree, module, line):
    (stub_tree / module).write_text(line + "\n")
    assert "BROKEN" in lint(stub_tree).stdout
