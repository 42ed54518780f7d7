"""However the program ends, stops or breaks: the terminal is as it was found, the status is right, nothing is lost."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huddle_tui.store.disk.durable import take
from tests.kit.terminal import Open, begun, leave, run, said, until_said

pytestmark = pytest.mark.terminal


# Ends


def test_left_by_the_keys(opened: Open) -> None:
    terminal = begun(opened)
    assert "alternate screen" in terminal.changed_modes(), "a control: it was changed"
    assert leave(terminal) == 0
    assert not terminal.changed_modes()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_ended_by_a_signal(opened: Open, book: Path, number: signal.Signals) -> None:
    terminal = begun(opened, "8")
    terminal.signal(number)
    assert terminal.wait_for_end() == 128 + number
    assert not terminal.changed_modes()
    assert said(book) == ["8"]


def test_the_window_is_closed(opened: Open, book: Path) -> None:
    terminal = begun(opened, "8")
    terminal.hang_up()
    assert terminal.status == 128 + signal.SIGHUP
    assert said(book) == ["8"]


def test_the_connection_is_lost_while_a_save_waits_for_its_turn(opened: Open, book: Path) -> None:
    terminal = begun(opened)
    held = take(book / ".huddle" / "lock", timeout=20)
    assert held is not None
    terminal.type("8\r")
    terminal.wait_for("…")
    assert said(book) == []
    os.close(terminal._fd)
    terminal._fd = -1
    held.release()
    terminal._reap()
    assert terminal.status == 128 + signal.SIGHUP
    assert said(book) == ["8"]


def test_the_terminal_goes_without_a_signal(book: Path) -> None:
    """As under nohup, or when what passes the signal on was killed: it neither spins nor stays."""
    ours, theirs = pty.openpty()
    env = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "HOME": str(book.parent), "HUDDLE_DATA": str(book),
           "HUDDLE_TODAY": "2026-11-23", "LANG": "C.UTF-8"}  # fmt: skip
    program = subprocess.Popen(
        [sys.executable, "-m", "huddle_tui", "run", "--lang", "en"],
        stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        drawn = b""
        while b"Enter starts" not in drawn:
            drawn += os.read(ours, 65536)
        os.write(ours, b"\r8\r")
        end = time.monotonic() + 20
        while said(book) != ["8"]:
            assert time.monotonic() < end
            os.read(ours, 65536)
        os.close(ours)
        assert program.wait(20) == 128 + signal.SIGHUP
    finally:
        program.kill()
        program.wait()
    assert said(book) == ["8"]


# Stopped and resumed. The clocks go on: the time passes for the huddle too.


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_stopped_and_resumed(opened: Open, book: Path, number: signal.Signals) -> None:
    terminal = begun(opened, "8")
    terminal.signal(number)
    terminal.wait_for_stop()
    if number == signal.SIGTSTP:
        assert not terminal.changed_modes()
    terminal.cook()
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("Klachten opgelost")
    terminal.wait_for("✔ green")
    terminal.type("2\r25\r")
    terminal.wait_for("Gefactureerd")
    terminal.type("12.500\r")
    terminal.wait_for("Where are you stuck?")
    until_said(terminal, book, ["8", "2", "25", "12500"])  # every key was read once
    assert leave(terminal) == 0
    assert not terminal.changed_modes()


def test_stopped_for_long_and_asked_to_end(opened: Open, book: Path) -> None:
    terminal = begun(opened, "8")
    terminal.signal(signal.SIGSTOP)
    terminal.wait_for_stop()
    terminal.signal(signal.SIGTERM)
    terminal.signal(signal.SIGCONT)
    assert terminal.wait_for_end() == 128 + signal.SIGTERM
    assert not terminal.changed_modes()
    assert said(book) == ["8"]


# Breaks

BROKEN = """
import sys
from decimal import Decimal
from huddle_tui import cli
from huddle_tui.ui.round.round import RoundScreen

def broken(screen, *_):
    secret = ("Sanne", Decimal(8734))
    raise ValueError(f"{secret[0]} said {secret[1]}")

async def broken_work(screen):
    broken(screen)

RoundScreen.action_pause = {
    "key": broken,
    "timer": lambda screen: screen.set_timer(0.01, lambda: broken(screen)),
    "worker": lambda screen: screen.run_worker(broken_work(screen)) and None,
}[sys.argv[1]]
sys.argv = ["huddle", "run", "--lang", "en"]
cli.entry()
"""


@pytest.mark.parametrize("place", ["key", "timer", "worker"])
def test_a_crash_on_the_screen(opened: Open, book: Path, place: str) -> None:
    terminal = opened(place, program=("-c", BROKEN))
    terminal.wait_for("Enter starts")
    terminal.type("\r8734\r\r")  # so far from its promise that it is asked about
    terminal.wait_for("✔ green")
    until_said(terminal, book, ["8734"])
    terminal.type("\x13")
    assert terminal.wait_for_end() == 1
    assert not terminal.changed_modes()
    assert said(book) == ["8734"]
    shown = terminal.raw.rpartition(b"\x1b[?1004l")[2].decode()
    assert "Traceback" not in shown
    assert shown.count("The program stopped on an error (ValueError)") == 1
    log = book.parent / "state" / "huddle-tui" / "log" / "huddle.log"
    assert "huddle.log" in shown.replace("\r\n", "")
    check_log(log, "broken")


def check_log(log: Path, frame: str) -> None:
    """What a developer needs, and nothing of the team."""
    logged = log.read_text("utf-8")
    for needed in ("huddle 0", "textual 8", f"Python {sys.version_info.major}.", "Linux", "ValueError", f"in {frame}"):
        assert needed in logged or sys.platform != "linux"
    assert ".py:" in logged
    for private in ("Sanne", "8734", "8.734", "José", "said", str(log.parent.parent), os.uname().nodename):
        assert private not in logged
    assert log.stat().st_mode & 0o777 == 0o600


def broken_command(book: Path, replaced: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in which that line of Python replaces something."""
    script = f"import sys\nfrom huddle_tui import cli\n{replaced}\nsys.argv = ['huddle', *{arguments!r}]\ncli.entry()"
    env = {"PATH": "/usr/bin:/bin", "HOME": str(book.parent), "HUDDLE_DATA": str(book), "HUDDLE_TODAY": "2026-11-23",
           "XDG_STATE_HOME": str(book.parent / "state")}  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_crash_in_a_command(book: Path) -> None:
    broken = "def broken(*_, **__):\n    raise ValueError('Sanne said 8734')\n"
    broken += "import huddle_tui.exchange.writing.exports as e\ne.export = broken"
    done = broken_command(book, broken, "export", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("The program stopped on an error (ValueError)")
    check_log(book.parent / "state" / "huddle-tui" / "log" / "huddle.log", "broken")


# Where the words go


@pytest.mark.parametrize(
    "arguments",
    [
        *(("export", "team"), ("keys",), ("coach", "--format", "json"), ("paths",)),
        *(("--version",), ("--help",), ("export", "--help"), ("--theme", "huddle-day", "--version")),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("to", ["full", "closed", "nobody"])
@pytest.mark.parametrize("how", ["", "-u"])
def test_an_output_that_takes_nothing(book: Path, arguments: tuple[str, ...], to: str, how: str) -> None:
    words = arguments if arguments == ("--version",) else ("--lang", "en", *arguments)
    command = [sys.executable, *how.split(), "-m", "huddle_tui", *words]
    env = {"PATH": "/usr/bin:/bin", "HOME": str(book.parent), "HUDDLE_DATA": str(book)}
    ends = os.pipe()
    os.close(ends[0])  # nobody reads
    with os.fdopen(ends[1], "wb") as pipe, open("/dev/full", "wb") as full:  # noqa: PTH123 (a device)
        done = subprocess.run(
            ["/bin/sh", "-c", '"$@" >&-', "sh", *command] if to == "closed" else command,
            env=env, stdout=pipe if to == "nobody" else full, stderr=subprocess.PIPE, text=True, timeout=60,
            check=False,
        )  # fmt: skip
    if to == "nobody":
        assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")
    else:
        assert done.returncode == 1
        why = "it is closed" if to == "closed" else "the disk is full"
        assert done.stderr == f"Standard output cannot be written: {why}.\n"


def test_an_error_that_nobody_hears_is_one_all_the_same(book: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(book.parent), "HUDDLE_DATA": str(book / "nowhere")}
    for redirect in ("2>&-", "2>/dev/full"):
        command = f'"$0" -m huddle_tui export {redirect}'
        done = subprocess.run(
            ["/bin/sh", "-c", command, sys.executable], env=env, capture_output=True, timeout=60, check=False
        )
        assert (done.returncode, done.stdout) == (1, b"")


ENDLESS = """
import sys
from huddle_tui import cli
import huddle_tui.exchange.writing.exports as e
def endless(*_, **__):
    while True:
        yield "huddle " * 1000
e.export = endless
sys.argv = ["huddle", "export"]
cli.entry()
"""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_command_that_is_ended(book: Path, number: signal.Signals, status: int) -> None:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(book.parent), "HUDDLE_DATA": str(book)}
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdout.read(1) == b"h"
        program.send_signal(number)
        _, talk = program.communicate(timeout=60)
    assert (program.returncode, talk) == (status, b"")


def test_a_picture_that_would_go_to_a_file_is_refused(book: Path, tmp_path: Path) -> None:
    """The picture goes to standard error: it must be the terminal too."""
    ours, theirs = pty.openpty()
    env = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "HOME": str(book.parent), "HUDDLE_DATA": str(book)}
    done = subprocess.run(
        [sys.executable, "-m", "huddle_tui", "--lang", "en"],
        stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=env, timeout=60, check=False, text=True,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 1
    assert done.stderr.startswith("This needs a terminal to draw in")


def test_standard_input_that_is_closed(book: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "HOME": str(book.parent), "HUDDLE_DATA": str(book)}
    for arguments in ("run", "checkin --plain"):
        command = f'"$0" -m huddle_tui {arguments} --lang en <&-'
        done = subprocess.run(
            ["/bin/sh", "-c", command, sys.executable], env=env, capture_output=True, timeout=60, check=False, text=True
        )
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert "terminal" in done.stderr


def test_the_status_of_wrong_usage_and_of_help(book: Path) -> None:
    assert run(book, "--help").returncode == 0
    assert run(book, "nonsense").returncode == 2
    assert run(book, "export", "--format", "pdf").returncode == 2
    assert run(book, "export", "--from", "someday").returncode == 2
