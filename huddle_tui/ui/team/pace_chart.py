"""The PACe chart, to be put on the wall: core processes in the customer's order, and who is accountable (METHOD 2)."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain import team_edits
from huddle_tui.domain.coach import KEY_NUMBERS, about_chart, about_process
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Process, Team, fold
from huddle_tui.i18n import _, ngettext
from huddle_tui.ui.actions import keyed
from huddle_tui.ui.base import calls
from huddle_tui.ui.places import EditProcess, Templates
from huddle_tui.ui.team.chain import Chain, ProcessCard
from huddle_tui.ui.team.editing import EditingScreen
from huddle_tui.ui.team.wording import coached


class PaceChartScreen(EditingScreen):
    """The chain of core processes."""

    AREA = "chart"
    LEADS_TO: ClassVar = {"add": EditProcess(), "template": Templates()}
    ABOUT = N_(
        "The core processes in the order in which a customer meets them, each with the one person who is accountable "
        "and its three key numbers. ● is read out by somebody, ○ by nobody yet."
    )
    DEFAULT_CSS = """
    PaceChartScreen #bar { margin-bottom: 1; }
    PaceChartScreen #coach { color: $accent; height: auto; max-height: 4; margin-top: 1; }
    PaceChartScreen.-short #coach { margin-top: 0; }
    PaceChartScreen.-short #bar { margin-bottom: 0; }
    PaceChartScreen #empty { margin: 2 0; }
    """

    def body(self) -> ComposeResult:
        """The poster, and what the coach says of the process at hand."""
        yield Static(id="empty")
        yield Chain(id="chain")
        yield Static(id="coach")

    def show_team(self) -> None:
        """The chain, and what the coach says."""
        team = self.team
        count = len(team.processes)
        told = ngettext("{n} core process", "{n} core processes", count).format(n=count)
        members = {p.id for p in team.members}
        holes = sum(p.accountable not in members for p in team.processes)
        holed = ngettext("⚑ {n} without anybody accountable", "⚑ {n} without anybody accountable", holes).format(
            n=holes
        )
        right = Content.styled(holed, "bold $error") if holes else ""
        self.show_bar(_("PACe chart"), f"{told} · {team.name}", right=right)
        empty = _("No core process yet. {chart.add} adds one, {chart.template} starts from a company like yours.")
        self.put("empty", "" if count else keyed(empty))
        self.listed.show([card(team, process) for process in team.processes])
        self._coached()
        self.refresh_bindings()

    def _coached(self) -> None:
        """The sentences about the process at hand, then those about the whole chart."""
        process = self._here()
        said = about_process(self.team, process) if process else []
        self.put("coach", coached(said + about_chart(self.team)))

    def _here(self) -> Process | None:
        return self.team.process(self.listed.key)

    def on_listed_moved(self) -> None:
        """Another process is at hand."""
        self._coached()

    async def on_listed_picked(self) -> None:
        """A click on the card at hand opens it."""
        await self.action_open()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a process there is nothing to open, move or remove."""
        if action in {"open", "earlier", "later", "remove"}:
            return bool(self.team.processes)
        return True

    # What can be done

    async def action_open(self) -> None:
        """The form of the process at hand."""
        process = self._here()
        if process is not None:
            await self.huddle_app.go(EditProcess(process))

    async def move(self, steps: int) -> None:
        """Moves the process at hand, in the customer's order."""
        if (process := self._here()) is not None:
            await self.edit_team(partial(team_edits.move_process, id=process.id, steps=steps))

    async def action_remove(self) -> None:
        """Takes the process off the chart."""
        if (process := self._here()) is not None:
            done = keyed(_("{name} is gone. {everywhere.undo} undoes."), name=process.name)
            await self.edit_team(partial(team_edits.remove_process, id=process.id), done)

    # The process at hand

    @property
    def listed(self) -> Chain:
        """The cards."""
        return self.query_one(Chain)

    action_left, action_right = calls("listed.sideways", -1), calls("listed.sideways", 1)


def card(team: Team, process: Process) -> ProcessCard:
    """A process as the poster shows it; of its key numbers the written ones first, then what is read out, ★ first."""
    members = {p.id: p for p in team.members}
    person = members.get(process.accountable or "")
    mine = sorted(
        (k for k in team.kpis if k.process == process.id and not k.retired_on), key=lambda k: not k.most_important
    )
    spoken = {fold(k.name) for k in mine if k.owner in members}
    names = {fold(name): name for name in (*process.key_numbers, *(k.name for k in mine))}
    name, role = (person.name, person.role) if person else ("", "")
    numbers = tuple((number, folded in spoken) for folded, number in names.items())[:KEY_NUMBERS]
    return ProcessCard(process.id, process.name, name, role, numbers, max(0, KEY_NUMBERS - len(names)))
