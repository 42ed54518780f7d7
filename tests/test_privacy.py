"""A book is its owner's alone unless its folder is shared on purpose, and nothing is ever sent anywhere."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import huddle_tui
from huddle_tui import cli
from huddle_tui.activities import settings
from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.hosting import Hosting
from huddle_tui.activities.identity import Identity
from huddle_tui.cli.crash import log_crash
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import FakeTime, small_team
from tests.kit.terminal import Terminal

OURS = sorted(Path(huddle_tui.__file__).parent.rglob("*.py"))
posix = pytest.mark.skipif(os.name != "posix", reason="FILES HAVE NO MODES HERE: who may read a book is not tested")


@pytest.fixture(params=[0o022, 0o000, 0o077], ids=lambda mask: f"umask {mask:03o}")
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    """What the account leaves to others by default."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def live_in(folder: Path) -> None:
    """Everything that makes files in a book: a team, a check-in, a round, a damaged file, a second day, a doctor."""
    book, time = TinyBook(folder), FakeTime()
    book.change_team(lambda _: small_team())
    check_in = CheckingIn(book, time, "fatima")
    check_in.commit("fatima-opgelost", "8")
    check_in.save()
    hosting = Hosting(book, time)
    assert hosting.claim()
    hosting.do(lambda r: r.start(time.monotonic(), time.now()))
    hosting.do(lambda r: r.say(Decimal(7), time.monotonic()))
    hosting.save()
    (folder / "huddles" / "2026" / "2026-11-23.json").write_bytes(b"half a fi")
    hosting.do(lambda r: r.next(time.monotonic()))
    hosting.save()
    hosting.settle()
    hosting.release()
    book.summaries()
    (folder / "team.json").write_bytes(b"")
    examine(folder, repair=True)


def made_in(folder: Path) -> list[Path]:
    """The folder and all that was made in it."""
    return [folder, *folder.rglob("*")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_book_is_its_owners_alone(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "some" / "where" / "book"
    live_in(folder)
    made = made_in(tmp_path / "some")
    for part in ("team.json", "checkins/fatima.json", "huddles/2026/2026-11-23.json"):
        assert folder / part in made
    inside = {path.relative_to(folder).parts[1] for path in made if ".huddle" in path.relative_to(tmp_path).parts[:-1]}
    assert {"lock", "twins", "backups", "quarantine"} <= inside
    assert {path: oct(mode(path)) for path in made if mode(path) & 0o077} == {}


@posix
def test_a_shared_folder_is_shared_with_whom_it_is_shared(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    folder.chmod(0o2770)
    live_in(folder)
    for path in made_in(folder):
        assert mode(path) == (0o2770 if path.is_dir() else 0o660), path
        assert path.stat().st_gid == folder.stat().st_gid


@posix
def test_what_is_kept_for_an_account_is_its_alone(tmp_path: Path, mask: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    settings.save(settings.settings_path(), theme="huddle-day")
    TinyBook(tmp_path / "book").change_team(lambda _: small_team())
    Identity.of(TinyBook(tmp_path / "book")).remember(small_team().people[0])
    log_crash(ValueError())
    made = made_in(tmp_path / "home")
    assert {"settings.toml", "who.json", "huddle.log"} <= {path.name for path in made}
    assert {path: oct(mode(path)) for path in made if mode(path) & 0o077} == {}


@posix
def test_settings_that_were_opened_or_linked_stay_so(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "settings.toml"
    real.write_text("# mine\n", "utf-8")
    real.chmod(0o644)
    link.symlink_to(real)
    settings.save(link, theme="huddle-day")
    assert link.is_symlink()
    assert real.read_text("utf-8") == '# mine\ntheme = "huddle-day"\n'
    assert mode(real) == 0o644


@posix
def test_an_export_goes_where_its_owner_says_as_any_file_of_theirs(
    tmp_path: Path, mask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for a file decides who reads it: it is made as the account makes files, and stays as it was."""
    monkeypatch.setenv("HUDDLE_DATA", str(tmp_path / "book"))
    TinyBook(tmp_path / "book").change_team(lambda _: small_team())
    file = tmp_path / "team.toml"
    assert cli.main(["export", "team", "-o", str(file)]) == 0
    assert mode(file) == 0o666 & ~mask
    file.chmod(0o640)
    assert cli.main(["export", "team", "-o", str(file)]) == 0
    assert mode(file) == 0o640


# Nothing is sent

SENDING = {"psycopg", "socket", "ssl", "urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib",
           "telnetlib", "xmlrpc", "webbrowser", "subprocess", "multiprocessing", "socketserver"}  # fmt: skip
"""Modules that reach beyond this process."""
LISTENING = {"aiohttp", "ssl", "urllib"}
"""What the browser pages may use: they answer who asks, and ask nobody (of aiohttp its server alone)."""


ALLOWED = {
    "web": LISTENING,
    "postgres": {
        "psycopg",
        "socket",
    },  # hangs up on a server that says nothing: a book in a database is asked for by its address
    "scratch": {"subprocess"},  # a second process of our own clears the example's folder when the first was killed
}
"""Per folder or module what it may use beside the rest."""


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_no_module_imports_what_sends(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif (
            isinstance(node, ast.ImportFrom) and node.module and node.module != "urllib.parse"
        ):  # only takes text apart
            imported.add(node.module.partition(".")[0])
    allowed = ALLOWED.get(path.parent.name, set()) | ALLOWED.get(path.stem, set())
    assert not imported & (SENDING - allowed)


@pytest.mark.parametrize("path", [path for path in OURS if path.parent.name == "web"], ids=lambda path: path.stem)
def test_the_browser_pages_know_the_server_alone(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in {"aiohttp", "urllib"}:
            assert (node.module, [alias.name for alias in node.names]) == ("aiohttp", ["web"]) or (
                node.module == "urllib.parse"
            )
        elif isinstance(node, ast.Import):
            assert not {alias.name.partition(".")[0] for alias in node.names} & {"aiohttp", "urllib"}


GUARD = """
import os, socket, sys
seen = open(sys.argv.pop(1), "a", encoding="utf-8")
# The event loop wakes itself through a pair of sockets that lead nowhere.
def guard(event, arguments):
    reaches = event.startswith(("socket.", "ssl.", "urllib.", "http.", "webbrowser.", "subprocess.", "os.system"))
    inside = event == "socket.__new__" and arguments[1] == socket.AF_UNIX or event == "socket.gethostname"
    if reaches and not inside:
        seen.write(event + "\\n")
        seen.flush()
        raise RuntimeError(event)
sys.addaudithook(guard)
from huddle_tui import cli
"""
"""A program in which whatever reaches beyond the process is written down and fails."""


def guarded(book: Path, seen: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(book.parent), "HUDDLE_DATA": str(book), "HUDDLE_TODAY": "2026-11-23"}
    return subprocess.run(
        [sys.executable, "-c", GUARD + code, str(seen), *arguments],
        env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.terminal
def test_nothing_is_sent_in_a_whole_day(tmp_path: Path) -> None:
    book, seen = tmp_path / "book", tmp_path / "seen"
    TinyBook(book).change_team(lambda _: small_team("nl", people=1))
    program = ("-c", GUARD + "cli.entry()", str(seen))
    check_in = Terminal(["checkin", "--as", "Sanne", "--lang", "en"], book, program=program)
    try:
        check_in.wait_for("Enter alone: not measured")
        check_in.type("8\r2\r25\r12.500\r\r")
        check_in.wait_for("1 of 1 checked in")
        check_in.type("q")
        assert check_in.wait_for_end() == 0
    finally:
        check_in.close()
    huddle = Terminal(["run", "--lang", "en"], book, program=program)
    try:
        huddle.wait_for("Enter starts")
        huddle.type("\r\r\r\r\r\r")
        huddle.wait_for("Team temperature")
        huddle.type("8\r")
        huddle.wait_for("Enter goes home")
        huddle.type("\r")
        huddle.wait_for("See today's recap")
        huddle.type("q")
        assert huddle.wait_for_end() == 0
    finally:
        huddle.close()
    for arguments in (("export",), ("export", "scorecard", "--format", "html"), ("coach",), ("doctor",), ("paths",)):
        done = guarded(book, seen, "cli.entry()", *arguments)
        assert done.returncode == 0, done.stderr
    assert seen.read_text("utf-8") == ""


def test_the_guard_sees_what_would_be_sent(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    done = guarded(tmp_path / "book", seen, "socket.create_connection(('127.0.0.1', 9))")
    assert done.returncode == 1
    assert seen.read_text("utf-8").startswith("socket.")
