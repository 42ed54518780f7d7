"""A program in a pseudo terminal, as a person has it in front of them, and bare Textual apps to hold it against."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.books import TODAY

ROOT: Final = Path(__file__).parents[1]
_LIMIT: Final = 60.0
"""Seconds after which what was to be drawn is not waited for any longer."""
BARE: Final = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("the first frame")
Bare().run()
"""
"""The least that a Textual app can be."""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a program is run with: nothing of the machine's own settings."""
    home = folder.parent / "home"
    return {
        "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
        "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home), "PYTHONPATH": str(ROOT),
        "HUDDLE_DATA": str(folder), **more,
    }  # fmt: skip


class Pty:
    """A program in a pseudo terminal of 110×34."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), dict(env))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 34, 110, 0, 0))

    def __enter__(self) -> Pty:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def until(self, mark: bytes) -> float:
        """Seconds from the start until these bytes were drawn."""
        seen, end = b"", time.perf_counter() + _LIMIT
        while mark not in seen:
            if not select.select([self.fd], [], [], max(0.0, end - time.perf_counter()))[0]:
                raise SystemExit(f"never drew {mark!r}; it drew {seen[-2000:]!r}")
            seen += os.read(self.fd, 65536)
        return time.perf_counter() - self.started

    def answer(self, keys: str, mark: bytes) -> float:
        """Types, and gives the seconds until these bytes were drawn in answer."""
        self.drain(0)
        before = time.perf_counter() - self.started
        os.write(self.fd, keys.encode())
        return self.until(mark) - before

    def drain(self, seconds: float) -> bytes:
        """Takes in what is drawn for so long."""
        seen, end = b"", time.perf_counter() + seconds
        while select.select([self.fd], [], [], max(0.0, end - time.perf_counter()))[0]:
            seen += os.read(self.fd, 65536)
        return seen

    def kill(self) -> None:
        """Ends it at once."""
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def app(program: str, folder: Path, **more: str) -> Pty:
    """A yardstick's program in a terminal."""
    return Pty([sys.executable, "-c", program], environment(folder, **more))


def huddle(folder: Path, *arguments: str) -> Pty:
    """`huddle` in a terminal, on the day after the last huddle of that book."""
    env = environment(folder, HUDDLE_TODAY=TODAY.isoformat())
    return Pty([sys.executable, "-m", "huddle_tui", "--lang", "en", *arguments], env)


def running_round(folder: Path) -> Pty:
    """`huddle run` in a terminal, the first person speaking."""
    terminal = huddle(folder, "run")
    terminal.until(b"Enter starts")
    terminal.answer("\r", b"Enter alone")
    return terminal


def rest(terminals: Sequence[Pty], seconds: float) -> None:
    """Leaves them alone for so long, and takes in what they draw: a full terminal would hold them up."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        for ready in select.select([terminal.fd for terminal in terminals], [], [], left)[0]:
            os.read(ready, 65536)
