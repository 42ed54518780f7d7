"""What a scorecard says, on a screen and in an export: columns, periods, kept promises, what was promised.

Plain text: who writes a page of it escapes it.
"""

from datetime import date

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.numbers import show
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.scorecard import By, Scorecard, ScorecardRow
from huddle_tui.domain.workdays import week_number
from huddle_tui.i18n import _
from huddle_tui.words import amount, bound, computed, others, short, signal_words


def heading(by: By, column: date, locale: str) -> str:
    """A column of a table that is read: `20 Nov`, `week 47`, `Nov 2026`."""
    match by:
        case By.HUDDLE:
            return dates.show_day(column, locale, "D MMM")
        case By.WEEK:
            return _("week {n}").format(n=week_number(column)[1])
        case By.MONTH:
            return dates.show_day(column, locale, "MMM YYYY")


def exact_heading(by: By, column: date) -> str:
    """A column of a table that is computed with: `2026-11-20`, `2026-W47`, `2026-11`."""
    match by:
        case By.HUDDLE:
            return column.isoformat()
        case By.WEEK:
            year, week = week_number(column)
            return f"{year}-W{week:02}"
        case By.MONTH:
            return f"{column:%Y-%m}"


def period(card: Scorecard, locale: str) -> str:
    """What the columns are, and from when to when."""
    first = dates.show_day(card.columns[0], locale, "D MMMM YYYY")
    last = dates.show_day(card.columns[-1], locale, "D MMMM YYYY")
    text = {
        By.HUDDLE: _("Per huddle, from {first} to {last}."),
        By.WEEK: _("Per week, from that of {first} to that of {last}."),
        By.MONTH: _("Per month, from that of {first} to that of {last}."),
    }[card.by]
    return text.format(first=first, last=last)


def nobody() -> str:
    """What stands in place of a table in which there is no number, and what to do."""
    return _("Nobody in the team reads out a number now: `huddle team` is where people get theirs.")


def kept_of(tally: Tally, *, percent: bool = True) -> str:
    """`9 of 13`, with the percentage from six promises on; a dash where none fell due."""
    if not tally.due:
        return "–"
    if tally.percent is None or not percent:
        return _("{kept} of {judged}").format(kept=tally.kept, judged=tally.due)
    text = _("{kept} of {judged} ({percent}%)")
    return text.format(kept=tally.kept, judged=tally.due, percent=tally.percent)


def kept_fully(tally: Tally) -> str:
    """`9 of 13 (69%); 1 renegotiated, 1 not reported`: with what else there was (METHOD 9)."""
    return "; ".join(filter(None, (kept_of(tally), others(tally))))


def promise(row: ScorecardRow, locale: str) -> str:
    """`≥ € 12.500`, `≤ 2`."""
    return bound(row.kpi.direction, amount(row.kpi.promise, row.kpi.unit, locale, row.kpi.decimals))


def brief_promise(row: ScorecardRow, locale: str) -> str:
    """The same for a narrow column: `≥ 12,5k`, `≤ 2`."""
    return bound(row.kpi.direction, short(row.kpi.promise, locale, row.kpi.decimals))


def signal(row: ScorecardRow, locale: str) -> str:
    """What is new about a number in words; empty where nothing is."""
    return signal_words(row.signal, locale, row.kpi.decimals) if row.signal else ""


def value(reading: Reading, locale: str) -> str:
    """What was said; empty where it was not measured."""
    return "" if reading.actual is None else show(reading.actual, locale, reading.decimals)


def pace(reading: Reading, locale: str) -> str:
    """What it was held against: the promise, or its pace rounded one decimal finer."""
    if reading.pace == reading.promise:
        return show(reading.promise, locale, reading.decimals)
    return computed(reading.pace, locale, reading.decimals)
