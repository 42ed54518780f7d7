"""Where a person can go: values that say so, and no more. What stands there is made in `doors`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from huddle_tui.activities.hosting import Hosting
    from huddle_tui.domain.huddle import Huddle
    from huddle_tui.domain.quarter import Quarter
    from huddle_tui.domain.team import Kpi, Person, Process, Team
    from huddle_tui.ui.actions import UserAction


class Place(msgspec.Struct, frozen=True):
    """Somewhere in the program."""


class Home(Place, frozen=True):
    """Where everything starts."""


class Welcome(Place, frozen=True):
    """There is no book yet."""


class Links(Place, frozen=True):
    """The personal links to the browser pages, one after another."""

    person: str = ""
    """The id of whose alone; empty is everybody's, served from this program."""


class Help(Place, frozen=True):
    """What a screen is for, and its keys."""

    known: tuple[UserAction, ...]
    """What the screen can do, area by area."""
    about: str
    """What it is for (marked with `N_`)."""


# The huddle


class RunHuddle(Place, frozen=True):
    """The round of a day; its recap when it was held; a choice where another program runs it."""

    day: date | None = None
    """Its day; None is today."""
    reopened: bool = False
    """Whether it goes on though it was closed."""


class RunningHuddle(Place, frozen=True):
    """The round of a huddle that was claimed, or is only watched."""

    hosting: Hosting
    """What runs it."""
    watching: bool = False
    """Whether another program runs it and this one only shows it."""


class TakenHuddle(Place, frozen=True):
    """Another program runs the huddle: watch or take over."""

    hosting: Hosting
    """What would run it here."""


class RecapOf(Place, frozen=True):
    """What a huddle came to."""

    huddle: Huddle
    """The huddle, closed."""
    team: Team
    """The team as it was then."""


# The check-in


class MyCheckIn(Place, frozen=True):
    """The check-in of who is named, of who is remembered, or the question who it is."""

    name: str | None = None
    """Who types, as a command named them."""
    for_name: str | None = None
    """Whose numbers they are, where somebody else types them."""


class CheckInOf(Place, frozen=True):
    """One person's check-in."""

    person: str
    """The id of whose numbers they are."""
    by: str
    """The id of who types them."""


class WhoAmI(Place, frozen=True):
    """The question who it is."""

    for_name: str | None = None
    """Whose check-in follows, where somebody else types it."""


# Looking back


class PastHuddles(Place, frozen=True):
    """All huddles."""

    finding: bool = False
    """Whether the find field is open at once."""


class HuddleOf(Place, frozen=True):
    """One huddle."""

    day: date
    """Its day."""
    kpi: str = ""
    """The number that the cursor goes to."""


class HistoryOf(Place, frozen=True):
    """A number over time."""

    kpi: str
    """Its id."""


class PersonOf(Place, frozen=True):
    """A person's numbers, time and open ends."""

    person: str
    """Their id."""


class TeamScorecard(Place, frozen=True):
    """Every number over the last huddles."""


class OverTime(Place, frozen=True):
    """The team over the weeks."""


class QuarterReview(Place, frozen=True):
    """Every number once, and what is decided of it."""

    quarter: Quarter | None = None
    """Which quarter; None is the one at hand."""


class StillOpen(Place, frozen=True):
    """What is still open, across all huddles."""


# The team


class TeamOf(Place, frozen=True):
    """People and their numbers."""


class EditPerson(Place, frozen=True):
    """Somebody's form."""

    opened: Person | None = None
    """Who it is; None is somebody new."""


class EditKpi(Place, frozen=True):
    """A number's form."""

    owner: str
    """The id of whose number it is."""
    opened: Kpi | None = None
    """Which one; None is a new one."""


class GoodNumbers(Place, frozen=True):
    """Good numbers to take one from."""

    take: Callable[[Kpi], None]
    """Called with the one that was taken."""
    process: str = ""
    """The name of the process they are for."""


class PaceChart(Place, frozen=True):
    """The core processes."""


class EditProcess(Place, frozen=True):
    """A process's form."""

    opened: Process | None = None
    """Which one; None is a new one."""


class Templates(Place, frozen=True):
    """Whole charts to start from."""


class TeamSettings(Place, frozen=True):
    """The team's settings."""


class ImportFile(Place, frozen=True):
    """A file, seen before it is taken over."""


class MakeTeam(Place, frozen=True):
    """The guided path, where it stopped."""


class NameTeam(Place, frozen=True):
    """Its first step: the team."""


class NamePeople(Place, frozen=True):
    """Its second step: the people."""


class NameNumbers(Place, frozen=True):
    """Its third step: one person's numbers."""

    person: Person
    """Whose."""


class Ready(Place, frozen=True):
    """Its end: the first huddle."""
