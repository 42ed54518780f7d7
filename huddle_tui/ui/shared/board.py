"""The speaker's numbers as a poster: one row per KPI, growing with the screen, drawn in one go."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from itertools import accumulate

import msgspec
from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message

from huddle_tui.domain.judging import Status
from huddle_tui.i18n import _
from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.kit.trend import columns
from huddle_tui.ui.look import bigfont
from huddle_tui.ui.look.text import cut, wrap
from huddle_tui.words import status_word


class RowState(Enum):
    """How far a number has come."""

    AHEAD = "ahead"
    COVERED = "covered"
    SAVING = "saving"
    SAID = "said"


class BoardRow(msgspec.Struct, frozen=True):
    """What one row shows; texts are ready to be shown, in the team's locale."""

    name: str
    """The KPI's name."""
    promise: str
    """The promise as a whole phrase."""
    extra: str = ""
    """What stands below it, on as many lines as there is room: the day, the last value, what a total still needs."""
    brief: str = ""
    """The same in fewer words, for where there is no room for that."""
    state: RowState = RowState.AHEAD
    """How far it has come."""
    at_hand: bool = False
    """Whether the field asks for it."""
    most_important: bool = False
    """The owner's ★."""
    value: str = ""
    """The number: what was said, or what is understood while it is typed."""
    unit: str = ""
    """Its unit."""
    status: Status | None = None
    """What was judged, once it is said."""
    delta: str = ""
    """How far from the promise or pace."""
    marks: str = ""
    """By proxy, corrected, checked in."""
    trend: tuple[Decimal | None, ...] = ()
    """The last values with this one at the end; only once it was said."""


class _Look(msgspec.Struct, frozen=True):
    """The colours of a row: edge, number, flag."""

    edge: str
    number: str
    flag: str


_LOOKS = {
    None: _Look("$rule", "$foreground", ""),
    Status.SUPER_GREEN: _Look("$success", "$success", "bold $ok-fg on $ok-bg"),
    Status.GREEN: _Look("$success", "$foreground", "bold $ok-fg on $ok-bg"),
    Status.YELLOW: _Look("$warning", "$warning", "bold $warn-fg on $warn-bg"),
    Status.RED: _Look("$flag-bg", "$error", "bold $flag-fg on $flag-bg"),
    Status.TOO_EARLY: _Look("$quiet", "$foreground", "$quiet on $panel"),
    Status.NOT_MEASURED: _Look("$quiet", "$quiet", "$quiet on $panel"),
}


class Board(Drawn[Sequence[BoardRow]]):
    """All numbers of one turn. A click on a row asks for that number."""

    DEFAULT_CSS = "Board { height: 1fr; width: 1fr; }"

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def draw(self, given: Sequence[BoardRow], width: int, height: int) -> list[Content]:
        """The rows, top to bottom, as high as the screen allows."""
        if not given:
            return [Content.styled(_("No number yet."), "$quiet")]
        plain = self.app.no_color
        lines: list[Content] = []
        rows, _first, heights, gap = _places(given, height)
        room = max(8, min(width // 2 - 8, 90))
        numbers = [_number(row, room, high) for row, high in zip(rows, heights, strict=True)]
        widest = max(line.cell_length for number in numbers for line in number)
        for place, (row, high) in enumerate(zip(rows, heights, strict=True)):
            lines += _draw(row, numbers[place], widest, width, high, plain)
            if gap and place < len(rows) - 1:
                lines.append(Content(" " * width))
        return lines

    def on_click(self, event: Click) -> None:
        """Tells which row was meant."""
        if self._given:
            _rows, first, heights, gap = _places(self._given, self.content_size.height)
            above = sum(top <= event.y for top in accumulate(high + gap for high in heights[:-1]))
            self.post_message(self.Chosen(first + above))


def _places(given: Sequence[BoardRow], height: int) -> tuple[Sequence[BoardRow], int, list[int], int]:
    """The rows that show, the place of the first, how high each is, and how many lines lie between them."""
    rows, first = _window(given, height)
    heights = _heights([row.at_hand for row in rows], height)
    gap = 1 if height - sum(heights) >= len(rows) - 1 and min(heights) >= 4 else 0
    return rows, first, heights, gap


def _window(rows: Sequence[BoardRow], height: int) -> tuple[Sequence[BoardRow], int]:
    """As many rows as fit with two lines each, around the one at hand."""
    room = max(1, height // 2)
    if len(rows) <= room:
        return rows, 0
    hand = next((i for i, row in enumerate(rows) if row.at_hand), 0)
    first = max(0, min(hand - room // 2, len(rows) - room))
    return rows[first : first + room], first


def _heights(at_hand: list[bool], height: int) -> list[int]:
    """How high each row is: alike where there is room for block letters, else the one at hand is the highest."""
    count = len(at_hand)
    with_gaps = (height - (count - 1)) // count
    if with_gaps >= 4:
        return [min(with_gaps, 11)] * count
    each = height // count
    spare = height - each * count
    if each >= 4 or not any(at_hand):
        return [min(each, 11)] * count
    if each >= 3:
        return [each + (spare if hand else 0) for hand in at_hand]
    small = max(1, min(2, (height - 4) // max(1, count - 1)))
    big = max(1, height - small * (count - 1))
    return [min(big, 6) if hand else small for hand in at_hand]


def _draw(
    row: BoardRow, number: list[Content], number_width: int, width: int, height: int, plain: bool
) -> list[Content]:
    """One row: name and promise, trend, number, flag; the columns stand under each other in all rows."""
    look = _LOOKS[row.status]
    edge = "$accent" if row.at_hand and row.status is None else look.edge
    ground = "on $panel" if row.at_hand else "on $surface"
    flag_width = 24 if width >= 140 else 18 if width >= 98 else 16
    trend_width = (31 if width >= 140 else 19) if width >= 98 and row.trend else 0
    if not trend_width:  # the name goes on up to the row's own number
        number_width = max(line.cell_length for line in number)
    what_width = max(6, width - 2 - number_width - 1 - flag_width - trend_width - 1)
    what = _middle(_what(row, what_width, height), height)
    trend = _middle(_trend(row, trend_width, max(1, min(height - 1, 8)), look), height, low=1)
    numbers = _middle(number, height)
    flag = _flag(row, flag_width, height, look, plain)
    number_style = "$accent" if row.state in {RowState.AHEAD, RowState.SAVING} else look.number
    if plain and row.status is Status.RED:
        number_style = "bold"
    bar = "▌" if row.at_hand or row.status else "▏"
    lines = []
    for y in range(height):
        left = Content.assemble((bar, edge), " ", what[y].pad_right(max(0, what_width - what[y].cell_length)))
        middle = trend[y].pad_right(max(0, trend_width - trend[y].cell_length)) if trend_width else Content("")
        figure = numbers[y].stylize_before(number_style)
        figure = figure.pad_left(max(0, number_width - figure.cell_length)).pad_right(1)
        body = Content.assemble(left, middle, figure)
        missing = width - flag_width - body.cell_length
        body = body.pad_right(missing) if missing > 0 else body.truncate(width - flag_width)
        lines.append(Content.assemble(body.stylize_before(ground), flag[y]))
    return lines


def _what(row: BoardRow, width: int, height: int) -> list[Content]:
    star = "★ " if row.most_important else ""
    weight = "bold" if row.at_hand or row.status else ""
    room = max(1, width - 1 - len(star))
    names = wrap(row.name, room, 2 if height >= 4 else 1)
    lines = [
        Content.assemble((star if n == 0 else " " * len(star), "$accent"), (name, weight))
        for n, name in enumerate(names)
    ]
    lines.append(Content.styled(cut(row.promise, width - 1), "$quiet"))
    room = max(1, height - len(lines))
    full, brief = (" · ".join(part for part in (row.marks, it) if part) for it in (row.extra, row.brief or row.extra))
    second = _broken(full, width - 1)
    if len(second) > room:
        second = _broken(brief, width - 1)
        second[room - 1 :] = [cut(" ".join(second[room - 1 :]), width - 1)]
    return [*lines, *(Content.styled(part, "$quiet") for part in second)]


def _broken(text: str, width: int) -> list[str]:
    """Parts between dots on as many lines as it takes, a part in one piece where that is possible."""
    lines = [""]
    for part in text.split(" · ") if text else ():
        longer = f"{lines[-1]} · {part}" if lines[-1] else part
        lines[-1:] = [longer] if cell_len(longer) <= width else [lines[-1], *wrap(part, width)]
    return [line for line in lines if line]


def _trend(row: BoardRow, width: int, height: int, look: _Look) -> list[Content]:
    if not width:
        return []
    each = 2 if width >= 31 else 1
    drawn = columns(list(row.trend)[-((width - 4) // each) :], height)
    return [
        Content.assemble(
            ("  " + "".join(cell * each for cell in line[:-1]), "$trend-quiet"),
            (line[-1:] * each, look.number if row.status else "$quiet"),
        )
        for line in drawn
    ]


def _number(row: BoardRow, room: int, height: int) -> list[Content]:
    unit = f" {row.unit}" if row.unit and row.value else ""
    if row.state is RowState.COVERED and not row.value:
        return [Content.styled("▒▒▒▒▒▒", "$hidden")] * min(3, max(1, height - 1))
    if not row.value:
        return [Content.styled("·", "$quiet")] if not row.at_hand else [Content.styled("?", "$accent")]
    figure = bigfont.fit(row.value, room - len(unit), height) if height >= 3 else None
    if figure is None:
        return [Content.assemble((row.value, "bold"), (unit, ""))]
    return [
        Content.assemble(line, (unit if y == len(figure) - 1 else " " * len(unit), "bold"))
        for y, line in enumerate(figure)
    ]


def _flag(row: BoardRow, width: int, height: int, look: _Look, plain: bool) -> list[Content]:
    if row.state is RowState.SAVING:
        texts, style = [_("saving …")], "$quiet on $surface"
    elif row.status is None:
        texts = [_("checked in"), *([_("say it: Enter")] if row.at_hand else [])]
        texts = texts if row.state is RowState.COVERED else []
        style = "$quiet on $panel" if row.at_hand else "$quiet on $surface"
    else:
        style = look.flag
        texts = [f"{row.status.glyph} {status_word(row.status)}", *([row.delta] if row.delta else [])]
        shout = bigfont.fit(status_word(Status.RED), width - 2, 4, small=False) if row.status is Status.RED else None
        if shout and height >= 8:
            texts = [*shout, "", f"{row.status.glyph} {row.delta}"]
        if plain:
            style = "bold reverse" if row.status is Status.RED else "bold"
    lines = _middle([Content(cut(text, width - 2)) for text in texts[:height]], height)
    return [centred(line, width).stylize_before(style) for line in lines]


def centred(line: Content, width: int) -> Content:
    """In the middle, its own spaces kept: block letters end in them."""
    before = max(0, (width - line.cell_length) // 2)
    return line.pad_left(before).pad_right(max(0, width - before - line.cell_length))


def _middle(lines: list[Content], height: int, low: int = 0) -> list[Content]:
    """In the middle of so many lines; where it cannot be, above it, or below it where it is `low`."""
    lines = lines[:height]
    above = (height - len(lines) + low) // 2
    return [Content("")] * above + lines + [Content("")] * (height - above - len(lines))
