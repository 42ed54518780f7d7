"""A program in a pseudo terminal, with pyte as the terminal that shows what it drew."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyte

from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY

MODES = {
    7: "line wrap", 25: "cursor", 1000: "mouse", 1002: "mouse drag", 1003: "mouse motion", 1004: "focus reports",
    1006: "mouse coordinates", 1015: "mouse coordinates of urxvt", 1016: "mouse pixels", 1049: "alternate screen",
    2004: "bracketed paste", 2048: "resize reports",
}  # fmt: skip
"""The private modes of a terminal that a program may change."""
ON = {7, 25}
"""Those that are on in a terminal that is opened."""


def fresh_attributes() -> list[Any]:
    """The line settings of a terminal that nobody has touched."""
    ours, theirs = pty.openpty()
    try:
        return termios.tcgetattr(theirs)
    finally:
        os.close(ours)
        os.close(theirs)


class Terminal:
    """One run of `huddle` as a person has it in front of them."""

    def __init__(
        self,
        arguments: Sequence[str],
        book: Path,
        *,
        size: tuple[int, int] = (110, 34),
        environment: Mapping[str, str] = {},
        program: Sequence[str] = ("-m", "huddle_tui"),
    ) -> None:
        """`program` is what Python runs, for a program that is broken on purpose."""
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.status: int | None = None
        self.raw = b""
        env = {
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "HOME": str(book.parent),
            "XDG_CONFIG_HOME": str(book.parent / "config"),
            "XDG_STATE_HOME": str(book.parent / "state"),
            "HUDDLE_DATA": str(book),
            "HUDDLE_TODAY": "2026-11-23",
            **environment,
        }
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, *program, *arguments], env)
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as when a window is dragged."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str) -> None:
        """Keys, as the terminal sends them; Enter is `\\r`."""
        self.send(text.encode())

    def send(self, data: bytes) -> None:
        """Bytes as they come, also what no keyboard sends, and however many; what is drawn meanwhile is taken in."""
        rest = memoryview(data)
        while rest:
            _, ready, _ = select.select([], [self._fd], [], 0.05)
            rest = rest[os.write(self._fd, rest[:1024]) :] if ready else rest
            self.read(0)

    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float) -> bool:
        """Takes in what the program draws for at most that long; False once it has ended."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return self.status is None
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        if not data:
            self._reap()
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    def wait_for(self, text: str, seconds: float = 20.0) -> None:
        """Until the terminal shows `text`."""
        end = time.monotonic() + seconds
        while text not in self.text():
            if not self.read(0.05) or time.monotonic() > end:
                raise AssertionError(f"never showed {text!r}; it shows:\n{self.text()}")

    def wait_for_end(self, seconds: float = 20.0) -> int:
        """Until the program has ended; its exit status, negative for a signal."""
        end = time.monotonic() + seconds
        while self.status is None:
            self.read(0.05)
            if self.status is None:
                self._reap(block=False)
            if time.monotonic() > end:
                raise AssertionError(f"never ended; it shows:\n{self.text()}")
        while self._fd >= 0 and self.read(0):  # what it said last
            pass
        return self.status

    def wait_for_stop(self, seconds: float = 20.0) -> None:
        """Until the program is stopped, as by a shell's job control."""
        end = time.monotonic() + seconds
        while not os.WIFSTOPPED(os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)[1]):
            self.read(0.01)
            if time.monotonic() > end:
                raise AssertionError("never stopped")
        while select.select([self._fd], [], [], 0)[0]:
            self.read(0)

    def changed_modes(self) -> set[str]:
        """What a program may turn on and has to turn off, and stands other than in a terminal that is opened."""
        found = set()
        for mode, name in MODES.items():
            switched = re.findall(rb"\x1b\[\?%d([hl])" % mode, self.raw)
            if switched and (switched[-1] == b"h") != (mode in ON):
                found.add(name)
        if len(re.findall(rb"\x1b\[>\d+u", self.raw)) != len(re.findall(rb"\x1b\[<u", self.raw)):
            found.add("kitty keys")
        mine, fresh = termios.tcgetattr(self._fd), fresh_attributes()
        if mine != fresh:
            found.add(f"line settings {mine[:4]} and not {fresh[:4]}")
        return found

    def cook(self) -> None:
        """What a shell does with the terminal when its job was stopped: its own settings, its own screen."""
        termios.tcsetattr(self._fd, termios.TCSANOW, fresh_attributes())
        self.screen.reset()

    def signal(self, number: int) -> None:
        """As the system sends it."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """The window is closed: the terminal is gone."""
        os.close(self._fd)
        self._fd = -1
        self._reap()

    def _reap(self, *, block: bool = True) -> None:
        if self.status is None:
            pid, status = os.waitpid(self.pid, 0 if block else os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """Ends whatever still runs."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap()
        if self._fd >= 0:
            os.close(self._fd)


Open = Callable[..., Terminal]
"""Opens a terminal on the book of the test: `opened(*arguments, **options)`."""


def said(book: Path) -> list[str]:
    """Every number on disk."""
    huddle = TinyBook(book).huddle(MONDAY)
    return [str(r.actual) for r in huddle.readings] if huddle else []


def run(book: Path, *arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command without a terminal."""
    env = {"PATH": "/usr/bin:/bin", "HOME": str(book.parent), "HUDDLE_DATA": str(book), "HUDDLE_TODAY": "2026-11-23"}
    return subprocess.run(
        [sys.executable, "-m", "huddle_tui", *arguments],
        env={**env, **environment}, input=stdin or "", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def begun(opened: Open, *answers: str, **options: object) -> Terminal:
    """A round in which something was said."""
    terminal = opened("run", "--lang", "en", **options)
    terminal.wait_for("Enter starts")
    terminal.type("\r")
    terminal.wait_for("Klachten opgelost")
    for answer in answers:
        terminal.type(f"{answer}\r")
    if answers:
        terminal.wait_for("✔ green")
    return terminal


def until_said(terminal: Terminal, book: Path, numbers: list[str]) -> None:
    """Until exactly these numbers are on disk."""
    end = time.monotonic() + 20
    while said(book) != numbers:
        terminal.read(0.05)
        assert time.monotonic() < end, f"{said(book)} is on disk; the terminal shows:\n{terminal.text()}"


def leave(terminal: Terminal) -> int:
    """Out of a running round by the keys."""
    terminal.type("\x11")
    terminal.wait_for("Stay")
    terminal.type("\x1b[C\r")
    return terminal.wait_for_end()
