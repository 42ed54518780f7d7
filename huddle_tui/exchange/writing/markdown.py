"""Markdown in which the text that people typed shows as the letters it is (CommonMark and its tables)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from huddle_tui.domain.text import clean_line

_MARKS: Final = re.compile(r"[\\`*_\[\]|~#]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])")
_LEADING: Final = re.compile(r"^([-+=>]|[0-9]{1,9}(?=[.)]))")


def inline(text: str) -> str:
    """`text` on one line, with a backslash before what Markdown or HTML would take for its own.

    For the middle of a line, a heading and a cell; `opening` is for where a line or the text of a bullet begins.
    """
    return _MARKS.sub(r"\\\g<0>", clean_line(text))


def opening(text: str) -> str:
    """The same, for text that would begin a list or a quotation where it stands."""

    def guarded(found: re.Match[str]) -> str:
        """A bullet is guarded by a backslash before it, the number of a list by one behind it."""
        return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"

    return _LEADING.sub(guarded, inline(text))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, a line at a time; cells are Markdown already. Nothing at all where there are no rows."""
    for place, row in enumerate(rows):
        if place == 0:
            yield _line(header)
            yield _line(["---"] * len(header))
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
