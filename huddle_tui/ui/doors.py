"""The one file that knows the screens: which one stands at a place, loaded when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, cast

from msgspec.structs import asdict
from textual.screen import ModalScreen

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.ui import places

if TYPE_CHECKING:
    from datetime import date

    from huddle_tui.ui.actions import Command
    from huddle_tui.ui.app import HuddleApp
    from huddle_tui.ui.base import HuddleScreen

SCREENS: dict[type[places.Place], str] = {
    places.Home: "home.home.HomeScreen",
    places.Welcome: "home.welcome.WelcomeScreen",
    places.Help: "home.help.HelpScreen",
    places.Links: "links.links.LinksScreen",
    places.RunningHuddle: "round.round.RoundScreen",
    places.TakenHuddle: "round.taken.TakenScreen",
    places.RecapOf: "round.recap.RecapScreen",
    places.CheckInOf: "checkin.check_in.CheckInScreen",
    places.WhoAmI: "checkin.who_am_i.WhoAmIScreen",
    places.PastHuddles: "past.past_huddles.PastHuddlesScreen",
    places.HuddleOf: "past.huddle_detail.HuddleDetailScreen",
    places.HistoryOf: "past.kpi_history.KpiHistoryScreen",
    places.PersonOf: "past.person.PersonScreen",
    places.TeamScorecard: "past.scorecard.ScorecardScreen",
    places.OverTime: "past.team_over_time.TeamOverTimeScreen",
    places.QuarterReview: "past.quarter.QuarterScreen",
    places.StillOpen: "past.open_ends.OpenEndsScreen",
    places.TeamOf: "team.team.TeamScreen",
    places.GoodNumbers: "team.library.KpiLibrary",
    places.PaceChart: "team.pace_chart.PaceChartScreen",
    places.Templates: "team.library.TemplatesScreen",
    places.Ready: "team.ready.ReadyStep",
    places.EditPerson: "team.person_form.PersonForm",
    places.EditKpi: "team.kpi_form.KpiForm",
    places.EditProcess: "team.process_form.ProcessForm",
    places.TeamSettings: "team.settings_form.SettingsForm",
    places.ImportFile: "team.import_preview.ImportScreen",
    places.NameTeam: "team.guide.TeamStep",
    places.NamePeople: "team.guide.PeopleStep",
    places.NameNumbers: "team.guide.NumbersStep",
}
"""The screen of each place, in a module of `huddle_tui.ui`; it is made of the fields of the place, by their names."""


def screen_of(place: places.Place, app: HuddleApp) -> HuddleScreen:
    """The screen of that place, new; three places are other ones, found when they are gone to.

    Raises HuddleError where there is no way in.
    """
    match place:
        case places.RunHuddle(day, reopened):
            place = _huddle(app, day, reopened=reopened)
        case places.MyCheckIn(name, for_name):
            place = _my_check_in(app, name, for_name)
        case places.MakeTeam():
            from huddle_tui.ui.team.guide import next_step

            place = next_step(app.setting_up)
    screen = screen_class(SCREENS[type(place)])(**asdict(place))
    screen.place = place
    return screen


def palette(commands: Sequence[Command], asked: str) -> ModalScreen[Command]:
    """Which of these should be done, to be found by name."""
    from huddle_tui.ui.home.palette import Palette

    return Palette(commands, asked)


def _huddle(app: HuddleApp, day: date | None, *, reopened: bool) -> places.Place:
    """The round, claimed; its recap when it has ended; a choice where another program runs it. Raises HuddleError."""
    from huddle_tui.activities.hosting import Hosting
    from huddle_tui.domain.huddle import Stage

    hosting = Hosting(app.book, app.time, day)
    if hosting.round.huddle.stage is Stage.ENDED and not reopened:
        return places.RecapOf(hosting.round.huddle, hosting.round.team)
    try:
        claimed = hosting.claim()
        if reopened and not claimed:
            raise HuddleError(N_("Another program runs this huddle now."))
        if reopened:
            hosting.reopen()
    except HuddleError:
        hosting.release()
        raise
    return places.RunningHuddle(hosting) if claimed else places.TakenHuddle(hosting)


def _my_check_in(app: HuddleApp, name: str | None, for_name: str | None) -> places.Place:
    """The check-in of who is named, of who is remembered, or the question who it is. Raises HuddleError.

    `for_name` is whose numbers they are where somebody else types them: by proxy, for ever.
    """
    from huddle_tui.activities.identity import named

    team = app.book.team()
    me = named(team, name) if name else app.identity.remembered(team)
    if me is None:
        return places.WhoAmI(for_name)
    if name and me != app.identity.remembered(team):
        try:
            app.identity.remember(me)
        except HuddleError as error:
            app.tell(error)
    whose = named(team, for_name) if for_name else me
    return places.CheckInOf(whose.id, me.id)


def screen_class(name: str) -> Callable[..., HuddleScreen]:
    """The class of that name, loaded."""
    module, _dot, kind = name.rpartition(".")
    return cast("Callable[..., HuddleScreen]", getattr(import_module(f"huddle_tui.ui.{module}"), kind))
