"""The team over time, week by week: kept promises, red flags, temperature and length; how stucks and actions fare."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Grid as Quarters
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain.history import TRAILING, Past
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import OpenEnds, open_ends
from huddle_tui.domain.promises import Account, Tally, account
from huddle_tui.domain.reasons import REASONS
from huddle_tui.domain.scorecard import By, order
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.weeks import Week, weeks
from huddle_tui.exchange.writing.scorecard_text import kept_of
from huddle_tui.i18n import _
from huddle_tui.ui.kit.tiles import PLAIN, Tile, Tiles
from huddle_tui.ui.past import wording
from huddle_tui.ui.past.looking import NOTHING_YET, LookingScreen, Show
from huddle_tui.ui.places import QuarterReview, StillOpen
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.chart import Chart, Point
from huddle_tui.ui.shared.figures import kept_point, kept_tile, week_point
from huddle_tui.ui.shared.status import BLOCKS
from huddle_tui.words import clock, hands, others


class TeamOverTimeScreen(LookingScreen):
    """Four charts of the whole team, never of a person beside another."""

    AREA = "over_time"
    LEADS_TO: ClassVar = {"quarter": QuarterReview(), "open_ends": StillOpen()}
    ABOUT = N_("The whole team week by week: kept promises, red flags, temperature, how long huddles take.")
    DEFAULT_CSS = """
    TeamOverTimeScreen Tiles { margin: 1 0 0 0; }
    TeamOverTimeScreen #told { height: auto; max-height: 5; margin-top: 1; }
    TeamOverTimeScreen.-short #told { max-height: 4; margin-top: 0; }
    TeamOverTimeScreen #charts { grid-size: 2 2; grid-gutter: 0 3; height: 1fr; margin-top: 1; }
    TeamOverTimeScreen.-short #charts { margin-top: 0; }
    TeamOverTimeScreen #charts Vertical { height: 1fr; }
    TeamOverTimeScreen #nothing { margin-top: 1; color: $quiet; }
    TeamOverTimeScreen .title { height: 1; color: $quiet; text-style: bold; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def body(self) -> ComposeResult:
        """The figures, then the four charts."""
        yield Tiles(id="figures")
        yield Static(id="told", markup=False)
        yield Static(Content(_(NOTHING_YET)), id="nothing")
        with Quarters(id="charts"):
            for name in ("kept", "red", "temperature", "length"):
                with Vertical():
                    yield Static(id=f"{name}-title", classes="title", markup=False)
                    yield Chart(id=name)

    def work_out(self, past: Past) -> Show:
        """The weeks, and what is open."""
        every = weeks(past, self.time.today())
        shown = every if self.span is None else every[-self.span :]
        ends = open_ends(past.summaries)
        told = account(past, order(past, retired=True), shown[0].first if shown else None)
        return lambda: self._present(past, shown, ends, told)

    def _present(self, past: Past, shown: Sequence[Week], ends: OpenEnds, told: Account) -> None:
        self.show_bar(past.team.name, _("over time"), right=wording.span(By.WEEK, self.span))
        self.query_one(Tiles).show(_tiles(shown, ends))
        self.put("told", Content("\n").join(_told(shown, told)))
        held = any(week.huddles for week in shown)
        self.query_one("#charts").display, self.query_one("#nothing").display = held, past.complete and not held
        box = next((week.time_box for week in reversed(shown) if week.time_box), None)
        minutes = clock(box) if box else "–"
        self._draw("kept", _("Promises kept, % of what fell due"), map(kept_point, shown))
        self._draw("red", _("Red flags"), (week_point(week, Decimal(week.red)) for week in shown))
        self._draw("temperature", _("Temperature, 1 to 10"), (week_point(week, week.temperature) for week in shown))
        self._draw("length", _("Length in minutes, planned {minutes}").format(minutes=minutes), map(_length, shown))

    def _draw(self, name: str, title: str, drawn: Iterable[Point]) -> None:
        self.query_one(f"#{name}-title", Static).update(Content(title), layout=False)
        points = list(drawn)
        decimals = 1 if any(point.actual and point.actual % 1 for point in points) else 0
        self.query_one(f"#{name}", Chart).show(points, lambda value: phrases.number(value, decimals))


def _length(week: Week) -> Point:
    if week.seconds is None or week.time_box is None:
        return week_point(week, None)
    return week_point(week, Decimal(week.seconds) / 60, Decimal(week.time_box) / 60)


def _told(shown: Sequence[Week], told: Account) -> list[Content]:
    """Why promises were missed and in whose hands that was; the best and the poorest week; whether they are easy."""
    lines = []
    if told.pile.total:
        reasons = [f"{count}× {_(REASONS[reason].words)}" for reason, count in told.pile.counts]
        if whose := hands(told.pile):
            lines.append(Content.styled(whose, "bold"))
        lines.append(Content.styled(" · ".join(reasons), "$quiet"))
    weeks = [week.kept for week in shown if week.kept.percent is not None]
    spread = ""
    if len(weeks) > 1:
        ends = (pick(weeks, key=lambda kept: Fraction(kept.kept, kept.due)) for pick in (min, max))
        low, high = (kept_of(kept, percent=False) for kept in ends)
        spread = _("Kept per week between {low} and {high}.").format(low=low, high=high)
    if parts := [part for part in (spread, others(told.team)) if part]:
        lines.append(Content.styled("   ".join(parts), "$quiet"))
    if told.team.easy and len(shown) <= TRAILING:
        text = _("{kept} of {n} promises were kept: are the promises easy?")
        lines.append(Content(text.format(kept=told.team.kept, n=told.team.due)))
    return lines


def _tiles(shown: Sequence[Week], ends: OpenEnds) -> list[Tile]:
    kept = sum((week.kept for week in shown), Tally())
    on_time = sum((week.actions for week in shown), Tally())
    held = [week for week in shown if week.seconds is not None]
    huddles = sum(week.huddles for week in held)
    every, brief = _("of {all}").format(all=on_time.due), _("of {all} actions on time").format(all=on_time.due)
    tiles = [
        kept_tile(kept, _("promises kept")),
        Tile(_("actions done on time"), phrases.number(Decimal(on_time.kept)), every, brief=brief),
    ]
    if huddles:
        mean = sum((week.seconds or 0.0) * week.huddles for week in held) / huddles
        tiles.append(Tile(_("length of a huddle"), clock(mean), brief=_("a huddle")))
    ages = Counter(min(aged.age, phrases.OLD) for aged in ends.stucks)
    parts = [f"{'●' * age}{'+' if age == phrases.OLD else ''} {ages[age]}" for age in sorted(ages)]
    style = BLOCKS[Status.YELLOW] if ages[phrases.OLD] else PLAIN
    tiles.append(Tile(_("stuck"), str(len(ends.stucks)), "  ".join(parts), style, _("stucks")))
    return tiles
