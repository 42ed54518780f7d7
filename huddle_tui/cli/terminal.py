"""Whether there is a terminal to draw in, asked before a screen is opened."""

import os
import sys
from typing import Final, TextIO

from huddle_tui.domain.sentence import N_, HuddleError

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
