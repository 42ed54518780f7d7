"""The red flag: for a moment it owns the screen, and asks its owner for the next promise (METHOD 7)."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from huddle_tui.domain.judging import Status
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.text import cut
from huddle_tui.ui.shared.board import BoardRow, centred
from huddle_tui.words import status_word


class RedFlag(Widget):
    """One red number as large as the screen."""

    DEFAULT_CSS = "RedFlag { height: 1fr; width: 1fr; background: $flag-bg; color: $flag-fg; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._row: BoardRow | None = None
        self._told: tuple[str, ...] = ()

    def show(self, row: BoardRow, told: tuple[str, ...] = ()) -> None:
        """The number that lags behind its promise, with what its owner wrote about it beforehand."""
        self._row, self._told = row, told
        self.refresh()

    def render(self) -> Content:
        """Flag and word, the number in block letters, the promise it was held against."""
        width, height = self.size
        row = self._row
        if row is None or width < 4 or height < 1:
            return Content("")
        word = f"{Status.RED.glyph} {status_word(Status.RED)}"
        told = [Content(cut(text, width - 4)) for text in self._told]
        high = max(4, (height - len(told) - 10) // 2)
        title = bigfont.fit(status_word(Status.RED), width - 8, high) if height >= 13 + 2 * len(told) else None
        figure = bigfont.fit(row.value, width - 8, high) if height >= 7 + len(told) and row.value else None
        air = [Content("")] if height >= 9 + len(told) else []
        taken = len(title or []) + len(figure or []) + len(told)
        name = bigfont.fit(row.name, width - 8, 4) if title and height >= taken + 11 else None
        lines: list[Content] = []
        if title:
            lines += [Content(line) for line in title]
            lines.append(Content(""))
        if name:
            lines += [Content(line) for line in name]
        else:
            lines.append(Content.styled(cut(row.name if title else f"{word}  {row.name}", width - 4), "bold"))
        lines += air
        lines += [*map(Content, figure), *air] if figure else [Content.styled(row.value, "bold")]
        lines.append(Content.assemble((f"{Status.RED.glyph} ", "bold"), row.promise, "   ", (row.delta, "bold")))
        keys = keyed(_("{round.note_stuck} stuck · {round.agree} action · {round.offline} offline"))
        lines += told
        above = max(0, (height - len(lines) - 2) // 2)
        shown = [Content("")] * above + [centred(line, width) for line in lines]
        shown = shown[: height - 1] + [Content("")] * max(0, height - 1 - len(shown))
        return Content("\n").join([*shown, centred(Content(cut(keys, width - 2)), width)][:height])
