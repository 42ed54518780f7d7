"""How a status looks wherever it is shown: glyph, colour and, where there is room, its word (METHOD 6)."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from huddle_tui.domain.judging import Status
from huddle_tui.domain.text import clean_line
from huddle_tui.words import status_word

STYLES: Final = {
    Status.SUPER_GREEN: "bold $ok-fg",
    Status.GREEN: "$ok-fg",
    Status.YELLOW: "$warn-fg on $warn-bg",
    Status.RED: "bold $flag-fg on $flag-bg",
    Status.TOO_EARLY: "$quiet",
    Status.NOT_MEASURED: "$quiet",
}
"""A status as text: red is a flag, yellow a note, green nothing that asks for attention."""

BLOCKS: Final = {
    Status.SUPER_GREEN: "bold $ok-fg on $ok-bg",
    Status.GREEN: "$ok-fg on $ok-bg",
    Status.YELLOW: "bold $warn-fg on $warn-bg",
    Status.RED: "bold $flag-fg on $flag-bg",
    Status.TOO_EARLY: "$quiet on $surface",
    Status.NOT_MEASURED: "$quiet on $surface",
}
"""The colours of a cell that a status fills."""

PLAIN: Final = dict.fromkeys(Status, "") | {Status.RED: "bold reverse", Status.SUPER_GREEN: "bold"}
"""The same without colour: what is red stands out by reverse video."""


def mark(status: Status, text: str = "", *, plain: bool = False) -> Content:
    """The glyph with a text behind it, such as the value in a table cell; `plain` draws without colour."""
    shown = f"{status.glyph} {clean_line(text)}".rstrip()
    return Content.styled(f" {shown} ", (PLAIN if plain else STYLES)[status])


def named(status: Status, *, plain: bool = False) -> Content:
    """The glyph with the word: ✦ super green, ✔ green, ◐ yellow, ⚑ RED, ◌ too early, – not measured."""
    return mark(status, status_word(status), plain=plain)
