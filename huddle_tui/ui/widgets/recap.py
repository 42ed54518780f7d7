"""The recap of a huddle: kept promises, red flags, time; then what was red, stuck, agreed and taken offline."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.i18n import _, locale
from huddle_tui.ui import bigfont
from huddle_tui.ui.text import cut
from huddle_tui.ui.views import phrases


class Recap(Widget):
    """What a huddle came to, on one screen."""

    DEFAULT_CSS = "Recap { height: 1fr; width: 1fr; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._huddle: Huddle | None = None
        self._seconds = 0.0

    def show(self, huddle: Huddle, now: float) -> None:
        """Shows this huddle, with the time used up to the monotonic second `now`."""
        self._huddle, self._seconds = huddle, huddle.watch.elapsed(now)
        self.refresh()

    def render(self) -> Content:
        """Tiles above, lists below; lists that do not fit say how much is left out."""
        width, height = self.size
        if self._huddle is None or width < 12 or height < 1:
            return Content("")
        tiles = self._tiles(self._huddle, width, height >= 12)
        left, right = _lists(self._huddle)
        room = max(0, height - len(tiles) - 1)
        if width >= 90:
            half = width // 2
            one, two = _clip(left, half - 2, room), _clip(right, width - half, room)
            count = max(len(one), len(two))
            one += [Content("")] * (count - len(one))
            two += [Content("")] * (count - len(two))
            body = [a.pad_right(max(0, half - a.cell_length)).append(b) for a, b in zip(one, two, strict=True)]
        else:
            body = _clip([*left, *right], width, room)
        return Content("\n").join([*tiles, Content(""), *body][:height])

    def _tiles(self, huddle: Huddle, width: int, large: bool) -> list[Content]:
        there = [r for t in huddle.turns if t.state is not TurnState.ABSENT for r in t.readings]
        kept, judged = sum(r.status.kept for r in there), sum(r.status.judged for r in there)
        red = sum(r.status is Status.RED for r in there)
        box = phrases.clock(huddle.time_box)
        late = self._seconds > huddle.time_box
        flag = "$flag-fg on $flag-bg" if red else "$ok-fg on $ok-bg"
        tiles = [
            (_("kept, of {judged}").format(judged=judged), str(kept), "$ok-fg on $ok-bg"),
            (_("red flags"), str(red), flag),
            (
                _("time, of {box}").format(box=box),
                phrases.clock(self._seconds),
                "$warn-fg on $warn-bg" if late else "$foreground on $surface",
            ),
        ]
        if huddle.temperature is not None:
            tiles.append((_("temperature"), str(huddle.temperature), "$foreground on $surface"))
        each = (width - 2 * (len(tiles) - 1)) // len(tiles)
        drawn = []
        for title, value, style in tiles:
            figure = bigfont.fit(value, each - 2, 4) if large else None
            lines = ["", f" {cut(title, each - 2)}", *(f" {line}" for line in figure or [value])]
            lines += [""] if large else []
            drawn.append(
                [
                    Content(line.ljust(each)).pad_right(0).truncate(each).stylize_before(f"bold {style}")
                    for line in lines
                ]
            )
        high = max(len(tile) for tile in drawn)
        for tile, (_title, _value, style) in zip(drawn, tiles, strict=True):
            tile += [Content.styled(" " * each, style)] * (high - len(tile))
        return [Content("  ").join([tile[y] for tile in drawn]) for y in range(high)]


def _lists(huddle: Huddle) -> tuple[list[Content], list[Content]]:
    left, right = [], []
    red = [
        (t, r) for t in huddle.turns if t.state is not TurnState.ABSENT for r in t.readings if r.status is Status.RED
    ]
    if red:
        left.append(Content.styled(_("Red flags"), "bold $accent"))
    for turn, reading in red:
        promise = reading.next_promise if reading.next_promise is not None else reading.yardstick.promise
        agreed = _("count on {promise}").format(promise=phrases.number(promise, reading.decimals))
        left.append(
            Content.assemble(
                (f"{Status.RED.glyph} ", "bold $error"),
                (turn.name, "bold"),
                f"  {reading.name}  ",
                (phrases.actual(reading), "bold $error"),
                ("  " + agreed, "$quiet"),
            )
        )
    stucks = [t for t in huddle.turns if t.stuck and t.stuck_solved_on is None]
    if stucks:
        right.append(Content.styled(_("Stuck"), "bold $accent"))
    right += [Content.assemble("● ", (t.name, "bold"), f"  {t.stuck}") for t in stucks]
    if huddle.actions:
        right.append(Content.styled(_("Actions"), "bold $accent"))
    for action in huddle.actions:
        by = "  " + dates.show_day(action.by, locale(), "ddd D MMM") if action.by else ""
        right.append(Content.assemble("▸ ", (action.who, "bold"), f"  {action.what}", (by, "$quiet")))
    if huddle.offline:
        right.append(Content.styled(_("Taken offline"), "bold $accent"))
    right += [Content.assemble("○ ", (o.who, "bold"), f"  {o.what}" if o.who else o.what) for o in huddle.offline]
    absent = [t.name for t in huddle.turns if t.state is TurnState.ABSENT]
    if absent:
        left.append(Content.styled(_("Away"), "bold $accent"))
        left.append(Content(", ".join(absent)))
    if not red:
        left.insert(0, Content.styled(_("No red flags today."), "$success"))
    return left, right


def _clip(lines: list[Content], width: int, height: int) -> list[Content]:
    if len(lines) > height > 0:
        more = _("… and {n} more").format(n=len(lines) - height + 1)
        lines = [*lines[: height - 1], Content.styled(more, "$quiet")]
    return [line.truncate(width, ellipsis=True) for line in lines[:height]]
