"""A person: their numbers, their time, what they are stuck on and what they have agreed. Never a ranking."""

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.content import Content

from huddle_tui.domain.history import TRAILING, Past, Talk
from huddle_tui.domain.huddle import TurnState
from huddle_tui.domain.open_ends import OpenEnds, open_ends
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.scorecard import By, ScorecardRow, order, row
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import same_name
from huddle_tui.exchange.writing import scorecard_text as text
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.rows import Line, Rows, Words
from huddle_tui.ui.kit.tiles import Tile, Tiles
from huddle_tui.ui.look.text import pad
from huddle_tui.ui.past import wording
from huddle_tui.ui.past.card import in_a_row
from huddle_tui.ui.past.looking import LookingScreen, Show
from huddle_tui.ui.past.story import NumberKey, action_lines, section, stuck_lines, talk_line
from huddle_tui.ui.shared.figures import kept_tile
from huddle_tui.words import clock


def number_line(row: ScorecardRow, width: int, *, plain: bool) -> Content:
    """One of the person's numbers: name, promise, latest value, kept, row and trend; `plain` has no colour."""
    far, last = width >= 92, row.said[-1].reading if row.said else None
    flag = wording.flag(last.status) if last else Content("")
    room = max(10, min(54, width - (72 if far else 50)))
    return Content.assemble(
        ("★ " if row.kpi.most_important else "  ", "$accent"),
        (pad(row.kpi.name, room), "$quiet" if row.retired else ""),
        (pad(text.brief_promise(row, locale()), 10, "right") + "  ", "$quiet"),
        (pad(wording.short_value(last) if last else "", 9, "right") + "  ", "bold"),
        flag.pad_right(max(0, 13 - flag.cell_length)),
        pad(text.kept_of(row.kept, percent=False), 9, "right"),
        "  " if far else "",
        in_a_row(row, 6, plain=plain) if far else "",
        ("  " + wording.trend(row.said, TRAILING) if far else "", "$trend-quiet"),
    )


class PersonScreen(LookingScreen):
    """One member of the team, now or then."""

    AREA = "person"
    ABOUT = N_("One person: their numbers and kept promises, their time in the huddle, and what is still open.")
    DEFAULT_CSS = "PersonScreen Tiles { margin: 1 0; }"

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person

    def body(self) -> ComposeResult:
        """The figures, then the list."""
        yield Tiles(id="figures")
        yield Rows(id="lines")

    def work_out(self, past: Past) -> Show:
        """The person's rows over the last huddles."""
        person, span, today = self._person, self.span, self.time.today()
        first = past.days[-span] if span is not None and len(past.days) > span else None
        rows = [row(past, kpi, By.HUDDLE, first) for kpi in order(past, retired=True)]
        mine = [one for one in rows if one.kpi.owner == person and (not one.retired or one.kept.due)]
        talks = [talk for talk in past.talks.get(person, ()) if first is None or first <= talk.huddle]
        every, names = open_ends(past.summaries), past.names_of(person)
        ends = OpenEnds(
            tuple(aged for aged in every.stucks if aged.said.person == person),
            tuple(one for one in every.actions if any(same_name(one.action.who, name) for name in names)),
        )
        return lambda: self._present(past, mine, talks, ends, today)

    def _present(self, past: Past, mine: list[ScorecardRow], talks: list[Talk], ends: OpenEnds, today: date) -> None:
        name, known = past.person_name(self._person), past.team.person(self._person)
        role = ("  " + known.role if known else "", "$foreground")
        left = ("  " + _("left the team") if known is None or known.left_on else "", "$quiet")
        self.bar.show(Content.assemble((name, "bold $accent"), role, left), wording.span(By.HUDDLE, self.span))
        self.query_one(Tiles).show(_tiles(mine, talks, ends))
        plain = self.app.no_color
        none = [Words(Content.styled(_("No number yet."), "$quiet"))]

        def lines(width: int) -> list[Line]:
            numbers = [Words(number_line(one, width - 1, plain=plain), NumberKey(one.kpi.id)) for one in mine]
            turns = [Words(talk_line(talk, width - 1), talk.huddle) for talk in reversed(talks)]
            return [
                *section(_("Numbers"), numbers or none)[1:],
                *section(_("Stuck"), stuck_lines(ends.stucks, past, width - 1)),
                *section(_("Actions"), action_lines(ends.actions, today, width - 1)),
                *section(_("Turns"), turns),
            ]

        self.listed.show(lines)

    # Keys

    def step(self, by: int) -> None:
        """The next person in the list, or the one before."""
        if self.past is not None:
            people = [person.id for person in self.past.team.members]
            here = people.index(self._person) if self._person in people else -by
            self._person = people[(here + by) % len(people)] if people else self._person
            self.listed.first()
            self.renew()


def _tiles(mine: Sequence[ScorecardRow], talks: Sequence[Talk], ends: OpenEnds) -> list[Tile]:
    kept = sum((one.kept for one in mine), Tally())
    spoke = [talk for talk in talks if talk.seconds and talk.state is not TurnState.ABSENT]
    here = sum(talk.state is not TurnState.ABSENT for talk in talks)
    every = _("of {all}").format(all=len(talks))
    tiles = [
        kept_tile(kept, _("promises kept")),
        Tile(_("huddles"), str(here), every, brief=_("of {all} huddles").format(all=len(talks))),
    ]
    if spoke:
        mean = sum(talk.seconds for talk in spoke) / len(spoke)
        planned = clock(sum(talk.planned for talk in spoke) / len(spoke))
        beside, brief = _("of {planned}").format(planned=planned), _("of {planned} a turn").format(planned=planned)
        tiles.append(Tile(_("time per turn"), clock(mean), beside, brief=brief))
    tiles.append(Tile(_("still open"), str(len(ends.stucks) + len(ends.actions)), brief=_("open")))
    return tiles
