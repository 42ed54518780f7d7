"""How the past is written: statuses in colour and without, kept promises, spans, days."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from huddle_tui.domain import dates, numbers
from huddle_tui.domain.history import Said
from huddle_tui.domain.huddle import Reading
from huddle_tui.domain.judging import Status, Yardstick
from huddle_tui.domain.promises import Tally
from huddle_tui.domain.reasons import REASONS
from huddle_tui.domain.scorecard import By, ScorecardRow
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.workdays import week_number
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.ui.kit.trend import spark
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.status import BLOCKS, COLOURS
from huddle_tui.words import bound, short, status_word, trail


def block(status: Status, plain: bool) -> str:
    """The style of a cell; without colour a red flag is reversed and a miss is bold."""
    if plain:
        return "bold reverse" if status is Status.RED else "bold" if status.missed else ""
    return BLOCKS[status]


def flag(status: Status) -> Content:
    """Glyph and word of a status."""
    return Content.styled(f"{status.glyph} {status_word(status)}", COLOURS[status])


def value(reading: Reading) -> str:
    """What was said, with its unit where that is short."""
    shown = phrases.actual(reading)
    return shown + reading.unit if reading.unit == "%" and reading.actual is not None else shown


def number_of(row: ScorecardRow, *beside: Content) -> Content:
    """Whose number it is, its ★ and its name: the title of a page that is about one number."""
    star = ("★ " if row.kpi.most_important else "", "$accent")
    return Content.assemble((row.owner, "bold $accent"), "  ", star, (row.kpi.name, "bold $foreground"), *beside)


def besides(reading: Reading) -> str:
    """What belongs to a reading: by proxy, what was corrected, why it was missed, the plan."""
    corrected = trail(reading.corrections, locale(), reading.decimals)
    return " · ".join(part for part in (phrases.marks(reading), *corrected, why(reading), reading.note) if part)


def why(reading: Reading) -> str:
    """Why a promise was missed; empty where it was not, or nobody was asked."""
    return _(REASONS[reading.reason].words) if reading.reason is not None else ""


def value_in(reading: Reading, cells: int) -> str:
    """What was said as it is written in full, or short where that is too wide: a number is never cut."""
    full = value(reading)
    return full if len(full) <= cells else short_value(reading)


def distance_in(reading: Reading, cells: int) -> str:
    """How far from the promise or pace, in full or short."""
    full = phrases.distance(reading)
    if len(full) <= cells or reading.actual is None:
        return full
    away = numbers.computed(abs(reading.actual - reading.pace), reading.decimals)
    return full[0] + short(away, locale(), reading.decimals)


def short_value(reading: Reading) -> str:
    """What was said, for a narrow column; empty where it was not measured."""
    if reading.actual is None:
        return ""
    return short(reading.actual, locale(), reading.decimals) + ("%" if reading.unit == "%" else "")


def kept_fully(tally: Tally) -> str:
    """`kept 9 of 13, 69%`; the percentage only where there is one."""
    if not tally.due:
        return _("nothing judged yet")
    if tally.percent is None:
        return _("kept {kept} of {judged}").format(kept=tally.kept, judged=tally.due)
    text = _("kept {kept} of {judged}, {percent}%")
    return text.format(kept=tally.kept, judged=tally.due, percent=tally.percent)


def streak(row: ScorecardRow) -> str:
    """How many were kept or missed in a row; empty where that is not worth a word."""
    if row.streak >= 2:
        return ngettext("{n} kept in a row", "{n} kept in a row", row.streak).format(n=row.streak)
    if row.misses >= 2:
        return ngettext("{n} missed in a row", "{n} missed in a row", row.misses).format(n=row.misses)
    return ""


def talking_point(row: ScorecardRow) -> str:
    """What there is to talk about; empty for most rows."""
    return _("talking point: {n} missed in a row").format(n=row.misses) if row.talking_point else ""


def signal(row: ScorecardRow) -> str:
    """What is new about a number in words; empty for most rows."""
    return phrases.news(row.signal, row.kpi.decimals) if row.signal else ""


def held_against(stick: Yardstick, decimals: int) -> str:
    """`≥ 8`, `≤ 2`, and of a running total its pace: `≥ 20 of 25`."""
    promise = short(stick.promise, locale(), decimals)
    if stick.pace == stick.promise:
        return bound(stick.direction, promise)
    pace = short(numbers.computed(stick.pace, decimals), locale(), decimals)
    return _("{pace} of {promise}").format(pace=bound(stick.direction, pace), promise=promise)


def span(by: By, count: int | None) -> str:
    """`last 13 huddles`, `all weeks`."""
    every, last = {
        By.HUDDLE: (N_("all huddles"), N_("last {n} huddles")),
        By.WEEK: (N_("all weeks"), N_("last {n} weeks")),
        By.MONTH: (N_("all months"), N_("last {n} months")),
    }[by]
    return _(every if count is None else last).format(n=count)


def heading(by: By, first: date) -> tuple[str, str]:
    """The two heading lines of a column: the month over the day or week, the year over the month."""
    if by is By.MONTH:
        return str(first.year), dates.show_day(first, locale(), "MMM")
    month = dates.show_day(first, locale(), "MMM YYYY")
    if by is By.WEEK:
        return month, _("wk {n}").format(n=week_number(first)[1])
    return month, dates.show_day(first, locale(), "dd D")


def day(first: date) -> str:
    """A day in the middle of a line: `Mon 23 Nov 2026`."""
    return dates.show_day(first, locale(), "ddd D MMM YYYY")


def trend(said: Sequence[Said], cells: int) -> str:
    """The last values small; a gap where it was not measured."""
    return spark([one.reading.actual for one in said[-cells:]], cells) if len(said) > 1 else ""
