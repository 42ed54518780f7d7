"""Where words go: data to standard output, talk to standard error, and what happens when one of them is not there.

Whether there is a terminal to draw in is asked before a screen is opened.
"""

import errno
import io
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.text import clean
from huddle_tui.i18n import say


class Closed(io.TextIOBase):
    """A standard output that is none: what is written to it is missed, and it says so."""

    _missed = False

    def write(self, text: str) -> int:
        self._missed = True
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def flush(self) -> None:
        if self._missed:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def prepare() -> None:
    """A sign that the terminal's encoding lacks is no reason to stop, and a closed output is one that says so."""
    if sys.stdout is None:  # closed by who started it
        sys.stdout = Closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def trouble(crash: Exception | None) -> OSError | None:
    """What keeps standard output from being written, if anything does; it is given up then.

    The store makes a sentence of every error of its files, so a bare one that names no file is that of the output.
    """
    why = crash if isinstance(crash, OSError) and crash.filename is None else None
    try:
        sys.stdout.flush()
    except OSError as error:
        why = why or error
    if why is not None:
        _give_up(sys.__stdout__)
        sys.stdout = Closed()
    return why


def _give_up(stream: TextIO | None) -> None:
    """What the stream still holds goes nowhere, in silence: else Python complains of it when the program ends."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(sentence: Sentence | str) -> None:
    """Talk, to standard error; a file's name in it may hold what a terminal would obey."""
    if sys.stderr is None:
        return
    try:
        text = clean(say(sentence) if isinstance(sentence, Sentence) else sentence)
        print(wrapped(text, sys.stderr), file=sys.stderr, flush=True)
    except OSError:  # it is gone, or full: there is nobody else to tell
        _give_up(sys.__stderr__)


def write(pieces: Iterable[str]) -> None:
    """Data, to standard output: UTF-8 whatever the terminal speaks, and its lines end as they are written."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    for piece in pieces:
        sys.stdout.write(piece)


def wrapped(text: str, stream: TextIO | None = None) -> str:
    """Talk: where a terminal shows it, no word is broken at its edge; a command in it stays whole, to be copied."""
    if not (stream or sys.stdout).isatty():
        return text
    columns = max(20, shutil.get_terminal_size().columns - 1)
    lines = [
        part
        for line in re.sub("`[^`\n]*`", lambda command: command[0].replace(" ", "\0"), text).rstrip().split("\n")
        for part in textwrap.wrap(line, columns, break_long_words=False, break_on_hyphens=False) or [""]
    ]
    return "\n".join(lines).replace("\0", " ") + text[len(text.rstrip()) :]


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows of words, each column as wide as its widest cell."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip())


def write_json(value: object) -> None:
    """One value as JSON, to standard output."""
    import json  # no screen waits for it

    write([json.dumps(value, ensure_ascii=False, indent=1) + "\n"])


# A terminal

_FAMILIES: Final = (
    *("xterm", "screen", "tmux", "rxvt", "linux", "vt", "alacritty", "kitty", "foot", "wezterm", "konsole"),
    *("ghostty", "iterm", "contour", "st-", "ansi", "cygwin", "putty", "eterm", "nsterm"),
)
"""Terminals that can be drawn in, whatever the system knows of them."""


def is_terminal(stream: TextIO | None) -> bool:
    """Whether it is one; a stream that was closed by who started the program is None."""
    return stream is not None and stream.isatty()


def check_terminal() -> None:
    """A screen needs a terminal; raises HuddleError with what to do."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    # Keys come from the first, the picture goes to the last.
    if not all(is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        text = N_(
            "This needs a terminal to draw in, and standard input, output or error is none; for data use "
            "`huddle export`."
        )
        raise HuddleError(text)
    if os.name == "posix" and not _known(os.environ.get("TERM", "")):
        text = N_(
            "The terminal type TERM={name} cannot be drawn in: set TERM to your terminal's, such as xterm-256color."
        )
        raise HuddleError(text, name=os.environ.get("TERM") or "(empty)")


def _known(name: str) -> bool:
    if name in {"", "dumb", "unknown"}:
        return False
    if name.casefold().startswith(_FAMILIES):
        return True
    import curses

    try:
        curses.setupterm(name, sys.stdout.fileno())
    except curses.error:
        return False
    return True
