"""`huddle checkin` as a command: who types, for whom, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import small_team
from tests.kit.terminal import Open, Terminal, run

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("option", ["--as", "--for"])
def test_a_name_that_nobody_has_ends_it_in_one_sentence(book: Path, option: str) -> None:
    done = run(book, "checkin", option, "Sanna", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Nobody in the team is called Sanna: did you mean Sanne?\n"


def test_numbers_typed_for_somebody_else_are_by_proxy_in_the_export(opened: Open, book: Path) -> None:
    terminal = opened("checkin", "--as", "José", "--for", "Sanne", "--lang", "en")
    terminal.wait_for("by proxy: typed by José")
    terminal.type("8\r2\r25\r13.000\rprinter\r")
    terminal.wait_for("1 of 2 checked in")
    terminal.type("q")
    assert terminal.wait_for_end() == 0
    again = opened("checkin", "--lang", "en")
    again.wait_for("you are José")
    again.type("\x11")
    assert again.wait_for_end() == 0
    shared = opened("run", "--lang", "en")
    shared.wait_for("Enter starts")
    shared.type("\r")
    shared.wait_for("Enter uncovers it")
    assert "13.000" not in shared.text()
    shared.type("\r\r\r\r\r" + "\x0e" + "\r")
    shared.wait_for("Enter goes home")
    shared.type("\rq")
    (huddle,) = json.loads(run(book, "export", "--format", "json").stdout)
    assert [(r["actual"], r["by_proxy"], r["checked_in"]) for r in huddle["turns"][0]["readings"]] == [
        ("8", True, True),
        ("2", True, True),
        ("25", True, True),
        ("13000", True, True),
    ]
    assert huddle["turns"][0]["stuck"] == "printer"


@pytest.mark.parametrize(("key", "status"), [("\x03", 130), ("\x04", 1)])
def test_line_by_line_who_stops_is_told_what_is_kept(opened: Open, book: Path, key: str, status: int) -> None:
    terminal = opened("checkin", "--plain", "--as", "Sanne", "--lang", "en")
    terminal.wait_for("Klachten opgelost, for")
    terminal.type("8\r")
    terminal.wait_for("Klachten open, for")
    terminal.type(key)
    assert terminal.wait_for_end() == status
    last = next(line for line in terminal.text().split("\n") if "Stopped." in line)
    assert last.strip() == "Stopped. What was answered is kept; check in again to go on."
    (draft,) = TinyBook(book).check_ins("sanne")
    assert draft.entries[0].typed == "8"


def test_line_by_line_for_somebody_else(opened: Open, book: Path) -> None:
    terminal = opened("checkin", "--plain", "--as", "José", "--for", "Sanne", "--lang", "en")
    terminal.wait_for("Typed by José: marked by proxy, for ever.")
    for answer in ("8", "2", "25", "12.500", "printer"):
        terminal.type(f"{answer}\r")
    assert terminal.wait_for_end() == 0
    (draft,) = TinyBook(book).check_ins("sanne")
    assert draft.closed
    assert draft.by_proxy


def test_piped_in_it_is_refused(book: Path) -> None:
    done = run(book, "checkin", "--plain", "--lang", "en", stdin="8\n2\n")
    assert done.returncode == 1
    assert done.stderr.startswith("A check-in is typed by its owner in a terminal")
    assert TinyBook(book).team() == small_team("nl", people=2)


def test_it_says_who_runs_it_on_a_small_screen(opened: Open) -> None:
    terminal: Terminal = opened("checkin", "--as", "Sanne", "--lang", "en", size=(60, 18))
    terminal.wait_for("you are Sanne")
    terminal.resize(40, 10)
    terminal.wait_for("huddle needs")
    terminal.type("8")
    terminal.resize(80, 24)
    terminal.wait_for("→ 8")
