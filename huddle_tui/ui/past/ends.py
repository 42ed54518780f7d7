"""Open stucks and actions as lines of a list: age in huddles, who, what, since and until when."""

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from textual.content import Content

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past
from huddle_tui.domain.open_ends import AgedAction, AgedStuck, End
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.ui.kit.rows import Line, Words
from huddle_tui.ui.look.text import pad, wrap
from huddle_tui.ui.shared import phrases


def section(title: str, lines: Sequence[Line]) -> list[Line]:
    """Those lines under a title, apart from what stands above; nothing where there are none."""
    return [Words(Content("")), Words(Content.styled(title, "bold $accent")), *lines] if lines else []


def stuck_lines(stucks: Sequence[AgedStuck], past: Past, width: int) -> list[Line]:
    """A stuck each: ●●● is its third round; long ones go on over more lines."""
    lines: list[Line] = []
    name = _names([past.person_name(aged.said.person) for aged in stucks], width)
    for aged in stucks:
        said = aged.said
        age = ngettext("since {day}, {n} huddle", "since {day}, {n} huddles", aged.age)
        since = age.format(day=dates.show_day(aged.since, locale(), "D MMM"), n=aged.age)
        style = "bold $warning" if aged.age >= phrases.OLD else "$warning"
        head = [
            (pad(phrases.rounds_open(aged.age), 7), style),
            (pad(past.person_name(said.person), name) + "  ", "bold"),
        ]
        lines += _told(head, said.text, since, aged.end, width)
    return lines


def action_lines(actions: Sequence[AgedAction], today: date, width: int) -> list[Line]:
    """An action each, with its day; one whose day has passed says so."""
    lines: list[Line] = []
    name = _names([one.action.who for one in actions], width)
    for one in actions:
        action = one.action
        due = dates.show_day(action.by, locale(), "ddd D MMM") if action.by else ""
        late = action.by is not None and action.by < today
        if late:
            state = _("was due {day}").format(day=due)
        elif action.by == today:
            state = _("today")
        else:
            state = _("by {day}").format(day=due) if due else _("no day agreed")
        head = [(pad("▸", 7), "$warning" if late else "$accent"), (pad(action.who, name) + "  ", "bold")]
        lines += _told(head, action.what, state, one.end, width, late=late)
    return lines


def _names(names: Sequence[str], width: int) -> int:
    """Cells for the names of a list."""
    return max(4, min(max(map(cell_len, names), default=4), width // 4))


def _told(
    head: list[tuple[str, str]], text: str, state: str, end: End, width: int, *, late: bool = False
) -> list[Line]:
    """One stuck or action: the state at the right of its first line where there is room, else behind the text."""
    indent = sum(cell_len(part) for part, _style in head)
    style = "bold $warning" if late else "$quiet"
    room = width - indent - (cell_len(state) + 2)
    beside = room >= 24
    first, *others = wrap(text if beside else f"{text}  ({state})", room if beside else max(20, width - indent))
    line = Content.assemble(*head, first)
    if beside:
        line = Content.assemble(line, " " * max(2, width - line.cell_length - cell_len(state)), (state, style))
    more = [Words(Content(" " * indent + other)) for other in others]
    return [Words(line, end), *more]
