"""The one file that knows the screens: it makes the one that stands at a place, loaded when first gone to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from huddle_tui.ui import places

if TYPE_CHECKING:
    from huddle_tui.ui.actions import Command
    from huddle_tui.ui.app import HuddleApp
    from huddle_tui.ui.base import HuddleScreen


def screen_of(place: places.Place, app: HuddleApp) -> HuddleScreen:
    """The screen of that place, new. Raises HuddleError where there is no way in."""
    screen = _made(place, app)
    screen.place = screen.place or place
    return screen


def question(text: str, yes: str, no: str) -> ModalScreen[bool]:
    """A question with two answers, the safe one in focus."""
    from huddle_tui.ui.kit.confirm import ConfirmScreen

    return ConfirmScreen(text, yes, no)


def line(text: str, proposal: str = "", *, empty: bool = False) -> ModalScreen[str | None]:
    """A question that one line answers."""
    from huddle_tui.ui.kit.ask_line import AskLineScreen

    return AskLineScreen(text, proposal, empty=empty)


def palette(commands: Sequence[Command], asked: str) -> ModalScreen[Command]:
    """Which of these should be done, to be found by name."""
    from huddle_tui.ui.home.palette import Palette

    return Palette(commands, asked)


def _made(place: places.Place, app: HuddleApp) -> HuddleScreen:
    match place:
        case places.Home():
            from huddle_tui.ui.home.home import HomeScreen

            return HomeScreen()
        case places.Welcome():
            from huddle_tui.ui.home.welcome import WelcomeScreen

            return WelcomeScreen()
        case places.Help(areas, about):
            from huddle_tui.ui.home.help import HelpScreen

            return HelpScreen(areas, about)
        case places.Links(person):
            from huddle_tui.ui.links.links import LinksScreen

            return LinksScreen(person)
    return _of_huddle(place, app) or _of_check_in(place, app) or _of_past(place) or _of_team(place, app)


def _of_huddle(place: places.Place, app: HuddleApp) -> HuddleScreen | None:
    match place:
        case places.TodaysHuddle():
            from huddle_tui.ui.round.way_in import todays_huddle

            return screen_of(todays_huddle(app.book, app.time), app)
        case places.RunningHuddle(hosting, watching):
            from huddle_tui.ui.round.round import RoundScreen

            return RoundScreen(hosting, watching=watching)
        case places.TakenHuddle(hosting):
            from huddle_tui.ui.round.taken import TakenScreen

            return TakenScreen(hosting)
        case places.RecapOf(huddle, team):
            from huddle_tui.ui.round.recap import RecapScreen

            return RecapScreen(huddle, team)
    return None


def _of_check_in(place: places.Place, app: HuddleApp) -> HuddleScreen | None:
    match place:
        case places.MyCheckIn(name, for_name):
            from huddle_tui.ui.checkin.way_in import check_in

            return screen_of(check_in(app, name, for_name), app)
        case places.CheckInOf(person, by):
            from huddle_tui.activities.checking_in import CheckingIn
            from huddle_tui.ui.checkin.check_in import CheckInScreen

            return CheckInScreen(CheckingIn(app.book, app.time, person, by))
        case places.WhoAmI(for_name):
            from huddle_tui.ui.checkin.who_am_i import WhoAmIScreen

            return WhoAmIScreen(for_name)
    return None


def _of_past(place: places.Place) -> HuddleScreen | None:
    match place:
        case places.PastHuddles(finding):
            from huddle_tui.ui.past.past_huddles import PastHuddlesScreen

            return PastHuddlesScreen(finding=finding)
        case places.HuddleOf(day, kpi):
            from huddle_tui.ui.past.huddle_detail import HuddleDetailScreen

            return HuddleDetailScreen(day, kpi)
        case places.HistoryOf(kpi):
            from huddle_tui.ui.past.kpi_history import KpiHistoryScreen

            return KpiHistoryScreen(kpi)
        case places.PersonOf(person):
            from huddle_tui.ui.past.person import PersonScreen

            return PersonScreen(person)
        case places.TeamScorecard():
            from huddle_tui.ui.past.scorecard import ScorecardScreen

            return ScorecardScreen()
        case places.OverTime():
            from huddle_tui.ui.past.team_over_time import TeamOverTimeScreen

            return TeamOverTimeScreen()
        case places.QuarterReview(quarter):
            from huddle_tui.ui.past.quarter import QuarterScreen

            return QuarterScreen(quarter)
        case places.StillOpen():
            from huddle_tui.ui.past.open_ends import OpenEndsScreen

            return OpenEndsScreen()
    return None


def _of_team(place: places.Place, app: HuddleApp) -> HuddleScreen:
    match place:
        case places.TeamOf():
            from huddle_tui.ui.team.team import TeamScreen

            return TeamScreen()
        case places.EditPerson(person):
            from huddle_tui.ui.team.person_form import PersonForm

            return PersonForm(app.setting_up, person)
        case places.EditKpi(owner, kpi):
            from huddle_tui.ui.team.kpi_form import KpiForm

            return KpiForm(app.setting_up, owner, kpi)
        case places.GoodNumbers(take, process):
            from huddle_tui.ui.team.kpi_library import KpiLibrary

            return KpiLibrary(take, process)
        case places.PaceChart():
            from huddle_tui.ui.team.pace_chart import PaceChartScreen

            return PaceChartScreen()
        case places.EditProcess(process):
            from huddle_tui.ui.team.process_form import ProcessForm

            return ProcessForm(app.setting_up, process)
        case places.Templates():
            from huddle_tui.ui.team.templates import TemplatesScreen

            return TemplatesScreen()
        case places.TeamSettings():
            from huddle_tui.ui.team.settings_form import SettingsForm

            return SettingsForm(app.setting_up)
        case places.ImportFile():
            from huddle_tui.ui.team.import_preview import ImportScreen

            return ImportScreen()
    return _of_guided_path(place, app)


def _of_guided_path(place: places.Place, app: HuddleApp) -> HuddleScreen:
    from huddle_tui.ui.team.guide import NumbersStep, PeopleStep, TeamStep, next_step

    match place:
        case places.MakeTeam():
            return screen_of(next_step(app.setting_up), app)
        case places.NameTeam():
            return TeamStep(app.setting_up)
        case places.NamePeople():
            return PeopleStep(app.setting_up)
        case places.NameNumbers(person):
            return NumbersStep(app.setting_up, person)
        case places.Ready():
            from huddle_tui.ui.team.ready import ReadyStep

            return ReadyStep()
    raise LookupError(place)
