"""What was looked for, marked in the lines of a huddle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from textual.content import Content

from huddle_tui.activities.looking_back import Sought
from huddle_tui.ui.kit.rows import Line
from huddle_tui.ui.past.story import NumberKey


def marked(lines: Iterable[Line], sought: Sought, width: int) -> tuple[list[Content], int]:
    """Those lines drawn, and the place of the first with something that was looked for; 0 where there is none."""
    drawn, places = [], []
    for place, line in enumerate(lines):
        words = sought.numbers if isinstance(line.key, NumberKey) else sought.words
        content = _marked(line.draw(width), words)
        if content is not None:
            places.append(place)
        drawn.append(content or line.draw(width))
    return drawn, min(places, default=0)


def _marked(content: Content, words: Sequence[str]) -> Content | None:
    """That line with those words marked; None where none of them is in it."""
    if not words:
        return None
    spans = [found.span() for found in re.finditer("|".join(map(re.escape, words)), content.plain, re.IGNORECASE)]
    for start, end in spans:
        content = content.stylize("reverse", start, end)
    return content if spans else None


def window(lines: Sequence[Content], at: int, height: int) -> Sequence[Content]:
    """So many of those lines, with the one at `at` in the upper third."""
    top = max(0, min(at - height // 3, len(lines) - height))
    return lines[top : top + height]
