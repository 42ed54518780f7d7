"""The recap of a huddle: kept promises, red flags, time; then what was red, stuck, agreed and taken offline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Action, Huddle, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.outcomes import tally_of
from huddle_tui.domain.reasons import REASONS
from huddle_tui.i18n import _, locale
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.text import pad
from huddle_tui.ui.shared import phrases
from huddle_tui.words import amount, clock

_MARKS: Final = (f"{Status.RED.glyph} ", "● ", "▸ ", "○ ", "· ", "✔ ")
"""What the lines of the lists begin with; the others are headings."""


class RecapView(Widget):
    """What a huddle came to, on one screen."""

    DEFAULT_CSS = "RecapView { height: 1fr; width: 1fr; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._huddle: Huddle | None = None
        self._ends = OpenEnds()
        self._seconds = 0.0

    def show(self, huddle: Huddle, ends: OpenEnds, now: float) -> None:
        """Shows this huddle with what is open at it, and the time used up to the monotonic second `now`."""
        self._huddle, self._ends, self._seconds = huddle, ends, huddle.watch.elapsed(now)
        self.refresh()

    def render(self) -> Content:
        """Tiles above, lists below; lists that do not fit say how much is left out."""
        width, height = self.size
        if self._huddle is None or width < 12 or height < 1:
            return Content("")
        left, right = _lists(self._huddle, self._ends)
        lines = max(len(left), len(right)) if width >= 90 else len(left) + len(right)
        tiles = self._tiles(self._huddle, width, height, height - 1 - lines)
        room = max(0, height - len(tiles) - 1)
        if width >= 90:
            half = width // 2
            one, two = _flow(left, half - 2, room), _flow(right, width - half, room)
            count = max(len(one), len(two))
            one += [Content("")] * (count - len(one))
            two += [Content("")] * (count - len(two))
            body = [a.pad_right(max(0, half - a.cell_length)).append(b) for a, b in zip(one, two, strict=True)]
        else:
            body = _flow([*left, *right], width, room)
        return Content("\n").join([*tiles, Content(""), *body][:height])

    def _tiles(self, huddle: Huddle, width: int, height: int, spare: int) -> list[Content]:
        """The figures; lower where the lists need the room: what was agreed is not to be left out for them."""
        there = [r for t in huddle.turns if t.state is not TurnState.ABSENT for r in t.readings]
        told = tally_of(there)
        kept, judged = told.kept, told.due
        red = sum(r.status is Status.RED for r in there)
        box = clock(huddle.time_box)
        late = self._seconds > huddle.time_box
        calm, good = "$foreground on $surface", "$ok-fg on $ok-bg"
        tiles = [
            (_("kept, of {judged}").format(judged=judged), str(kept), good if kept else calm),
            (_("red flags"), str(red), "$flag-fg on $flag-bg" if red else good),
            (
                _("time, of {box}").format(box=box),
                clock(self._seconds),
                "$warn-fg on $warn-bg" if late else calm,
            ),
        ]
        if huddle.temperature is not None:
            tiles.append((_("temperature"), str(huddle.temperature), calm))
        each = (width - 2 * (len(tiles) - 1)) // len(tiles)
        sizes = [(8, 2)] if height >= 32 else []
        sizes += [(4, 2), (4, 0), (3, 0)] if spare < 7 else [(4, 2), (3, 2)]
        rows, around = next(
            (
                (rows, around)
                for rows, around in sizes
                if rows + around + 1 <= max(spare, 4)
                and all(bigfont.fit(value, each - 2, rows, small=rows < 4) for _title, value, _style in tiles)
            ),
            (3, 0),
        )
        drawn = []
        for title, value, style in tiles:
            figure = bigfont.fit(value, each - 2, rows) if height >= 12 else None
            name = [title] if cell_len(title) <= each - 2 else title.split(", ", 1)
            lines = [*name[-2:], *(figure or [value])]
            lines = [""] * (around > 0 and len(name) == 1) + lines + [""] * (around > 1)
            drawn.append([Content(" " + pad(line, each - 1)).stylize_before(f"bold {style}") for line in lines])
        high = max(len(tile) for tile in drawn)
        for tile, (_title, _value, style) in zip(drawn, tiles, strict=True):
            tile += [Content.styled(" " * each, style)] * (high - len(tile))
        return [Content("  ").join([tile[y] for tile in drawn]) for y in range(high)]


def _lists(huddle: Huddle, ends: OpenEnds) -> tuple[list[Content], list[Content]]:
    left, right = [], []
    red = [
        (t, r) for t in huddle.turns if t.state is not TurnState.ABSENT for r in t.readings if r.status is Status.RED
    ]
    if red:
        left.append(Content.styled(_("Red flags"), "bold $accent"))
    for turn, reading in red:
        promise = reading.next_promise if reading.next_promise is not None else reading.promise
        agreed = _("count on {promise}").format(promise=amount(promise, reading.unit, locale(), reading.decimals))
        said = amount(reading.actual, reading.unit, locale(), reading.decimals) if reading.actual is not None else "–"
        why = f"  {_(REASONS[reading.reason].words)}" if reading.reason is not None else ""
        left.append(
            Content.assemble(
                (f"{Status.RED.glyph} ", "bold $error"),
                (turn.name, "bold"),
                f"  {reading.name}  ",
                (said, "bold $error"),
                why,
                ("  " + agreed, "$quiet"),
            )
        )
    right += _section(_("Stuck"), (_end("●", one.said.name, one.said.text, one.age) for one in ends.stucks))
    right += _section(_("Solved today"), (_end("✔", one.said.name, one.said.text) for one in ends.solved))
    right += _section(_("Actions"), (_agreed("▸", one.action, one.age) for one in ends.actions))
    right += _section(_("Done today"), (_agreed("✔", one.action) for one in ends.done))
    if huddle.offline:
        right.append(Content.styled(_("Taken offline"), "bold $accent"))
    right += [Content.assemble("○ ", (o.who, "bold"), f"  {o.what}" if o.who else o.what) for o in huddle.offline]
    absent = [t.name for t in huddle.turns if t.state is TurnState.ABSENT]
    if absent:
        left.append(Content.styled(_("Away"), "bold $accent"))
        left.append(Content("· " + ", ".join(absent)))
    if not red:
        left.insert(0, Content.styled(_("No red flags today."), "$success"))
    return left, right


def _section(title: str, lines: Iterable[Content]) -> list[Content]:
    """A heading with what stands under it; nothing where there is nothing."""
    under = list(lines)
    return [Content.styled(title, "bold $accent"), *under] if under else []


def _end(mark: str, who: str, what: str, age: int = 1, by: str = "") -> Content:
    """A stuck or an action; one that was carried shows in which round it is."""
    old = f"  {phrases.rounds_open(age)}" if age > 1 else ""
    return Content.assemble(f"{mark} ", (who, "bold"), f"  {what}", (by, "$quiet"), (old, "$warning"))


def _agreed(mark: str, action: Action, age: int = 1) -> Content:
    by = "  " + dates.show_day(action.by, locale(), "ddd D MMM") if action.by else ""
    return _end(mark, action.who, action.what, age, by)


def _flow(lines: list[Content], width: int, height: int) -> list[Content]:
    """Long lines go on below and headings stand apart, where there is room for all of it; else lines are cut."""
    for apart in (True, False):
        rows: list[Content] = []
        for n, line in enumerate(lines):
            if n and apart and not line.plain.startswith(_MARKS):
                rows.append(Content(""))
            first, *others = line.wrap(max(2, width - 2)) if line.cell_length > width else [line]
            rows += [first, *(Content("  ").append(other) for other in others)]
        if len(rows) <= height:
            return rows
    if len(lines) > height > 0:
        more = _("… and {n} more").format(n=len(lines) - height + 1)
        lines = [*lines[: height - 1], Content.styled(more, "$quiet")]
    return [line.truncate(width, ellipsis=True) for line in lines[:height]]
