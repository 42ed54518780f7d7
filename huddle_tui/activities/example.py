"""The example team and its year of huddles, laid out so that the last one was held on the working day before today.

The history file says what was said; how it is judged, what is asked next and what is remembered comes from the same
Round that hosts a real huddle. Days are counted, not dated, so any day can be today.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Final, NotRequired, TypedDict

from msgspec.structs import replace

from huddle_tui.activities import importing
from huddle_tui.activities.books import as_it_is
from huddle_tui.domain import dates, team_edits
from huddle_tui.domain.huddle import Action, Asking, CheckIn, Due, Entry, Huddle, Turn
from huddle_tui.domain.judging import Status
from huddle_tui.domain.numbers import show
from huddle_tui.domain.reasons import NOT_KNOWN
from huddle_tui.domain.round import Round
from huddle_tui.domain.stucks import solved
from huddle_tui.domain.team import Counting, Kpi, Team
from huddle_tui.domain.workdays import Period
from huddle_tui.store.port import Book

WARM_UP: Final = 5
"""Values of working days before those that the first huddle reports on, so that its running totals are whole."""
REASONS_GIVEN: Final = (NOT_KNOWN, 2, 3, 5, 2, 1, 8, 3, 2, 6)
"""Why promises were missed, one after another: two in three in the team's own hands, as METHOD 11 says it goes."""
LANGUAGES: Final = ("nl", "en")
"""In the order in which the texts stand in their file."""


class Day(TypedDict):
    """What happened in one huddle, besides the numbers."""

    talk: list[int]
    """Seconds per person who was there, in the order of the team."""
    close: int
    """Seconds for the closing."""
    late: int
    """Seconds after the team's time."""
    away: list[str]
    """Who was not there."""
    checked_in: list[str]
    """Who had checked in."""
    temperature: NotRequired[int]
    """The team's temperature."""
    unmeasured: NotRequired[list[str]]
    """Numbers that were not measured."""
    slips: NotRequired[dict[str, str]]
    """Numbers that were corrected, with what was said or checked in at first."""
    proxies: NotRequired[list[str]]
    """For whom somebody else spoke."""
    stucks: NotRequired[list[tuple[str, int, int]]]
    """Who was stuck, which text, and after how many huddles it was solved (0: still open)."""
    actions: NotRequired[list[tuple[str, int, int, int]]]
    """Who, which text, in how many working days, done after how many huddles (0: still open)."""
    offline: NotRequired[list[tuple[str, int]]]
    """In whose turn, which text."""


class History(TypedDict):
    """A year of huddles, oldest first; people and numbers go by short names."""

    people: list[str]
    """In the order of the team file."""
    kpis: list[str]
    """In the order of the team file."""
    numbers: dict[str, list[str]]
    """Per number its value per working day (per month where it is a monthly one); of a running total what that day
    added. The last one is for the huddle that is still to be held."""
    at_first: dict[str, str]
    """Promises at the beginning, where they are others than the team file says."""
    committed: list[tuple[int, str, str]]
    """In which huddle, of which number, the promise that followed a red flag."""
    raised: list[tuple[int, str, str]]
    """Before which huddle, of which number, the promise that its owner set."""
    days: list[Day]
    """The huddles."""
    today: Day
    """The huddle that is still to be held: who has checked in."""


def example_folder() -> Path:
    """Where the example's files are: in the installed package, else in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "example"
    return installed if installed.is_dir() else package.parent / "data" / "example"


def write_example(book: Book, language: str, today: date, weeks: int | None = None) -> None:
    """Writes the example team with its history into an empty `book`: the whole year, or the last `weeks` of it.

    `language` is nl or en. Today's huddle is not held yet, but some have checked in for it.
    """
    year = _Year(example_folder(), language, today, weeks)
    book.change_team(as_it_is(year.team))
    for huddle in year.hold():
        book.change_huddle(huddle.day, as_it_is(huddle))
    book.change_team(as_it_is(year.team))
    for check_in in year.check_ins():
        book.change_check_in(check_in.person, check_in.huddle_day, as_it_is(check_in))


class _Year:
    """The year being told: what was planned for each huddle, and the team as it is by then."""

    def __init__(self, folder: Path, language: str, today: date, weeks: int | None) -> None:
        self.history: History = json.loads((folder / "history.json").read_text("utf-8"))
        self.texts: Mapping[str, Mapping[str, list[list[str]]]] = tomllib.loads(
            (folder / "texts.toml").read_text("utf-8")
        )
        self.language = LANGUAGES.index(language)
        self.today = today
        planned = self.history["days"]
        self.first = max(0, len(planned) - 5 * weeks) if weeks is not None else 0
        """Which huddle of the history is the first that is held."""
        team = importing.plan(None, importing.read(folder / f"team.{language}.toml", None), today).team
        self.workdays = _before(team, today, len(planned) - self.first + WARM_UP + 1)
        """Every working day that a huddle reports on, and those of the warming up; the last is for today's."""
        self.held_on = self.workdays[WARM_UP + 1 :]
        self.place = {day: place for place, day in enumerate(self.workdays)}
        self.person = dict(zip(self.history["people"], (p.id for p in team.people), strict=True))
        self.slug = {id: slug for slug, id in self.person.items()}
        self.slug |= dict(zip((k.id for k in team.kpis), self.history["kpis"], strict=True))
        self._become(self._as_it_was(team))
        self.reported: dict[str, date] = {}
        self.misses: Counter[str] = Counter()
        self.asked_why = 0

    def _as_it_was(self, team: Team) -> Team:
        """The team at the first huddle that is held, with the promises of then."""
        then = dict(self.history["at_first"])
        for number, slug, promise in sorted((*self.history["committed"], *self.history["raised"])):
            if number < self.first:
                then[slug] = promise
        since = self.workdays[WARM_UP]
        return replace(
            team,
            kpis=tuple(
                replace(kpi, since=since, promise=Decimal(then.get(self.slug[kpi.id], kpi.promise)))
                for kpi in team.kpis
            ),
        )

    def _become(self, team: Team) -> None:
        self.team = team
        self.kpis = {kpi.id: kpi for kpi in team.kpis}

    def hold(self) -> Iterator[Huddle]:
        """Holds every huddle, oldest first; afterwards the team is as it is today."""
        for number, day in enumerate(self.held_on, start=self.first):
            for before, slug, promise in self.history["raised"]:
                if before == number:
                    kpi = next(kpi for kpi in self.team.kpis if self.slug[kpi.id] == slug)
                    wanted = replace(kpi, promise=Decimal(promise))
                    self._become(team_edits.change_kpi(self.team, wanted, day, kpi.owner))
            told = self.history["days"][number]
            round = self._told(Round.open(self.team, day, self.reported), told, number)
            self._become(self.team.with_promises(round.promises(), day))
            said = (r for r in round.huddle.readings if r.period.slow and r.actual is not None)
            self.reported |= {r.kpi: r.day for r in said}
            yield self._solved(round.huddle, told)

    # One huddle

    def _told(self, round: Round, told: Day, number: int) -> Round:
        """The whole round, from its opening to its end; time passes at the end of each turn."""
        for slug in told["away"]:
            round = round.absent(self.person[slug], 0.0)
        for slug in told["checked_in"]:
            turn = round.huddle.turn(self.person[slug])
            assert turn is not None
            round = round.cover(self._check_in(turn, round.huddle.day, told, number))
        here = [slug for slug in self.history["people"] if slug not in told["away"]]
        talk = dict(zip(here, told["talk"], strict=True))
        started, now = self._started(round.huddle.day, told["late"]), 0.0
        round = round.start(now, started)
        while turn := round.speaking:
            match turn.asking:
                case Asking.NUMBER:
                    round = self._number(round, turn, told, now)
                case Asking.NOTE:
                    round = round.note(self._note(turn), now, self._why())
                case Asking.REASON:
                    round = round.explain(self._why(), now)
                case Asking.PROMISE:
                    round = round.promise(self._next_promise(self._at_hand(turn), number), now)
                case Asking.STUCK:
                    now += talk[self.slug[turn.person]]
                    round = self._agreed(round, turn, told).stuck(self._stuck(turn.person, told), now)
        now += told["close"]
        return round.end(told.get("temperature"), now, started + timedelta(seconds=now))

    def _at_hand(self, turn: Turn) -> Kpi:
        """The KPI that the turn has come to."""
        return self.kpis[turn.agenda[turn.at].kpi]

    def _started(self, day: date, late: int) -> datetime:
        at = self.team.huddle_times[day.weekday()]
        morning = dates.at(day, at, self.team.timezone)
        return morning + timedelta(seconds=late)

    def _number(self, round: Round, turn: Turn, told: Day, now: float) -> Round:
        """Says or uncovers the number at hand; one that was said wrongly is corrected at once."""
        kpi, due = self._at_hand(turn), turn.agenda[turn.at]
        slug = self.slug[kpi.id]
        if self.slug[turn.person] in told.get("proxies", []) and not turn.by_proxy:
            round = round.proxy(turn.person, True)
        actual = self._actual(kpi, due, told)
        covered = turn.covered(kpi.id)
        if covered and covered.actual == actual:
            return round.uncover(now)
        if slug in told.get("slips", {}) and covered is None:
            round = round.say(Decimal(told["slips"][slug]), now).select(turn.at, now)
        return round.say(actual, now)

    def _actual(self, kpi: Kpi, due: Due, told: Day) -> Decimal | None:
        """What the owner reports for that day."""
        slug = self.slug[kpi.id]
        if slug in told.get("unmeasured", []):
            return None
        numbers = self.history["numbers"][slug]
        if kpi.period is Period.MONTH:
            return Decimal(numbers[-1 - (_month(self.workdays[-1]) - _month(due.day))])
        place, newest = self.place[due.day], len(self.workdays)
        if kpi.counting is Counting.SNAPSHOT:
            return Decimal(numbers[place - newest])
        first = kpi.period.first(due.day)
        so_far = takewhile(lambda p: self.workdays[p] >= first, range(place, -1, -1))
        return sum((Decimal(numbers[p - newest]) for p in so_far), Decimal(0))

    def _note(self, turn: Turn) -> str:
        """The plan that was checked in, else the next one of this number."""
        kpi = self._at_hand(turn)
        reading = turn.reading(kpi.id)
        return (reading.note if reading else "") or self._plan(kpi)

    def _why(self) -> int:
        """The reasons come back in turn; every tenth time nobody knows yet."""
        self.asked_why += 1
        return REASONS_GIVEN[self.asked_why % len(REASONS_GIVEN)]

    def _plan(self, kpi: Kpi) -> str:
        """The plans of a number come back in turn; every so often there is none."""
        slug = self.slug[kpi.id]
        plans = self.texts["plans"][slug]
        self.misses[slug] += 1
        place = self.misses[slug] % (len(plans) + 1)
        return plans[place][self.language] if place < len(plans) else ""

    def _next_promise(self, kpi: Kpi, number: int) -> Decimal:
        """What the owner commits to after a red flag: mostly the promise as it stands."""
        slug = self.slug[kpi.id]
        made = (promise for day, of, promise in self.history["committed"] if (day, of) == (number, slug))
        return Decimal(next(made, kpi.promise))

    def _stuck(self, person: str, told: Day) -> str:
        slug = self.slug[person]
        return next((self._text("stucks", who, text) for who, text, _ in told.get("stucks", []) if who == slug), "")

    def _agreed(self, round: Round, turn: Turn, told: Day) -> Round:
        """The actions and offline subjects of this turn."""
        slug, day = self.slug[turn.person], round.huddle.day
        for who, text, by, after in told.get("actions", []):
            if who == slug:
                until = day
                for _ in range(by):
                    until = self.team.calendar.after(until)
                id = str(len(round.huddle.actions) + 1)
                what = self._text("actions", who, text)
                round = round.agree(Action(id, turn.name, what, until, self._later(day, after)))
        for who, text in told.get("offline", []):
            if who == slug:
                round = round.take_offline(self._text("offline", who, text))
        return round

    def _solved(self, huddle: Huddle, told: Day) -> Huddle:
        """The huddle with its stucks marked solved on the day they were."""
        marked = {self.person[who]: self._later(huddle.day, after) for who, _, after in told.get("stucks", [])}
        if not marked:
            return huddle
        turns = (solved(t, marked[t.person]) if t.person in marked else t for t in huddle.turns)
        return replace(huddle, turns=tuple(turns))

    def _later(self, day: date, huddles: int) -> date | None:
        """The day of that many huddles later; None where that is not in the past."""
        place = self.place[day] + huddles
        return self.workdays[place] if huddles and place < len(self.workdays) else None

    def _text(self, kind: str, who: str, place: int) -> str:
        return self.texts[kind][who][place][self.language]

    # Check-ins

    def check_ins(self) -> list[CheckIn]:
        """Who has checked in for today's huddle; after `hold`."""
        told, number = self.history["today"], len(self.history["days"])
        turns = Round.open(self.team, self.today, self.reported).huddle.turns
        return [self._check_in(t, self.today, told, number) for t in turns if self.slug[t.person] in told["checked_in"]]

    def _check_in(self, turn: Turn, day: date, told: Day, number: int) -> CheckIn:
        entries = tuple(self._entry(due, told, number) for due in turn.agenda)
        return CheckIn(turn.person, day, entries, self._stuck(turn.person, told), by=turn.person, closed=True)

    def _entry(self, due: Due, told: Day, number: int) -> Entry:
        kpi = self.kpis[due.kpi]
        actual = self._actual(kpi, due, told)
        if actual is not None and (slip := told.get("slips", {}).get(self.slug[kpi.id])):
            actual = Decimal(slip)
        status = self.team.yardstick(kpi, due.day).judge(actual)
        locale = self.team.locale
        entry = Entry(kpi.id, "" if actual is None else show(actual, locale), answered=True, actual=actual)
        if status.missed:
            entry = replace(entry, note=self._plan(kpi))
        if status is Status.RED:
            promise = self._next_promise(kpi, number)
            entry = replace(entry, next_typed=show(promise, locale), next_promise=promise)
        return entry


def _before(team: Team, today: date, count: int) -> list[date]:
    """The last `count` working days before `today`, oldest first."""
    days = [today]
    while len(days) <= count:
        days.append(team.calendar.before(days[-1]))
    return days[:0:-1]


def _month(day: date) -> int:
    return day.year * 12 + day.month
