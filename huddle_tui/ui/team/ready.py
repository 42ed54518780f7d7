"""The end of the guided path: everything is there, and the first huddle is one Enter away."""

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain.coach import advise
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, ngettext
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import AtOnceScreen
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.look.text import pad
from huddle_tui.ui.places import PaceChart, RunHuddle, TeamOf
from huddle_tui.ui.team.wording import coached, promised

_MOST = 4
"""So many sentences of the coach; it is advice, and the huddle comes first."""


class ReadyStep(AtOnceScreen):
    """What was made, what the coach makes of it, and the first huddle."""

    AREA = "ready"
    LEADS_TO: ClassVar = {"team": TeamOf(), "chart": PaceChart()}
    ABOUT = N_(
        "Your team is there. {ready.begin} holds the first huddle; "
        "what the coach says can be put right before or after."
    )
    DEFAULT_CSS = """
    ReadyStep #big { margin: 1 0; color: $success; }
    ReadyStep #what { margin-bottom: 1; }
    ReadyStep #team { height: auto; max-height: 1fr; margin-bottom: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    ReadyStep #coach { color: $accent; }
    """

    def body(self) -> ComposeResult:
        """A word in block letters, what there is, the coach."""
        yield BigText(_("Ready"), id="big")
        yield Static(id="what")
        yield Static(id="team")
        yield Static(id="coach")

    def on_resize(self) -> None:
        """What was made, and of the advice what there is room for."""
        self.renew()

    def on_screen_resume(self) -> None:
        """Back from the team or the chart."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Shows the team as it is stored now."""
        team = self.book.team()
        self.show_bar(team.name)
        people = ngettext("{n} person", "{n} people", len(team.members)).format(n=len(team.members))
        count = sum(len(team.kpis_of(person.id)) for person in team.members)
        numbers = ngettext("{n} number", "{n} numbers", count).format(n=count)
        text = _("{people}, {numbers}. {ready.begin} holds your first huddle: everybody says their own numbers aloud.")
        self.query_one("#what", Static).update(Content(keyed(text, people=people, numbers=numbers)))
        self.query_one("#team", Static).update(_first_numbers(team, self.size.width // 3))
        said = advise(team)
        room = self.size.height - 14 - len(team.members)  # a sentence takes two lines, and one says how many follow
        shown = max(1, min(_MOST, (room - 1) // 2))
        coach = coached(said[:shown])
        if more := max(0, len(said) - shown):
            text = ngettext("And {n} more remark, under Team.", "And {n} more remarks, under Team.", more)
            coach = Content("\n").join([coach, Content.styled(text.format(n=more), "$quiet")])
        self.query_one("#coach", Static).update(coach)

    async def action_begin(self) -> None:
        """Home, and from there straight into the round."""
        await self.huddle_app.arrive(RunHuddle())


def _first_numbers(team: Team, room: int) -> Content:
    """What will be read out first: everybody, in at most `room` cells, with their most important number."""
    widest = min(room, max((cell_len(person.name) for person in team.members), default=0))
    lines = []
    for person in team.members:
        kpis = sorted(team.kpis_of(person.id), key=lambda kpi: not kpi.most_important)
        line = Content.styled(pad(person.name, widest), "bold $foreground")
        for kpi in kpis[:1]:
            star = ("★ " if kpi.most_important else "· ", "$accent")
            line = Content.assemble(line, "  ", star, kpi.name, ("  " + promised(kpi, team.locale), "$quiet"))
        if not kpis:
            line = Content.assemble(line, "  ", (_("reads out nothing yet"), "$warning"))
        more = len(kpis) - 1
        if more > 0:
            text = ngettext("and {n} more number", "and {n} more numbers", more).format(n=more)
            line = Content.assemble(line, ("  " + text, "$quiet"))
        lines.append(line)
    return Content("\n").join(lines)
