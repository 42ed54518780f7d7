"""Home: today's huddle, who has checked in, and the ways in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.worker import get_current_worker

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle, Stage, TurnState
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Team
from huddle_tui.domain.turns import speaking_order
from huddle_tui.i18n import _, locale, ngettext, say
from huddle_tui.ui import actions, places
from huddle_tui.ui.base import ChoosingScreen, way_in
from huddle_tui.ui.disk import BookWatch
from huddle_tui.ui.kit.big import BigText
from huddle_tui.ui.kit.people import PeopleList
from huddle_tui.ui.kit.rows import Item
from huddle_tui.ui.kit.strip import TwoEnds
from huddle_tui.words import clock, partly

if TYPE_CHECKING:
    from huddle_tui.activities.standing import Checked
    from huddle_tui.domain.open_ends import OpenEnds
    from huddle_tui.domain.weeks import Week
    from huddle_tui.store.care.strays import ConflictCopy
    from huddle_tui.ui.home.last_time import Gathering, LastTime

_WAYS = (84, 98)
"""Cells for the ways in and who has checked in, where something stands beside them; more where there is more."""
_ROOMY = 30
"""From so many lines on there is room for large figures below the ways in."""
_MINUTE = 20.0
"""How often "in 12 minutes" is put right, seconds."""


class Known(msgspec.Struct, frozen=True):
    """What was read from the book."""

    team: Team = Team("")
    """The team as it is now."""
    today: Huddle | None = None
    """Today's huddle."""
    checked: Sequence[Checked] = ()
    """Who has checked in for the next huddle, in the order in which they will speak."""
    last: Huddle | None = None
    """The huddle that was held last."""
    left: Huddle | None = None
    """One before today that was not closed."""
    conflicts: tuple[ConflictCopy, ...] = ()
    """Copies that a sync tool left beside files."""
    ends: OpenEnds | None = None
    """What is open; None while it was not read, or where there is no room to show it."""
    weeks: tuple[Week, ...] = ()
    """The last weeks; the same."""


NOTHING_READ = Known()
"""Before that was."""


class HomeScreen(ChoosingScreen):
    """Where everything starts."""

    AREA = "home"
    LEADS_TO: ClassVar = {
        "make": places.MakeTeam(),
        "run": places.RunHuddle(),
        "checkin": places.MyCheckIn(),
        "scorecard": places.TeamScorecard(),
        "review": places.PastHuddles(),
        "team": places.TeamOf(),
        "browser": places.Links(),
        "open_ends": places.StillOpen(),
        "over_time": places.OverTime(),
    }
    ABOUT = N_("Today's huddle and the ways in: run it, check in before it, look back, or work on the team.")
    DEFAULT_CSS = """
    HomeScreen #headline { height: 4; margin: 1 0; }
    HomeScreen #next { margin-bottom: 1; }
    HomeScreen.-short #headline { margin: 0; }
    HomeScreen.-huge #headline { height: 8; }
    HomeScreen #middle { height: 1fr; }
    HomeScreen.-huge Tiles { height: 10; }
    """

    known = NOTHING_READ
    """What it shows."""
    _last_time: LastTime | None = None
    _gathering: Gathering | None = None
    _unfinished = False
    _offered = False
    _large = False

    def body(self) -> ComposeResult:
        """The day in block letters, then the ways in beside what is known of today."""
        yield BigText("", id="headline")
        yield TwoEnds(id="next")
        with Horizontal(id="middle"):
            yield PeopleList(id="ways")

    def on_mount(self) -> None:
        """Shows the ways in at once; what is on disk follows from a thread."""
        self.listed.show(self._ways())
        self.renew()
        self.set_interval(_MINUTE, self.renew)
        BookWatch(self, self._load).start()

    def on_screen_resume(self) -> None:
        """Whatever was done elsewhere shows when home is back in front; the frame does not wait for it."""
        self.call_after_refresh(self._load)

    def _load(self) -> None:
        self._large = self.large
        self.work(self._read, self._show_read, group="home", newest=True)

    def _read(self) -> Known:
        """In a thread: what home shows at any size."""
        from huddle_tui.activities.on_disk import unfinished
        from huddle_tui.activities.standing import progress
        from huddle_tui.domain.checkin import huddle_for

        team, day = self.book.team(), self.time.today()
        today = self.book.huddle(day)
        days = self.book.days()
        held = self.book.huddles(d for d in reversed(days) if d < day or (d == day and _ended(today)))
        last = next((huddle for huddle in held if huddle.stage is not Stage.OPENING), None)
        begun = last is not None or (today is not None and today.stage is not Stage.OPENING)
        self._unfinished = not begun and self._half_way()
        left = next(iter(unfinished(self.book, day)), None)
        coming = huddle_for(team, day, today)
        order = [person.id for person in speaking_order(team, coming)]
        checked = sorted(progress(self.book, team, coming), key=lambda one: order.index(one.person.id))
        return Known(team, today, checked, last, left, tuple(self.book.conflicts()))

    def _show_read(self, known: Known) -> None:
        """Shows that, and reads for a large screen what it has room for."""
        self._show(known)
        for notice in self.book.take_notices():
            self.notify(say(notice), severity="warning", markup=False, timeout=10)
        if known.last is not None and self.large:
            self.work(lambda: self._with_weeks(known), self._show, group="home", newest=True)

    def _with_weeks(self, known: Known) -> Known:
        """In a thread: with what is open and the last weeks, which takes a little longer."""
        from huddle_tui.domain.history import TRAILING
        from huddle_tui.domain.open_ends import open_ends
        from huddle_tui.domain.weeks import weeks

        day, worker = self.time.today(), get_current_worker()
        ends = open_ends(self.book.summaries())
        since = day - timedelta(weeks=TRAILING)
        past = self.huddle_app.looking.back_to(since, lambda: worker.is_cancelled)
        return replace(known, ends=ends, weeks=weeks(past, day)[-TRAILING:] if past else ())

    def _half_way(self) -> bool:
        """Whether the guided path was left before its end."""
        from huddle_tui.activities.setting_up import Missing

        return self.huddle_app.setting_up.missing() is not Missing.NOTHING

    def _show(self, known: Known) -> None:
        before = self.known
        if self.large and known.ends is None and before.team.name == known.team.name:
            known = replace(known, ends=before.ends, weeks=before.weeks)  # until they were read anew
        self.known = known
        self.renew()

    def renew(self) -> None:
        """Shows what is known now."""
        known, now = self.known, self.time.now()
        if known is NOTHING_READ or not self.lives or not self.query("#headline"):  # read before it was composed
            return
        team = known.team
        day = dates.show_day(self.time.today(), locale(), "dddd D MMMM YYYY")
        self.show_bar(team.name, day, right=Content.styled(now.strftime("%H:%M"), "bold $foreground"))
        self.query_one("#headline", BigText).text = team.name
        self.query_one("#next", TwoEnds).show(Content.styled(self._when(known, now), "$accent"))
        self.listed.show(self._ways(), self._of_today(known))
        if self._unfinished and not self._offered:  # a team that is half made is what Enter goes on with
            self.listed.go("make")
            self._offered = True
        self._show_last(known)
        self.refresh_bindings()

    def _show_last(self, known: Known) -> None:
        """What the last huddle came to, in figures that are read from afar; a short screen has a few words of it."""
        if known.last is None or not self.is_attached:  # the program may be on its way out
            return
        if self._last_time is None or self._gathering is None:
            from huddle_tui.ui.home.last_time import Gathering, LastTime  # the first frame does not wait for it

            self._last_time, self._gathering = LastTime(), Gathering()
            self.mount(self._last_time, after="#middle")
            self.query_one("#middle").mount(self._gathering)
        self._last_time.display = self.size.height >= _ROOMY
        self._gathering.display = self.large and known.ends is not None
        ways = self.listed
        ways.styles.width = "1fr" if not self._gathering.display else _WAYS[self.size.width >= 2 * _WAYS[True]]
        self._last_time.show(_day(known.last), known.last, known.weeks if self.large else ())
        if known.ends is not None:
            self._gathering.show((known.team, known.last, known.ends))

    def on_resize(self) -> None:
        """Another size has other room for what is known; only one that has become large has to read for it."""
        self.renew()
        if self.known is not NOTHING_READ and self.large != self._large:
            self._load()

    def _when(self, known: Known, now: datetime) -> str:
        """How long until the huddle, where the team has set its time."""
        team, today = known.team, known.today
        if _ended(today):
            return _("Today's huddle has been held.")
        if today is not None and today.stage is not Stage.OPENING:
            used = clock(today.watch.used)
            return _("Today's huddle has begun: {used} used. Enter goes on where it was.").format(used=used)
        if known.left is not None:
            day = dates.show_day(known.left.day, locale(), "dddd D MMMM")
            return _("The huddle of {day} is still open: complete or close it.").format(day=day)
        if not team.meets_on(now.date()):
            day = dates.show_day(team.next_huddle(now.date()), locale(), "dddd D MMMM")
            return _("No huddle is planned today; the next one is on {day}.").format(day=day)
        at = team.huddle_times.get(now.weekday())
        if at is None:
            return _("Set the huddle's time under Team: an odd one, such as 09:07, is kept.")
        start = dates.at(now.date(), at, team.timezone)
        minutes = int((start - now + timedelta(seconds=59)).total_seconds() // 60)
        if minutes > 60:
            return _("The huddle starts at {time}.").format(time=at.strftime("%H:%M"))
        if minutes > 0:
            text = ngettext(
                "The huddle starts at {time}, in {n} minute.", "The huddle starts at {time}, in {n} minutes.", minutes
            )
            return text.format(time=at.strftime("%H:%M"), n=minutes)
        return _("The huddle was to start at {time}.").format(time=at.strftime("%H:%M"))

    def named(self, action: actions.UserAction) -> actions.UserAction:
        """The way to today's huddle says what it leads to, in the key bar and the palette too."""
        today = self.known.today
        if action.id != "run" or today is None or today.stage is Stage.OPENING:
            return action
        if today.stage is Stage.ENDED:
            return replace(action, label=N_("See today's recap"), help=N_("What the huddle of today came to."))
        return replace(action, label=N_("Go on with the huddle"), help=N_("Where it was, with the time already used."))

    def _ways(self) -> list[Item]:
        lines = [Item(None, _("What do you want to do?"))]
        for action in actions.of("home"):
            if self.check_action(action.id, ()):
                line = way_in(self.named(action))
                lines.append(replace(line, note="") if action.id == "run" else line)
        return lines

    def _of_today(self, known: Known) -> list[Item]:
        """Who has spoken or checked in, and what the last huddle came to."""
        lines, today = [], known.today
        if today is None or today.stage is Stage.OPENING:
            checked = [(partly(one.person.name, one.progress), one.progress.ready) for one in known.checked]
            lines = self._who(_("{n} of {all} checked in"), checked)
        elif not _ended(today):
            there = [t for t in today.turns if t.state is not TurnState.ABSENT]
            lines = self._who(_("{n} of {all} have spoken"), [(t.name, t.state is TurnState.DONE) for t in there])
        if known.last is not None and self.size.height < _ROOMY:
            lines.append(Item(None, _("Last huddle")))
            last = summarise(known.last)
            text = _("{kept} of {judged} promises kept") if _ended(known.last) else _("{kept} of {judged} kept so far")
            kept = text.format(kept=last.kept, judged=last.due)
            flags = ngettext("{n} red flag", "{n} red flags", last.red).format(n=last.red)
            lines += [Item(None, told, style="$foreground") for told in (_day(known.last), kept)]
            lines.append(Item(None, flags, style="bold $error" if last.red else "$success"))
        return lines

    def _who(self, title: str, people: Sequence[tuple[str, bool]]) -> list[Item]:
        """How many are ready, and who is not, or everybody where there is room; nothing where there is nobody."""
        if not people:
            return []
        lines = [Item(None, title.format(n=sum(ready for _name, ready in people), all=len(people)))]
        waiting = ", ".join(name for name, ready in people if not ready)
        if self.size.height >= 20 + len(people):
            looks = {True: ("✔ ", "$success"), False: ("○ ", "$quiet")}
            lines += [Item(None, looks[ready][0] + name, style=looks[ready][1]) for name, ready in people]
        elif waiting:
            lines.append(Item(None, _("Not yet: {names}").format(names=waiting), style="$quiet"))
        return lines

    # Ways in

    def action_back(self) -> None:
        """Home is the last level: Escape stays; Ctrl+Q leaves."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The guided path is offered until a first huddle was held."""
        if action == "take_in":
            return bool(self.known.conflicts)
        if action in {"complete", "shut"}:
            return self.known.left is not None
        return action != "make" or self._unfinished

    def action_take_in(self) -> None:
        """Asks about each copy that a sync tool left beside a file, and takes in what it says."""
        self._ask_about(*self.known.conflicts)

    def _ask_about(self, *conflicts: ConflictCopy) -> None:
        """Asks about the first of them, and goes on with the others whatever was answered."""
        if not conflicts:
            return
        conflict, *others = conflicts

        def take_in() -> None:
            self.work(lambda: self._take_in(conflict), self._taken_in)
            self._ask_about(*others)

        text = _("{copy} is another version of {path}. Take in what it says? Where the two differ, that is told.")
        named = {"copy": conflict.copy.name, "path": conflict.path.name}
        later = partial(self._ask_about, *others)
        self.huddle_app.ask(text.format(**named), _("Take it in"), _("Not now"), take_in, later)

    def _take_in(self, conflict: ConflictCopy) -> None:
        from huddle_tui.activities import machine

        self.book.take_in(conflict, self.time.now(), machine.name())

    def _taken_in(self, _done: None) -> None:
        self.tell(_("Taken in; the copy is kept with what was put away."))
        if self.lives:
            self._load()

    def action_complete(self) -> None:
        """Goes on with the huddle that was not closed; why it cannot be run is said."""
        if self.known.left is not None:
            self.huddle_app.open(places.RunHuddle(self.known.left.day))

    def action_shut(self) -> None:
        """Closes it with the time of its last save."""
        from huddle_tui.activities.on_disk import close

        if self.known.left is not None:
            day = self.known.left.day
            self.known = replace(self.known, left=None)  # the same key again does not close it twice
            self.work(lambda: close(self.book, day, locale()), self._shut, failed=self._shut, group="shut")

    def _shut(self, told: Sentence | HuddleError | None) -> None:
        otherwise = _("Another program runs that huddle now, or has closed it already.")
        self.tell(told or otherwise, wrong=told is None)
        self._load()


def _ended(huddle: Huddle | None) -> bool:
    return huddle is not None and huddle.stage is Stage.ENDED


def _day(huddle: Huddle) -> str:
    """Its day, and that it was not closed where it was not."""
    day = dates.show_day(huddle.day, locale(), "dddd D MMMM")
    return day if _ended(huddle) else _("{day}, not closed").format(day=day)
