"""The red flag: for a moment it owns the screen, and asks its owner for the next promise (METHOD 7)."""

from textual.content import Content

from huddle_tui.domain.judging import Status
from huddle_tui.i18n import _
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.text import cut
from huddle_tui.ui.shared.board import BoardRow, centred
from huddle_tui.words import status_word


class RedFlag(Drawn[tuple[BoardRow, tuple[str, ...]]]):
    """One red number as large as the screen: its row, and what its owner wrote about it beforehand."""

    DEFAULT_CSS = "RedFlag { height: 1fr; width: 1fr; background: $flag-bg; color: $flag-fg; }"

    def draw(self, given: tuple[BoardRow, tuple[str, ...]], width: int, height: int) -> list[Content]:
        """Flag and word, the number in block letters, the promise it was held against."""
        row, texts = given
        word = f"{Status.RED.glyph} {status_word(Status.RED)}"
        told = [Content(cut(text, width - 4)) for text in texts]
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
        return [*shown, centred(Content(cut(keys, width - 2)), width)]
