"""The recap of a huddle: kept promises, red flags, time; then what was red, stuck, agreed and taken offline."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from textual.content import Content

from huddle_tui.domain.huddle import Action, Huddle, Reading, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.reasons import REASONS
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.kit.strip import side_by_side
from huddle_tui.ui.shared import phrases
from huddle_tui.words import amount

_MARKS: Final = (f"{Status.RED.glyph} ", "● ", "▸ ", "○ ", "· ", "✔ ")
"""What the lines of the lists begin with; the others are headings."""


class RecapView(Drawn[tuple[Huddle, OpenEnds, float]]):
    """What a huddle came to, on one screen: with what is open at it, and the seconds used up to now."""

    DEFAULT_CSS = "RecapView { height: 1fr; width: 1fr; }"

    def draw(self, given: tuple[Huddle, OpenEnds, float], width: int, height: int) -> list[Content]:
        """Tiles above, as large as the lists below leave room for; lists that do not fit say how much is left out."""
        from huddle_tui.ui.kit.tiles import drawn  # a round that opens does not wait for what it comes to
        from huddle_tui.ui.shared.figures import figures

        huddle, ends, seconds = given
        left, right = _lists(huddle, ends)
        lines = max(len(left), len(right)) if width >= 90 else len(left) + len(right)
        most = max(1, height - 2 - lines) if height >= 12 else 1
        figures_in = next(rows for rows in (10, 5, 4, 1) if rows <= most and (rows < 10 or height >= 32))
        tiles = drawn(figures(huddle, seconds), width, figures_in)
        room = max(0, height - len(tiles) - 1)
        if width >= 90:
            half = width // 2
            one, two = _flow(left, half - 2, room), _flow(right, width - half, room)
            body = side_by_side(one, two, half)
        else:
            body = _flow([*left, *right], width, room)
        return [*tiles, Content(""), *body]


def _lists(huddle: Huddle, ends: OpenEnds) -> tuple[list[Content], list[Content]]:
    from huddle_tui.ui.shared.figures import red_flags

    flags = [_flag(turn, reading) for turn, reading in red_flags(huddle)]
    away = [turn.name for turn in huddle.turns if turn.state is TurnState.ABSENT]
    offline = (Content.assemble("○ ", (o.who, "bold"), f"  {o.what}" if o.who else o.what) for o in huddle.offline)
    left = [
        *(_section(_("Red flags"), flags) or [Content.styled(_("No red flags today."), "$success")]),
        *_section(_("Away"), [Content("· " + ", ".join(away))] if away else []),
    ]
    right = [
        *_section(_("Stuck"), (_end("●", one.said.name, one.said.text, one.age) for one in ends.stucks)),
        *_section(_("Solved today"), (_end("✔", one.said.name, one.said.text) for one in ends.solved)),
        *_section(_("Actions"), (_agreed("▸", one.action, huddle.day, one.age) for one in ends.actions)),
        *_section(_("Done today"), (_agreed("✔", one.action, huddle.day) for one in ends.done)),
        *_section(_("Taken offline"), offline),
    ]
    return left, right


def _flag(turn: Turn, reading: Reading) -> Content:
    """Whose it is, what was said, why, and what is promised next."""
    written = partial(amount, unit=reading.unit, locale=locale(), decimals=reading.decimals)
    promise = reading.next_promise if reading.next_promise is not None else reading.promise
    return Content.assemble(
        (f"{Status.RED.glyph} ", "bold $error"),
        (turn.name, "bold"),
        f"  {reading.name}  ",
        (written(reading.actual) if reading.actual is not None else "–", "bold $error"),
        f"  {_(REASONS[reading.reason].words)}" if reading.reason is not None else "",
        ("  " + _("count on {promise}").format(promise=written(promise)), "$quiet"),
    )


def _section(title: str, lines: Iterable[Content]) -> list[Content]:
    """A heading with what stands under it; nothing where there is nothing."""
    under = list(lines)
    return [Content.styled(title, "bold $accent"), *under] if under else []


def _end(mark: str, who: str, what: str, age: int = 1, by: tuple[str, str] = ("", "")) -> Content:
    """A stuck or an action; one that was carried shows in which round it is."""
    old = f"  {phrases.rounds_open(age)}" if age > 1 else ""
    return Content.assemble(f"{mark} ", (who, "bold"), f"  {what}", by, (old, "$warning"))


def _agreed(mark: str, action: Action, day: date, age: int = 1) -> Content:
    by = f"  {phrases.due(action, day)}" if action.by else ""
    return _end(mark, action.who, action.what, age, (by, "$warning" if action.late(day) else "$quiet"))


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
        kept = lines[: height - 1]
        while kept and not kept[-1].plain.startswith(_MARKS):  # no heading without anything under it
            kept.pop()
        left = sum(line.plain.startswith(_MARKS) for line in lines[len(kept) :])
        lines = [*kept, Content.styled(_("… and {n} more").format(n=left), "$quiet")]
    return [line.truncate(width, ellipsis=True) for line in lines[:height]]
