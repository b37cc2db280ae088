"""The shared pieces are drawn without a database: none is asked for the day of the last load."""

from __future__ import annotations

import pytest

from directory.context_processors import Site


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Site, "rebuilt_on", None)
