"""The form of a check-in: which numbers it asks for, what was understood, what it asks next (METHOD 5, 7 and 8).

Pure: `activities.checking_in` holds the draft and saves it, the screen and the plain dialogue show these rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from huddle_tui.domain import doubt, numbers
from huddle_tui.domain.history import Said
from huddle_tui.domain.huddle import Asking, CheckIn, Due, Entry, Huddle, Stage, Turn, TurnState
from huddle_tui.domain.judging import Status, Yardstick
from huddle_tui.domain.outlook import Outlook, as_told
from huddle_tui.domain.sentence import Sentence
from huddle_tui.domain.team import Kpi, Team
from huddle_tui.domain.turns import agenda, judged
from huddle_tui.domain.workdays import Calendar

_NOTHING: Mapping[str, Decimal] = {}


class FormRow(msgspec.Struct, frozen=True):
    """One number of the form."""

    kpi: Kpi
    """What is asked for."""
    day: date
    """The day it is about."""
    stick: Yardstick
    """What it will be held against, as the team stands now."""
    asked: bool
    """Whether it is due; a slow number that is not may still be given early."""
    entry: Entry
    """What was typed and committed so far."""
    understood: Decimal | None
    """The number in what was typed; None is not measured, nothing typed or no number."""
    status: Status | None
    """The status it will get; None while there is nothing to judge."""
    problem: Sentence | None
    """Why what was typed is no number."""
    doubt: Sentence | None = None
    """What is asked about the number that was typed before it counts."""

    @property
    def asks(self) -> tuple[Asking, ...]:
        """The fields of this row: a note beside what lags, the next promise after red (METHOD 7)."""
        status = self.status if self.entry.answered else None
        note = (Asking.NOTE,) if status and status.missed else ()
        return (Asking.NUMBER, *note, *((Asking.PROMISE,) if status is Status.RED else ()))

    @property
    def proposed(self) -> Decimal:
        """The next promise that is proposed: as it stood, or as committed to already."""
        return self.kpi.promise if self.entry.next_promise is None else self.entry.next_promise


class Question(msgspec.Struct, frozen=True):
    """One field of the form; Enter goes from each to the next."""

    kpi: str
    """The id of the KPI; empty for the stuck."""
    asking: Asking
    """What is typed in it."""


def form(
    team: Team, check_in: CheckIn, reported: Mapping[str, date], last: Mapping[str, Decimal] = _NOTHING
) -> tuple[FormRow, ...]:
    """The rows of a check-in: what the huddle will ask, ★ first, then the slow numbers that may be given early.

    `last` is what was said of each number last time, by which one that is far off is doubted.
    """
    team = team.as_of(check_in.huddle_day)
    asked = agenda(team, check_in.person, check_in.huddle_day, reported)
    due = {d.kpi for d in asked}
    day = team.reporting_day(check_in.huddle_day)
    early = tuple(Due(k.id, day) for k in team.kpis_of(check_in.person) if k.id not in due)
    rows = ((team.kpi(d.kpi), d.day, d in asked, check_in.entry(d.kpi)) for d in (*asked, *early))
    return tuple(
        _row(team, kpi, day, asked, entry, last.get(kpi.id)) for kpi, day, asked, entry in rows if kpi is not None
    )


def _row(team: Team, kpi: Kpi, day: date, asked: bool, entry: Entry, last: Decimal | None) -> FormRow:
    stick = team.yardstick(kpi, day)
    understood, problem, doubted = entry.actual, None, None
    known = entry.answered or bool(entry.typed.strip())
    if known and not entry.answered:
        try:
            understood = numbers.parse(entry.typed, team.locale, kpi.unit)
        except numbers.NotANumber as refused:
            known, problem = False, refused.sentence
        else:
            doubted = doubt.about_number(entry.typed, understood, team.locale, kpi.promise, last)
    status = stick.judge(understood) if known else None
    return FormRow(kpi, day, stick, asked, entry, understood, status, problem, doubted)


def ahead(row: FormRow, said: Sequence[Said], calendar: Calendar) -> Outlook | None:
    """Whether the running total that was given will be kept, before its owner promises anew (METHOD 13).

    `said` is what was said of that KPI before, oldest first.
    """
    if not row.entry.answered:
        return None
    return as_told(judged(row.kpi, row.day, row.entry.actual, row.stick), said, calendar)


def fields(rows: tuple[FormRow, ...]) -> tuple[Question, ...]:
    """The way that Enter goes through the form, to the stuck."""
    return (*(Question(row.kpi.id, asking) for row in rows for asking in row.asks), Question("", Asking.STUCK))


class Progress(msgspec.Struct, frozen=True):
    """How far a check-in is: "2 of 3 numbers in". The one rule for who has checked in, on every screen."""

    answered: int
    """How many of the numbers that will be asked were committed, *not measured* included."""
    of: int
    """How many will be asked."""
    closed: bool
    """Whether its last field was answered."""

    @property
    def ready(self) -> bool:
        """Whether this person has checked in: every number is in, or none is asked and the form was closed."""
        return self.answered >= self.of and (self.of > 0 or self.closed)

    @property
    def counts(self) -> bool:
        """Whether this person is among those who check in: who is asked no number is once the form was closed."""
        return self.of > 0 or self.closed

    @property
    def partly(self) -> bool:
        """Whether some numbers are in and some are not."""
        return 0 < self.answered < self.of


def progress(asked: Iterable[Due], check_in: CheckIn | None) -> Progress:
    """How far that check-in is with the numbers that will be asked; None is nothing typed at all."""
    asked = tuple(asked)
    if check_in is None:
        return Progress(0, len(asked), closed=False)
    return Progress(sum(check_in.entry(due.kpi).answered for due in asked), len(asked), check_in.closed)


def has_begun(turn: Turn | None) -> bool:
    """Whether that turn has begun, or took a check-in over: from then on numbers are corrected in the turn."""
    return turn is not None and (
        turn.state in {TurnState.SPEAKING, TurnState.DONE} or bool(turn.readings) or turn.hidden is not None
    )


def huddle_for(team: Team, today: date, todays: Huddle | None, person: str = "") -> date:
    """The huddle that a check-in made on `today` is for.

    Today's, until it has been held or that person's turn, where one is named, has begun; then the next one that is
    planned.
    """
    if todays is None:
        return today if team.meets_on(today) else team.next_huddle(today)
    held = todays.stage is Stage.ENDED or has_begun(todays.turn(person))
    return team.next_huddle(today) if held else today


def put(check_in: CheckIn, entry: Entry) -> CheckIn:
    """The check-in with that entry."""
    others = [e for e in check_in.entries if e.kpi != entry.kpi]
    place = next((n for n, e in enumerate(check_in.entries) if e.kpi == entry.kpi), len(others))
    kept = (entry,) if entry != Entry(entry.kpi) else ()
    return replace(check_in, entries=(*others[:place], *kept, *others[place:]))


def typed_in(entry: Entry, asking: Asking, typed: str) -> Entry:
    """The entry with that text in one of its fields; a changed number or promise is not committed any more."""
    if asking is Asking.NOTE:
        return replace(entry, note=typed)
    if asking is Asking.PROMISE:
        return entry if typed == entry.next_typed else replace(entry, next_typed=typed, next_promise=None)
    return entry if typed == entry.typed else replace(entry, typed=typed, answered=False, actual=None)


def is_blank(check_in: CheckIn) -> bool:
    """Whether there is nothing in it worth keeping."""
    return not (check_in.closed or check_in.stuck or any(e != Entry(e.kpi) for e in check_in.entries))


def merged(base: CheckIn, ours: CheckIn, theirs: CheckIn) -> CheckIn:
    """Ours and theirs, both made from `base`: number by number what was changed, ours where both did."""
    entries = []
    for kpi in dict.fromkeys(e.kpi for e in (*theirs.entries, *ours.entries)):
        mine = ours.entry(kpi)
        entries.append(mine if mine != base.entry(kpi) else theirs.entry(kpi))
    return replace(
        ours,
        entries=tuple(e for e in entries if e != Entry(e.kpi)),
        stuck=ours.stuck if ours.stuck != base.stuck else theirs.stuck,
        closed=ours.closed if ours.closed != base.closed else theirs.closed,
        by=theirs.by or ours.by,
    )


def half_typed(ours: CheckIn, settled: CheckIn) -> set[str]:
    """The KPIs of which something was typed since the last step; with an empty id where the stuck was."""
    known = (e.kpi for e in (*ours.entries, *settled.entries))
    half = {kpi for kpi in known if ours.entry(kpi) != settled.entry(kpi)}
    return half | {""} if ours.stuck != settled.stuck else half


def taken_in(base: CheckIn, ours: CheckIn, half: set[str], theirs: CheckIn) -> CheckIn:
    """As `merged`, but of what is half typed theirs where it is new, with the plan that is typed beside it."""
    found = merged(base, ours, theirs)
    for kpi in half - {""}:
        began, new = base.entry(kpi), theirs.entry(kpi)
        if new != began:
            found = put(found, replace(new, note=ours.entry(kpi).note) if new.note == began.note else new)
    return replace(found, stuck=theirs.stuck) if "" in half and theirs.stuck != base.stuck else found


def overtaken(base: CheckIn, ours: CheckIn, theirs: CheckIn) -> dict[Question, tuple[str, str]]:
    """Where theirs has typed something since `base` and ours has something else: ours and theirs."""
    before, mine, there = map(_texts, (base, ours, theirs))
    changed = (field for field in before.keys() | there.keys() if there.get(field, "") != before.get(field, ""))
    return {f: (mine[f], there.get(f, "")) for f in changed if mine.get(f) and mine[f] != there.get(f, "")}


def _texts(check_in: CheckIn) -> dict[Question, str]:
    """What was typed in each field; a number that was not measured is a dash."""
    found = {Question("", Asking.STUCK): check_in.stuck}
    for e in check_in.entries:
        found[Question(e.kpi, Asking.NUMBER)] = e.typed or ("–" if e.answered else "")
        found |= {Question(e.kpi, Asking.NOTE): e.note, Question(e.kpi, Asking.PROMISE): e.next_typed}
    return found


def merged_days(base: Iterable[CheckIn], ours: Iterable[CheckIn], theirs: Iterable[CheckIn]) -> list[CheckIn]:
    """One person's check-ins day by day: theirs, with what ours changed since `base`; ours where both did."""
    before, mine, there = ({check_in.huddle_day: check_in for check_in in side} for side in (base, ours, theirs))
    for day in {**before, **mine}:
        began, new, old = before.get(day), mine.get(day), there.get(day)
        if new is None and began is not None:
            there.pop(day, None)
        elif new is not None and new != began:
            there[day] = new if old is None else merged(began or CheckIn(new.person, day), new, old)
    return list(there.values())
