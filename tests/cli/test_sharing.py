"""The recipes of docs/sharing.md do what the page says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huddle_tui.store.tiny import TinyBook
from tests.cli.conftest import Run
from tests.kit.fakes import small_team

PAGE = (Path(__file__).parents[2] / "docs" / "sharing.md").read_text("utf-8")
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="NOT TESTED: the recipes need jq, which is not there")


@pytest.fixture(autouse=True)
def book(home: Path, monkeypatch: pytest.MonkeyPatch) -> TinyBook:
    """A team in which nobody has checked in yet, and a `huddle` on the path."""
    monkeypatch.setenv("HUDDLE_DATA", str(home / "book"))
    huddle = home / "bin" / "huddle"
    huddle.parent.mkdir()
    huddle.write_text(f'#!/bin/sh\nexec {sys.executable} -m huddle_tui "$@"\n', "utf-8")
    huddle.chmod(0o755)
    monkeypatch.setenv("PATH", f"{huddle.parent}:/usr/bin:/bin")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    book = TinyBook(home / "book")
    book.change_team(lambda _: small_team("en"))
    return book


def recipe(begins: str) -> str:
    """The line of the page that begins so."""
    (line,) = re.findall(rf"^    ({re.escape(begins)}.*)$", PAGE, re.MULTILINE)
    return str(line)


def sh(script: str) -> str:
    done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.stdout


def test_the_page_shows_what_status_prints(run: Run) -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert list(json.loads(shown)) == list(json.loads(run("status", "--format", "json")[1]))


@pytest.mark.slow
def test_cron_speaks_on_the_day_of_a_huddle_only(monkeypatch: pytest.MonkeyPatch) -> None:
    line = recipe("55 8 * * *").partition("*  export HUDDLE_DATA=/srv/huddle; ")[2].replace("\\%", "%")
    assert line.startswith("huddle status")
    monday = line.replace("$(date +%F)", "2026-11-23")
    assert "Not checked in: Sanne, José, Fatima" in sh(monday)
    assert sh(line.replace("$(date +%F)", "2026-11-22")) == ""


@needs_jq
@pytest.mark.slow
def test_the_prompt_shows_who_is_not_in_yet(home: Path) -> None:
    (home / ".cache").mkdir()
    ask = recipe("*/5 * * * *").partition("* * * *  ")[2]
    mark = recipe("huddle_mark()")
    assert sh(f"{ask}; {mark}; huddle_mark") == ""  # Anna is not in this team
    assert sh(f"{ask}; {mark.replace('Anna', 'Sanne')}; huddle_mark") == "● "


@needs_jq
@pytest.mark.slow
def test_the_chat_gets_one_text() -> None:
    post = recipe("post()").partition("|")[0] + "; }"  # up to the network
    told = json.loads(sh(f"{post}\nhuddle status --lang en | post"))
    assert list(told) == ["text"]
    assert told["text"].startswith("Voorbeeld Software: the next huddle is on Monday 23 November.\n")
