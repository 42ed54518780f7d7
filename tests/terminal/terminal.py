"""A program in a pseudo terminal, with pyte as the terminal that shows what it drew."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte


class Terminal:
    """One run of `huddle` as a person has it in front of them."""

    def __init__(
        self,
        arguments: Sequence[str],
        book: Path,
        *,
        size: tuple[int, int] = (110, 34),
        environment: Mapping[str, str] = {},
    ) -> None:
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
            os.execve(sys.executable, [sys.executable, "-m", "huddle_tui", *arguments], env)
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as when a window is dragged."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str) -> None:
        """Keys, as the terminal sends them; Enter is `\\r`."""
        self.send(text.encode())

    def send(self, data: bytes) -> None:
        """Bytes as they come, also what no keyboard sends."""
        os.write(self._fd, data)

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
        return self.status

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
