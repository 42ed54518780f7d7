"""Past huddles as lines of a list, by month."""

from __future__ import annotations

from collections.abc import Sequence
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
            flag, style = f"{Status.YELLOW.glyph} {missed}", "$warning"
        parts: list[Content | str | tuple[str, str]] = [
            pad(dates.show_day(s.day, locale(), "dd"), 3) + f"{s.day.day:>2} ",
            (pad(people, 6, "right"), "$quiet"),
            (pad(clock(s.seconds), 8, "right"), "$warning" if late else "$quiet"),
        ]
        if s.stage is not Stage.ENDED:
            parts.append((pad("   " + _("not closed"), 20), "$accent"))
        else:
            parts.append(pad(_("{kept} of {judged}").format(kept=s.kept, judged=s.due), 11, "right"))
            parts.append((pad("   " + flag, 9), style))
        if width >= FULL:
            parts.append((cut(self._note(), width - 41), "$quiet"))
        return Content.assemble(*parts).truncate(width)

    def _note(self) -> str:
        for words, text in ((self.sought.words, self.summary.text), (self.sought.numbers, self.summary.numbers)):
            if words:
                return next((line for line in text.split("\n") if words[-1] in line), "")
        return _("away: {names}").format(names=", ".join(self.summary.absent)) if self.summary.absent else ""


class Listing:
    """The lines of the list, each made once."""

    def __init__(self) -> None:
        self._known: dict[object, Line] = {}

    def of(self, found: Sequence[Summary], sought: Sought) -> list[Line]:
        """Huddles newest first, each month under its name; what was `sought` is shown where it was found."""
        lines: list[Line] = []
        month: tuple[int, int] | None = None
        for summary in found:
            if (this := (summary.day.year, summary.day.month)) != month:
                month = this
                lines.append(self._known.get(this) or self._month(this, summary.day))
            key = (summary.day, sought)
            lines.append(self._known.get(key) or self._known.setdefault(key, HuddleLine(summary, sought)))
        return lines

    def _month(self, key: tuple[int, int], day: date) -> Line:
        title = Content.styled(dates.show_day(day, locale(), "MMMM YYYY"), "$accent")
        return self._known.setdefault(key, Words(title))
