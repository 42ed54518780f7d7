"""A huddle told line by line, in the order in which everything was said, and what is open of them all (METHOD 9)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec
from rich.cells import cell_len
from textual.content import Content

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past, Talk
from huddle_tui.domain.huddle import Action, Huddle, Reading, Stuck, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import AgedAction, AgedStuck, End, OpenEnds
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.ui.kit.rows import Line, Words
from huddle_tui.ui.look.text import pad, wrap
from huddle_tui.ui.past import wording
from huddle_tui.ui.shared import figures, phrases
from huddle_tui.words import clock, trail


class PersonKey(msgspec.Struct, frozen=True):
    """A line that stands for a person."""

    person: str
    """The id of the person."""


class NumberKey(msgspec.Struct, frozen=True):
    """A line that stands for a number."""

    kpi: str
    """The id of the KPI."""


NOTHING: Final = OpenEnds()
"""Where nothing is carried, or it is not told."""

_STATES: Final = {
    TurnState.ABSENT: N_("away"),
    TurnState.SKIPPED: N_("skipped"),
    TurnState.WAITING: N_("did not speak"),
    TurnState.SPEAKING: N_("speaking"),
}
"""What is said of a turn that is not done."""


def tell(huddle: Huddle, team: Team, today: date, width: int, earlier: OpenEnds = NOTHING) -> list[Line]:
    """Everything that was said, in so many cells, and what `earlier` huddles had left open on that day."""
    width = max(20, width)
    turns = [line for turn in huddle.turns for line in _turn(huddle, turn, team, width)]
    agreed = [line for action in huddle.actions for line in _action(huddle, action, today, width)]
    subjects = ("○ " + (f"{one.who}: {one.what}" if one.who else one.what) for one in huddle.offline)
    offline = [line for subject in subjects for line in _wrapped(subject, width, "")]
    carried = _carried(earlier, team, huddle.day, width)
    return [*turns, *section(_("Actions"), agreed), *section(_("Taken offline"), offline), *carried]


def _carried(ends: OpenEnds, team: Team, day: date, width: int) -> Iterator[Line]:
    """What nobody had solved or done yet, with its age, and what was closed that day (METHOD 8)."""
    for title, mark, stucks, actions in (
        (_("Still open from earlier huddles"), ("● ", "▸ "), ends.stucks, ends.actions),
        (_("From earlier huddles, and closed on this day"), ("✔ ", "✔ "), ends.solved, ends.done),
    ):
        told: list[tuple[End, str]] = []
        for aged in stucks:
            person = team.person(aged.said.person)
            name = person.name if person else aged.said.name
            told.append((aged.end, f"{mark[0]}{name}: {aged.said.text}  {phrases.rounds_open(aged.age)}"))
        for one in actions:
            text = f"{mark[1]}{one.action.who}: {one.action.what}  {phrases.due(one.action, day)}"
            told.append((one.end, text.rstrip()))
        yield from section(title, [line for end, text in told for line in _wrapped(text, width, "", key=end)])


def _turn(huddle: Huddle, turn: Turn, team: Team, width: int) -> Iterator[Line]:
    person = team.person(turn.person)
    name = person.name if person else turn.name
    state = _(_STATES.get(turn.state, ""))
    if turn.by_proxy:
        state = " · ".join(part for part in (state, _("by proxy")) if part)
    head = Content.assemble((name, "bold $accent"), (f"  {state}" if state else "", "$quiet"))
    if turn.watch.used:
        right = _time(turn.watch.used, huddle.seconds_per_person, width)
        gap = max(2, width - head.cell_length - right.cell_length)
        head = Content.assemble(head, " " * gap, right)
    yield Words(head, PersonKey(turn.person))
    for reading in turn.readings:
        kpi = team.kpi(reading.kpi)
        yield Words(reading_line(reading, kpi.name if kpi else reading.name, width), NumberKey(reading.kpi))
        yield from _wrapped(_besides(reading), width - 2, "$quiet", 16 if width >= 70 else 6)
    for stuck in turn.stucks:
        yield from _stuck(stuck, width, End(huddle.day, turn.person, stuck.text))
        yield from _wrapped(" · ".join(trail(stuck.corrections, locale())), width - 2, "$quiet", 6)


def reading_line(reading: Reading, name: str, width: int) -> Content:
    """Status, name, value, promise and distance of one reading, as judged then."""
    flag, far, value = wording.flag(reading.status), width >= 90, pad(wording.value_in(reading, 10), 10, "right")
    if width < 70:
        flag = flag[:1]
    state = 14 if width >= 70 else 2
    pace = 18 if width >= 104 else 14
    room = max(8, min(56, width - state - (pace + 22 if far else 28)))
    return Content.assemble(
        " ",
        flag.pad_right(max(0, state - flag.cell_length)),
        ("★ " if reading.most_important else "  ", "$accent"),
        pad(name, room - 3) + " ",
        (value, "bold $error" if reading.status is Status.RED else "bold"),
        ("  " + pad(wording.held_against(reading.yardstick, reading.decimals), pace), "$quiet"),
        (pad(wording.distance_in(reading, 9), 9, "right") if far else "", "$quiet"),
    )


def red_flags(huddle: Huddle, team: Team, width: int) -> list[Content]:
    """Who raised which red flag, before everything else."""
    lines = []
    for turn, reading in figures.red_flags(huddle):
        person, kpi = team.person(turn.person), team.kpi(reading.kpi)
        line = Content.assemble(
            (f"{Status.RED.glyph} ", "bold $error"),
            (person.name if person else turn.name, "bold"),
            f"  {kpi.name if kpi else reading.name}  ",
            (wording.value(reading), "bold $error"),
        )
        lines.append(line.truncate(width, ellipsis=True))
    return lines


def _besides(reading: Reading) -> str:
    """What belongs to it, and what the owner commits to from then on."""
    if reading.next_promise is None or reading.next_promise == reading.promise:
        return wording.besides(reading)
    promise = phrases.number(reading.next_promise, reading.decimals)
    then = _("from then on the promise is {promise}").format(promise=promise)
    return " · ".join(part for part in (wording.besides(reading), then) if part)


def _stuck(stuck: Stuck, width: int, key: End) -> Iterator[Line]:
    """A stuck, and whether it was solved."""
    if stuck.solved_on is None:
        return _end(("● ", "$warning"), stuck.text, _("open"), "", width, key)
    state = _("solved on {day}").format(day=wording.day(stuck.solved_on))
    return _end(("✔ ", "$success"), stuck.text, state, "$quiet", width, key)


def _action(huddle: Huddle, action: Action, today: date, width: int) -> Iterator[Line]:
    """Who does what by when, how that stands, and what was corrected of it."""
    due = dates.show_day(action.by, locale(), "ddd D MMM") if action.by else ""
    text, mark, style = f"{action.who}: {action.what}", ("▸ ", "$accent"), ""
    if action.done_on is not None:
        mark, state, style = ("✔ ", "$success"), _("done on {day}").format(day=wording.day(action.done_on)), "$quiet"
    elif action.late(today):
        mark, state = ("▸ ", "bold $warning"), _("was due {day}").format(day=due)
    else:
        state = _("by {day}").format(day=due) if due else _("open")
    yield from _end(mark, text, state, style, width, End(huddle.day, action=action.id))
    yield from _wrapped(" · ".join(trail(action.corrections, locale())), width - 2, "$quiet", 6)


def _end(mark: tuple[str, str], text: str, state: str, style: str, width: int, key: End) -> Iterator[Line]:
    """What was left open then, on as many lines as it takes; the cursor can be on the first."""
    told = _("{text}  ({state})").format(text=text, state=state)
    first, *others = wrap(told, max(20, width - 5))
    yield Words(Content.assemble("   ", mark, (first, style)), key)
    yield from (Words(Content.styled("     " + line, style)) for line in others)


def talk_line(talk: Talk, width: int) -> Content:
    """One turn of somebody: the day, the time used against the time planned."""
    day = Content.styled(pad(wording.day(talk.huddle), 18), "$quiet")
    if talk.state in _STATES:
        return Content.assemble(day, (_(_STATES[talk.state]), "$quiet"))
    return Content.assemble(day, _time(talk.seconds, talk.planned, width * 2))


def _time(used: float, planned: int, width: int) -> Content:
    """The time used as a bar and in figures; the planned time is three quarters of the bar's room."""
    cells = max(4, min(20, width // 5))
    filled = min(cells, max(1, round(cells * 0.75 * used / planned))) if planned else 0
    bar = "━" * filled + "─" * max(0, round(cells * 0.75) - filled)
    text = _("{used} of {planned}").format(used=clock(used), planned=clock(planned))
    return Content.assemble((pad(bar, cells), "$warning" if used > planned else "$trend-quiet"), "  ", (text, "$quiet"))


def _wrapped(text: str, width: int, style: str, indent: int = 3, key: End | None = None) -> Iterator[Line]:
    """That text on as many lines as it takes; with a key the cursor can be on the first."""
    for n, line in enumerate(wrap(text, max(20, width - indent)) if text else ()):
        yield Words(Content.styled(" " * indent + line, style), key if n == 0 else None)


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
        late = action.late(today)
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
