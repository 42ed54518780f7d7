"""The key table of the docs and of `huddle keys` is that of the registry."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from huddle_tui.activities.settings import settings_path
from huddle_tui.cli import main
from huddle_tui.ui.actions import ACTIONS, AREAS

ROOT = Path(__file__).parent.parent


def test_the_key_table_of_the_docs_is_not_stale() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "data" / "make_keys.py"), "--check"], check=False)
    assert done.returncode == 0, "docs/keys.md is stale: python data/make_keys.py"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_huddle_keys_prints_every_action(language: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path), "--lang", language, "keys"]) == 0
    printed = capsys.readouterr().out
    assert all(action.ref in printed for action in ACTIONS)


def test_wrong_keys_are_told_with_the_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('[keys]\n"round.roll" = 5\n"round.skip" = "banana"\n"home.team" = "y"\n', "utf-8")
    assert main(["--data", str(tmp_path), "--lang", "en", "keys"]) == 0
    printed = capsys.readouterr()
    assert "round.roll cannot be 5" in printed.err
    assert "round.skip cannot have the key 'banana'" in printed.err
    [team] = [line for line in printed.out.splitlines() if line.startswith("home.team ")]
    assert team.split()[1] == "y"


def test_no_two_areas_have_the_same_title() -> None:
    assert len({area.title for area in AREAS.values()}) == len(AREAS)
