"""Drafts of forms outlive the program, per book, and cost nobody anything where they cannot be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from huddle_tui.activities.drafts import FormDrafts, drafts_path
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import small_team
from tests.kit.memory_book import MemoryBook


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_draft_is_there_again_in_the_next_program_and_only_in_its_book(tmp_path: Path) -> None:
    here, there = TinyBook(tmp_path / "one"), TinyBook(tmp_path / "two")
    drafts = FormDrafts(here)
    drafts["guide/people"] = {"name": "Sanne", "role": ""}
    drafts.keep()
    elsewhere = FormDrafts(there)
    assert elsewhere == {}
    elsewhere["settings"] = {"name": "X"}
    elsewhere.keep()
    assert FormDrafts(here) == {"guide/people": {"name": "Sanne", "role": ""}}
    drafts.pop("guide/people")
    drafts.keep()
    assert FormDrafts(here) == {}
    assert FormDrafts(there) == {"settings": {"name": "X"}}
    assert drafts_path().stat().st_mode & 0o077 == 0


def test_two_programs_on_a_book_keep_each_their_own(tmp_path: Path) -> None:
    one, two = FormDrafts(TinyBook(tmp_path / "one")), FormDrafts(TinyBook(tmp_path / "one"))
    one["kpi new"] = {"name": "Klachten"}
    one.keep()
    two["person new"] = {"name": "Bram"}
    two.keep()
    assert FormDrafts(TinyBook(tmp_path / "one")) == {"kpi new": {"name": "Klachten"}, "person new": {"name": "Bram"}}
    del one["kpi new"]
    one.keep()
    assert FormDrafts(TinyBook(tmp_path / "one")) == {"person new": {"name": "Bram"}}


def test_a_book_in_no_lasting_place_writes_nothing() -> None:
    drafts = FormDrafts(MemoryBook(small_team()))
    drafts["form"] = {"name": "Sanne"}
    drafts.keep()
    assert not drafts_path().exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": 3}', '{"x": {"y": 3}}'])
def test_a_file_that_is_not_ours_is_no_drafts(tmp_path: Path, content: str) -> None:
    drafts_path().parent.mkdir(parents=True)
    drafts_path().write_text(content, "utf-8")
    book = TinyBook(tmp_path / "one")
    assert FormDrafts(book) == {}
    drafts = FormDrafts(book)
    drafts["form"] = {"name": "Sanne"}
    drafts.keep()
    assert FormDrafts(book) == {"form": {"name": "Sanne"}}
