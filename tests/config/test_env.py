"""Values from the environment: read as meant, or refused by name."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(("word", "meaning"), [("1", True), ("Yes", True), ("0", False), ("off", False), ("", False)])
def test_a_flag_reads_the_usual_words(monkeypatch, word, meaning):
    monkeypatch.setenv("FLAG", word)
    assert env.flag("FLAG", default=not meaning) is meaning


def test_a_flag_that_says_something_else_is_refused_and_named(monkeypatch):
    monkeypatch.setenv("DJANGO_DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"DJANGO_DEBUG.*maybe"):
        env.flag("DJANGO_DEBUG")


def test_an_unset_flag_takes_its_default(monkeypatch):
    monkeypatch.delenv("FLAG", raising=False)
    assert env.flag("FLAG", default=True) is True


def test_a_blank_text_counts_as_unset(monkeypatch):
    monkeypatch.setenv("NAME", "  ")
    assert env.text("NAME", "default") == "default"


def test_a_required_text_that_is_missing_is_named(monkeypatch):
    monkeypatch.delenv("DJANGO_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="DJANGO_SECRET_KEY"):
        env.required("DJANGO_SECRET_KEY")


def test_items_are_split_at_commas_without_blanks(monkeypatch):
    monkeypatch.setenv("HOSTS", " a.example, ,b.example,")
    assert env.items("HOSTS", ("x",)) == ["a.example", "b.example"]


def test_no_items_give_the_default(monkeypatch):
    monkeypatch.setenv("HOSTS", " , ")
    assert env.items("HOSTS", ("x",)) == ["x"]


def test_a_number_that_is_none_is_refused_and_named(monkeypatch):
    monkeypatch.setenv("DAYS", "soon")
    with pytest.raises(ImproperlyConfigured, match=r"DAYS.*soon"):
        env.number("DAYS", 400)


def test_the_secret_key_comes_from_the_environment_before_the_file(monkeypatch, tmp_path):
    (tmp_path / "secret_key").write_text("from-the-file\n")
    monkeypatch.setenv("DJANGO_SECRET_KEY", "from-the-environment")
    assert env.secret_key(tmp_path / "secret_key") == "from-the-environment"
    monkeypatch.delenv("DJANGO_SECRET_KEY")
    assert env.secret_key(tmp_path / "secret_key") == "from-the-file"


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_machine_without_a_key_is_told_how_to_make_one(monkeypatch, tmp_path, content):
    monkeypatch.delenv("DJANGO_SECRET_KEY", raising=False)
    if content is not None:
        (tmp_path / "secret_key").write_text(content)
    with pytest.raises(ImproperlyConfigured, match="script/bootstrap"):
        env.secret_key(tmp_path / "secret_key")
