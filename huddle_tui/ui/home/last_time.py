"""What is worth seeing while the team gathers: last time in figures, its red flags with what was promised then, what
somebody is still stuck on, and the weeks.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain.huddle import Huddle, Reading, Turn
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import AgedStuck, OpenEnds
from huddle_tui.domain.team import Team
from huddle_tui.domain.weeks import Week
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.drawn import Drawn
from huddle_tui.ui.kit.tiles import Tiles
from huddle_tui.ui.look.text import pad, wrap
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.chart import Chart
from huddle_tui.ui.shared.figures import figures, kept_point, red_flags
from huddle_tui.words import amount


class LastTime(Vertical):
    """The last weeks as a chart where there is room, and the last huddle in figures that are read from afar."""

    DEFAULT_CSS = """
    LastTime { height: auto; }
    LastTime #weeks { height: 1fr; display: none; margin-bottom: 1; }
    LastTime Static { height: 1; }
    LastTime Tiles { margin-bottom: 1; }
    LastTime.-weeks { height: 1fr; }
    LastTime.-weeks #weeks { display: block; }
    """

    def __init__(self) -> None:
        self._title, self._chart = Static(markup=False), Chart()
        self._day, self._tiles = Static(markup=False), Tiles()
        super().__init__(Vertical(self._title, self._chart, id="weeks"), self._day, self._tiles)

    def show(self, day: str, last: Huddle, weeks: Sequence[Week]) -> None:
        """The last huddle, which was on that day, and those weeks if in any of them six promises or more fell due."""
        points = [kept_point(week) for week in weeks]
        self.set_class(any(point.actual is not None for point in points), "-weeks")
        self._title.update(Content.styled(_("Promises kept, % of what fell due"), "bold $accent"))
        self._chart.show(points, phrases.number)
        self._day.update(Content.assemble((_("Last huddle"), "bold $accent"), "  ", (day, "$quiet")))
        self._tiles.show(figures(last))


class Gathering(Drawn[tuple[Team, Huddle, OpenEnds]]):
    """Beside the ways in, where it is read from afar: the last huddle's red flags, and what is open now."""

    DEFAULT_CSS = "Gathering { width: 1fr; height: 1fr; margin-left: 4; }"

    def draw(self, given: tuple[Team, Huddle, OpenEnds], width: int, height: int) -> list[Content]:
        """Flags, then stucks; what there is no room for is counted."""
        if width < 30 or height < 6:
            return []
        team, last, ends = given
        flags = [_flag(team, turn, reading, width) for turn, reading in red_flags(last)]
        stucks = [_stuck(team, aged, width) for aged in ends.stucks]
        room = max(5, height - 1 - min(height // 2, 2 + sum(map(len, stucks))))
        above = _under(_("Red flags of last time"), flags, _("✔ no red flag last time"), room)
        below = _under(_("Still stuck"), stucks, _("✔ nobody is stuck"), height - len(above) - 1)
        return [*above, Content(""), *below]


def _under(title: str, blocks: list[list[Content]], nothing: str, height: int) -> list[Content]:
    """A title with as many of those blocks below it as fit in so many lines, and how many more there are."""
    lines = [Content.styled(title, "bold $accent")]
    if not blocks:
        return [*lines, Content.styled(nothing, "$success")]
    for place, block in enumerate(blocks):
        last = place == len(blocks) - 1
        if len(lines) + len(block) + (not last) > height:
            left = len(blocks) - place
            return [*lines, Content.styled(_("and {n} more").format(n=left), "$quiet")]
        lines += block
    return lines


def _flag(team: Team, turn: Turn, reading: Reading, width: int) -> list[Content]:
    person = team.person(turn.person)
    value = "" if reading.actual is None else amount(reading.actual, reading.unit, locale(), reading.decimals)
    parts = [phrases.promised(reading.yardstick, reading.decimals, reading.unit)]
    if reading.next_promise is not None:
        promise = amount(reading.next_promise, reading.unit, locale(), reading.decimals)
        parts.append(_("next promise: {promise}").format(promise=promise))
    who = (person.name if person else turn.name, "bold")
    head = Content.assemble((f"{Status.RED.glyph} ", "bold $error"), who, f"  {reading.name}")
    head = head.truncate(width - cell_len(value) - 2, ellipsis=True)
    told = (Content.styled(f"  {line}", "$quiet") for line in wrap(" · ".join(parts), width - 2))
    return [Content.assemble(head, "  ", (value, "bold $error")), *told]


def _stuck(team: Team, aged: AgedStuck, width: int) -> list[Content]:
    person = team.person(aged.said.person)
    age = pad(phrases.rounds_open(aged.age), 6)
    style = "bold $warning" if aged.age >= phrases.OLD else "$warning"
    first, *others = wrap(f"{person.name if person else aged.said.name}: {aged.said.text}", width - len(age))
    return [Content.assemble((age, style), first), *(Content(" " * len(age) + line) for line in others[:1])]
