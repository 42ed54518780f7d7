"""Past huddles as lines of a list, by month, and what was looked for in the one beside it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from textual.content import Content

from huddle_tui.activities.looking_back import Sought
from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Stage
from huddle_tui.domain.judging import Status
from huddle_tui.domain.summary import Summary
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.rows import Line, Words
from huddle_tui.ui.look.text import cut, pad
from huddle_tui.ui.past.story import NumberKey
from huddle_tui.words import clock

FULL = 62
"""From so many cells on a line of the list says who was away, or where the words were found."""


class HuddleLine(msgspec.Struct, frozen=True, eq=False):
    """One huddle in the list. Made once for all finds that it looks alike in, so that it is drawn once."""

    summary: Summary
    """What it shows."""
    sought: Sought
    """What was looked for."""

    @property
    def key(self) -> date:
        """Its day."""
        return self.summary.day

    def draw(self, width: int) -> Content:
        """Day, people, minutes, kept and red flags; where there is room, who was away or what was found."""
        s = self.summary
        late = s.seconds > s.time_box
        people = _("{here}/{all}").format(here=len(s.present), all=len(s.present) + len(s.absent))
        missed = s.due - s.kept
        flag, style = f"{Status.GREEN.glyph} {_('all')}", "$success"
        if not s.due:
            flag, style = "–", "$quiet"
        elif s.red:
            flag, style = f"{Status.RED.glyph} {s.red}", "bold $error"
        elif missed:
            flag, style = f"✗ {missed}", "$warning"
        parts: list[Content | str | tuple[str, str]] = [
            pad(dates.show_day(s.day, locale(), "dd"), 3) + f"{s.day.day:>2} ",
            (pad(people, 6, "right"), "$quiet"),
            (pad(clock(s.seconds), 8, "right"), "$warning" if late else "$quiet"),
        ]
        if s.stage is not Stage.ENDED:
            parts.append((pad("   " + _("not closed"), 22), "$accent"))
        else:
            parts.append(pad(_("{kept} of {judged}").format(kept=s.kept, judged=s.due), 11, "right"))
            parts.append((pad("   " + flag, 11), style))
        if width >= FULL:
            parts.append((cut(self._note(), width - 43), "$quiet"))
        return Content.assemble(*parts).truncate(width)

    def _note(self) -> str:
        for words, text in ((self.sought.words, self.summary.text), (self.sought.numbers, self.summary.numbers)):
            if words:
                return next((line for line in text.split("\n") if words[-1] in line), "")
        return _("away: {names}").format(names=", ".join(self.summary.absent)) if self.summary.absent else ""


def listing(found: Sequence[Summary], sought: Sought, known: dict[object, Line]) -> list[Line]:
    """Huddles newest first, each month under its name; what was `sought` is shown where it was found.

    Each line is made once, and is `known` from then on.
    """
    lines: list[Line] = []
    month: tuple[int, int] | None = None
    for summary in found:
        if (this := (summary.day.year, summary.day.month)) != month:
            month = this
            if this not in known:
                known[this] = Words(Content.styled(dates.show_day(summary.day, locale(), "MMMM YYYY"), "$accent"))
            lines.append(known[this])
        key = (summary.day, sought)
        lines.append(known.get(key) or known.setdefault(key, HuddleLine(summary, sought)))
    return lines


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
