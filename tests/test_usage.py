"""Usage, help and wrong usage: exit statuses, and the language of every word."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from huddle_tui import cli, i18n
from huddle_tui.cli import running, usage
from huddle_tui.ui.look.themes import THEMES

ENGLISH = re.compile(
    r"\b(usage|positional|arguments?|options?|show|this|help|message|and|exit|program|version|invalid|choice|choose|"
    r"from|the|following|are|required|unrecognized|expected|one|ambiguous|could|match|ignored|explicit|DATA|THEME|"
    r"NAME|TIMEZONE|FILE|WHAT|DATE|COMMAND|DIR)\b"
)
"""Words of `argparse` and of its places, which have no business in Dutch."""
OURS = re.compile(r"--?[a-z-]+|`[^`]*`|'[^']*'|\{[^}]*\}|\(kies uit [^)]*\)")
"""What is typed as it stands in every language."""
COMMANDS = (
    *("demo", "run", "checkin", "review", "team", "teams", "init", "import", "export", "status"),
    *("coach", "doctor", "keys", "paths"),
)


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings and no book of whoever runs the tests."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HUDDLE_DATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_wholly_in_dutch(command: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*([command] if command else []), "--help", "--lang", "nl"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("gebruik: huddle")
    assert "opties:" in said
    described = said.partition("\n\n")[2]  # the line of usage holds the words that are typed
    assert not ENGLISH.findall(OURS.sub("", described))
    assert not ENGLISH.findall(OURS.sub("", said.partition("\n\n")[0]).replace("gebruik", ""))


WRONG = [
    ["help"],
    ["bogus"],
    ["import"],
    ["import", "a", "b"],
    ["run", "extra"],
    ["export", "foo"],
    ["export", "--format", "xml"],
    ["export", "--f", "x"],
    ["export", "--from"],
    ["export", "--from", "-7x"],
    ["export", "--to", "2026-02-30"],
    ["--data", "x", "--team", "y", "coach"],
    ["export", "scorecard", "--format", "toml"],
    ["export", "huddles", "--format", "html"],
    ["export", "-o"],
    ["review", "23-11-2026"],
    ["coach", "--format", "md"],
    ["teams", "--format", "md"],
    ["coach", "--theme", "nope"],
    ["checkin", "--plain=1"],
    ["init", "--locale", "de"],
    ["init", "--timezone", "Mars"],
    ["--data"],
    ["--nope"],
    ["links", "--new", "--revoke"],
    ["--data", "", "status"],
    ["--team", " ", "status"],
    ["export", "-o", ""],
    ["demo", "--keep", ""],
    ["review", "--quarter", "2026"],
    ["review", "today", "--quarter", "2026-Q4"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_2_and_one_line_of_dutch(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--lang", "nl", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith("--help` laat zien wat er kan.\n")
    assert not ENGLISH.findall(OURS.sub("", err).replace(" ".join(arguments[1:]), ""))


def test_wrong_usage_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--from", "soon"]) == 2
    told = "soon is not a day: write it as 2026-11-23, today, yesterday, or -7 for seven days ago."
    assert told in capsys.readouterr().err


def test_what_is_too_much_is_said_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--format", "json"]) == 2
    told = "huddle doctor: unrecognized arguments: --format json. `huddle doctor --help` shows what can be asked.\n"
    assert capsys.readouterr().err == told


def test_what_a_terminal_would_obey_is_no_part_of_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "\x1b[31m"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_a_language_there_is_not_is_refused_in_the_one_of_the_system(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert cli.main(["--lang", "fr", "coach"]) == 2
    assert "ongeldige keuze: 'fr' (kies uit " in capsys.readouterr().err


def test_argparse_follows_a_switch_of_language() -> None:
    i18n.use("nl")
    dutch = argparse.ArgumentParser(prog="x").format_usage()
    i18n.use("en")
    assert dutch.startswith("gebruik: x")
    assert argparse.ArgumentParser(prog="x").format_usage().startswith("usage: x")


def test_the_places_in_the_words_of_argparse_are_kept() -> None:
    i18n.use("nl")
    for word in usage.WORDS:
        assert re.findall(r"%(?:\(\w+\))?[sr]", i18n._(word)) == re.findall(r"%(?:\(\w+\))?[sr]", word)


def test_the_themes_that_can_be_asked_for_are_those_there_are() -> None:
    assert [theme.name for theme in THEMES] == list(running.THEMES)


def test_the_key_table_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keys"]) == 0
    lines = capsys.readouterr().out.splitlines()
    place = lines[0].index("The obvious next thing.")
    assert all(line[place - 1] == " " and line[place] != " " for line in lines)


def test_help_in_an_encoding_that_lacks_its_letters_is_help_all_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "huddle_tui", "checkin", "--help", "--lang", "nl"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"??n vraag per regel" in done.stdout
