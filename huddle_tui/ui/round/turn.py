"""The rows of a turn: what each number shows before, while and after it is said."""

from decimal import Decimal
from itertools import islice

from msgspec.structs import replace

from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain import dates
from huddle_tui.domain.behaviour import TRIAL
from huddle_tui.domain.history import Said
from huddle_tui.domain.huddle import Asking, Due, Reading, Turn
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.outcomes import whole
from huddle_tui.domain.outlook import as_told
from huddle_tui.domain.reasons import NOT_KNOWN, REASONS
from huddle_tui.domain.team import Kpi
from huddle_tui.domain.voice import measured, news, since_baseline
from huddle_tui.i18n import _, locale
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.board import BoardRow, RowState
from huddle_tui.words import amount, outlook_words, over


def rows(hosting: Hosting, turn: Turn, understood: Decimal | None, *, foreseen: bool = False) -> list[BoardRow]:
    """One row per number of that turn; `understood` is what is being typed for the one at hand.

    `foreseen` shows what was said as it will show when it is on disk.
    """
    shown = []
    for place, due in enumerate(turn.agenda):
        kpi = hosting.round.team.kpi(due.kpi)
        reading = turn.reading(due.kpi)
        if kpi is None and reading is None:
            continue
        hand = place == turn.at and turn.asking is not Asking.STUCK
        if reading is not None:
            row = _said(hosting, turn, reading, hand, on_disk=foreseen or hosting.is_said(turn.person, reading))
            if hand and understood is not None:
                row = replace(
                    row, state=RowState.AHEAD, status=None, value=phrases.number(understood, reading.decimals)
                )
        else:
            assert kpi is not None
            row = _unsaid(hosting, turn, due, kpi, hand, understood if hand else None)
        shown.append(row)
    return shown


def _said(hosting: Hosting, turn: Turn, reading: Reading, hand: bool, *, on_disk: bool) -> BoardRow:
    past = hosting.memory.trends.get(reading.kpi, ())
    last = next((r for r in reversed(past) if r.actual is not None), None)
    extra = _("last time {value}").format(value=phrases.actual(last)) if last else ""
    extra = ahead_of(hosting, reading) or extra
    return BoardRow(
        name=reading.name,
        promise=phrases.promised(reading.yardstick, reading.decimals, reading.unit),
        extra=extra if on_disk else "",
        brief=ahead_of(hosting, reading, brief=True) if on_disk else "",
        state=RowState.SAID if on_disk else RowState.SAVING,
        at_hand=hand,
        most_important=reading.most_important,
        value=phrases.actual(reading) if on_disk else "",
        unit=reading.unit,
        status=reading.status if on_disk else None,
        delta=phrases.distance(reading) if on_disk else "",
        marks=phrases.marks(reading),
        trend=(*(r.actual for r in past), reading.actual) if on_disk else (),
    )


def ahead_of(hosting: Hosting, reading: Reading, *, brief: bool = False) -> str:
    """Whether a running total under way will be kept (METHOD 13); empty of anything else."""
    found = as_told(reading, hosting.said_before(reading.kpi), hosting.round.team.calendar)
    return outlook_words(found, reading.direction, reading.decimals, brief=brief) if found else ""


def news_of(hosting: Hosting, turn: Turn) -> tuple[str, ...]:
    """One line beside a red flag: what is new about the number, or that nothing is; none while too little is known."""
    reading = turn.reading(turn.due.kpi) if turn.due else None
    team = hosting.round.team
    if reading is None or not whole(reading, team.calendar):
        return ()
    before = since_baseline(hosting.said_before(reading.kpi), team, reading.kpi)
    said = [*before, Said(hosting.day, turn.person, False, reading)]
    if len(list(islice(measured(said, team.calendar), TRIAL))) < TRIAL:
        return ()
    if found := news(said, team.calendar):
        return (phrases.news(found, reading.decimals),)
    return (_("within its usual range: change the process, not the person"),)


def _unsaid(hosting: Hosting, turn: Turn, due: Due, kpi: Kpi, hand: bool, understood: Decimal | None) -> BoardRow:
    covered = turn.covered(due.kpi) is not None
    about = ""
    if due.day != hosting.round.team.reporting_day(hosting.day) or hand:
        about = _("for {day}").format(day=over(kpi.period, due.day, hosting.round.team.calendar, locale()))
    return BoardRow(
        name=kpi.name,
        promise=phrases.promised(hosting.round.team.yardstick(kpi, due.day), kpi.decimals, kpi.unit),
        extra=about,
        state=RowState.COVERED if covered else RowState.AHEAD,
        at_hand=hand,
        most_important=kpi.most_important,
        value=phrases.number(understood, kpi.decimals) if understood is not None else "",
        unit=kpi.unit,
    )


def told(hosting: Hosting, turn: Turn) -> tuple[str, ...]:
    """What is known of the number at hand beside its flag: the plan and the reason from the check-in, what is ahead."""
    reading = turn.reading(turn.due.kpi) if turn.due else None
    if reading is None:
        return ()
    reason = reading.reason or (turn.hidden.entry(reading.kpi).reason if turn.hidden else None)
    why = _(REASONS[reason].words) if reason and reason != NOT_KNOWN else ""
    return tuple(text for text in (reading.note, why, ahead_of(hosting, reading)) if text)


def missed(hosting: Hosting, owed: Said) -> str:
    """The earlier miss that is asked about again: `Missed Fri 20 Nov, 3, promised 5: Signed deals`.

    A running total that had not fallen due was not missed yet: it was behind its pace (METHOD 9).
    """
    reading = owed.reading
    text = _("Was behind {day}, {actual}, {promised}: {kpi}")
    if whole(reading, hosting.round.team.calendar):
        text = _("Missed {day}, {actual}, {promised}: {kpi}")
    return text.format(
        day=dates.show_day(reading.day, locale(), "ddd D MMM"),
        kpi=reading.name,
        actual="–" if reading.actual is None else amount(reading.actual, reading.unit, locale(), reading.decimals),
        promised=phrases.promised(reading.yardstick, reading.decimals, reading.unit),
    )


def lowered(hosting: Hosting, turn: Turn) -> list[str]:
    """The promises of this person that were lowered since they last had a turn (METHOD 7): `▼ 8 → 6 …`.

    One of *at most* is lowered by a higher number: `▼ at most 0 → 1 …`.
    """
    texts = []
    for kpi in hosting.round.team.kpis_of(turn.person):
        before = _promise_before(hosting, turn, kpi)
        if before != kpi.promise and kpi.direction.reaches(before, kpi.promise):
            at_most = kpi.direction is Direction.AT_MOST
            text = _("▼ at most {old} → {new} {name}") if at_most else _("▼ {old} → {new} {name}")
            texts.append(
                text.format(
                    old=phrases.number(before, kpi.decimals),
                    new=phrases.number(kpi.promise, kpi.decimals),
                    name=kpi.name,
                )
            )
    return texts


def _promise_before(hosting: Hosting, turn: Turn, kpi: Kpi) -> Decimal:
    """What was promised of it when this person last had a turn, whether it was asked then or not."""
    if (spoke := hosting.memory.spoke.get(turn.person)) is None:
        return kpi.promise
    day, last = spoke
    if (reading := last.reading(kpi.id)) is not None:
        return reading.promise
    changes = hosting.round.team.promise_changes
    return next((c.old for c in changes if c.kpi == kpi.id and c.day >= day), kpi.promise)
