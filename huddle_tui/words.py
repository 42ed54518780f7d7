"""The words of the method in the language spoken now: statuses, directions, periods, axes, and promises as sentences.

A leaf like `i18n`: it knows the enums of the domain and nothing above it. An enum's value is its English word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Final

from huddle_tui.domain import dates, numbers
from huddle_tui.domain.behaviour import LOCKED, Assurance, Behaviour
from huddle_tui.domain.judging import Direction, Status, Yardstick
from huddle_tui.domain.reasons import REASONS, Hands, Pile
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.team import Decision, Kpi
from huddle_tui.domain.workdays import Calendar, Period, week_number
from huddle_tui.i18n import _, locale, ngettext

if TYPE_CHECKING:  # a first frame comes without them
    from huddle_tui.domain.checkin import Progress
    from huddle_tui.domain.huddle import Correction
    from huddle_tui.domain.outlook import Outlook
    from huddle_tui.domain.promises import Tally
    from huddle_tui.domain.quarter import Quarter
    from huddle_tui.domain.voice import News

WORDS: Final = (
    *(N_("at least"), N_("at most")),
    *(N_("day"), N_("week"), N_("month"), N_("quarter")),
    *(N_("snapshot"), N_("running total")),
    *(N_("leading"), N_("lagging"), N_("output"), N_("input"), N_("hard"), N_("soft")),
    *(N_("yesterday"), N_("today"), N_("rotating"), N_("listed"), N_("shuffled")),
    *(N_("waiting"), N_("speaking"), N_("skipped"), N_("absent"), N_("done")),
    *(N_("kept"), N_("renegotiated"), N_("missed"), N_("not reported")),
    *(N_("ours"), N_("theirs"), N_("outside"), N_("open")),
    *(N_("supergreen"), N_("green"), N_("yellow"), N_("red"), N_("too early"), N_("not measured")),
)
"""Every value of the enums of the method: directions, periods, axes, settings, turn states, outcomes, statuses."""

_STATUS: Final = {
    Status.SUPER_GREEN: N_("super green"),
    Status.GREEN: N_("green"),
    Status.YELLOW: N_("yellow"),
    Status.RED: N_("RED"),
    Status.TOO_EARLY: N_("too early"),
    Status.NOT_MEASURED: N_("not measured"),
}

_PROMISES: Final = {
    (Direction.AT_LEAST, Period.DAY): N_("At least {amount} a day: count on me"),
    (Direction.AT_LEAST, Period.WEEK): N_("At least {amount} a week: count on me"),
    (Direction.AT_LEAST, Period.MONTH): N_("At least {amount} a month: count on me"),
    (Direction.AT_LEAST, Period.QUARTER): N_("At least {amount} a quarter: count on me"),
    (Direction.AT_MOST, Period.DAY): N_("At most {amount} a day: count on me"),
    (Direction.AT_MOST, Period.WEEK): N_("At most {amount} a week: count on me"),
    (Direction.AT_MOST, Period.MONTH): N_("At most {amount} a month: count on me"),
    (Direction.AT_MOST, Period.QUARTER): N_("At most {amount} a quarter: count on me"),
}

SIGNALS: Final = (N_("outside"), N_("run"), N_("drift"))
"""The names of signals, as they stand on a chart."""

_SIGNALS: Final = {
    ("outside", True): N_("outside its limits, far above the mean of {mean}"),
    ("outside", False): N_("outside its limits, far below the mean of {mean}"),
    ("run", True): N_("eight in a row above the mean of {mean}"),
    ("run", False): N_("eight in a row below the mean of {mean}"),
    ("drift", True): N_("three of four far above the mean of {mean}"),
    ("drift", False): N_("three of four far below the mean of {mean}"),
}


def signal_words(found: News, locale: str, decimals: int) -> str:
    """What a signal says of a number (METHOD 12)."""
    return _(_SIGNALS[found.name, found.above]).format(mean=computed(found.mean, locale, decimals))


def word(value: Enum) -> str:
    """The word for a direction, period, axis, order, turn state or status, in running text."""
    return _(str(value.value))


def named(value: Enum) -> Sentence:
    """That word, to be translated where it is shown: as a value in another sentence."""
    return Sentence(str(value.value))


def status_word(status: Status) -> str:
    """The word that goes with a status and its glyph: a red flag shouts, the rest is calm (METHOD 6)."""
    return _(_STATUS[status])


def over(period: Period, day: date, calendar: Calendar, locale: str) -> str:
    """What a number about `day` is over (METHOD 5): Friday 20 November; week 47; week 48, up to Tuesday 24; Q4."""
    match period:
        case Period.DAY:
            return dates.show_day(day, locale, "dddd D MMMM")
        case Period.WEEK:
            week = _("week {n}").format(n=week_number(calendar.first(period, day))[1])
            if day >= calendar.last_workday(period, day):
                return week
            return _("{week}, up to {day}").format(week=week, day=dates.show_day(day, locale, "dddd D"))
        case Period.MONTH:
            return dates.show_day(day, locale, "MMMM")
        case Period.QUARTER:
            return _("Q{n}").format(n=(day.month + 2) // 3)


def partly(name: str, progress: Progress) -> str:
    """Who is half-way with a check-in, `Joris (2 of 3)`; anybody else by their name."""
    if not progress.partly:
        return name
    return _("{name} ({answered} of {asked})").format(name=name, answered=progress.answered, asked=progress.of)


def clock(seconds: float) -> str:
    """Seconds as people read a clock: `6:12`, `1:02:03`."""
    whole = int(seconds)
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{whole // 60}:{whole % 60:02}"


def written(value: Decimal, locale: str, decimals: int = 0) -> str:
    """A number as people read it, with a minus sign and not a hyphen where it is below 0."""
    return numbers.show(value, locale, decimals).replace("-", "−")


def amount(value: Decimal, unit: str, locale: str, decimals: int = 0) -> str:
    """A value with its unit as people write it: € 12.500, 85%, 8/10, 8 calls."""
    shown = written(value, locale, decimals)
    if unit in {"€", "$", "£"}:
        return f"{unit} {shown}" if locale == "nl" else f"{unit}{shown}".replace(f"{unit}−", f"−{unit}")
    if unit == "%" or unit.startswith("/"):
        return shown + unit
    return f"{shown} {unit}".rstrip()


def computed(value: Decimal, locale: str, decimals: int) -> str:
    """A computed number (a pace, a mean), rounded one decimal finer than the KPI is shown."""
    return written(numbers.computed(value, decimals), locale, decimals)


def short(value: Decimal, locale: str, decimals: int = 0) -> str:
    """A number for a narrow column: 172.500 is 172,5k. Only where that is exact: nothing is ever rounded."""
    full = written(value, locale, decimals)
    for least, zeros, letter in ((6, 6, "M"), (4, 3, "k")):
        if abs(value) >= 10**least and value == value.to_integral_value():
            brief = written(value.scaleb(-zeros), locale) + letter
            if len(brief) < len(full):
                return brief
    return full


def bound(direction: Direction, amount: str) -> str:
    """A promise in a few cells: `≥ 8`, `≤ € 2`."""
    return f"{'≤' if direction is Direction.AT_MOST else '≥'} {amount}"


def promised(stick: Yardstick, unit: str, locale: str, decimals: int = 0) -> str:
    """What was promised: `promised at least 8`, or what the pace asks of it by now."""
    at_most, promise = stick.direction is Direction.AT_MOST, amount(stick.promise, unit, locale, decimals)
    if stick.pace == stick.promise:
        text = _("promised at most {promise}") if at_most else _("promised at least {promise}")
        return text.format(promise=promise)
    pace = amount(numbers.computed(stick.pace, decimals), unit, locale, decimals)
    text = _("at pace at most {pace} of {promise}") if at_most else _("at pace at least {pace} of {promise}")
    return text.format(pace=pace, promise=promise)


def trail(corrections: Iterable[Correction], locale: str, decimals: int = 0) -> Iterator[str]:
    """What stood there before, who put it right and when, oldest first: `was 6, Bram on 24 Nov 2026` (METHOD 8)."""
    fields = {"note": _("plan"), "reason": _("reason"), "who": _("who"), "by": _("by when")}
    for one in corrections:
        was = one.was or "–"
        if one.field == "actual" and one.was is not None:
            was = written(Decimal(one.was), locale, decimals)
        elif one.field == "reason" and one.was is not None:
            was = _(REASONS[int(one.was)].words)
        elif one.field == "by" and one.was is not None:
            was = dates.show_day(date.fromisoformat(one.was), locale, "D MMM YYYY")
        text = _("was {was}, {who} on {day}: {why}") if one.why else _("was {was}, {who} on {day}")
        told = text.format(was=was, who=one.by, day=dates.show_day(one.at.date(), locale, "D MMM YYYY"), why=one.why)
        yield f"{fields[one.field]} {told}" if one.field in fields else told


def promise_sentence(kpi: Kpi, locale: str) -> str:
    """The promise read back as a whole sentence: "At least 8 complaints a day: count on me" (METHOD 1)."""
    promised = amount(kpi.promise, kpi.unit, locale, kpi.decimals)
    return _(_PROMISES[kpi.direction, kpi.period]).format(amount=promised)


_DECISIONS: Final = {
    Decision.RAISE: N_("raised"),
    Decision.MEND: N_("mended"),
    Decision.KEEP: N_("kept as it is"),
    Decision.DROP: N_("dropped"),
}


def decision_done(decision: Decision) -> str:
    """What was decided of a number in a quarter's review."""
    return _(_DECISIONS[decision])


def quarter_name(quarter: Quarter) -> str:
    """`Q4 2026`, in Dutch `kwartaal 4 van 2026`."""
    return _("Q{n} {year}").format(n=quarter.number, year=quarter.first.year)


def kept(tally: Tally) -> str:
    """`238 of 291 promises kept, 82%; 3 renegotiated, 41 missed, 9 not reported`."""
    text = ngettext("{kept} of {n} promise kept", "{kept} of {n} promises kept", tally.due)
    told = text.format(kept=tally.kept, n=tally.due) + ("" if tally.percent is None else f", {tally.percent}%")
    rest = others(tally, missed=True)
    return f"{told}; {rest}" if rest else told


def others(tally: Tally, *, missed: bool = False) -> str:
    """What else there was besides kept: `1 renegotiated, 1 not reported`; empty where there was nothing else."""
    counted = (
        (tally.renegotiated, _("{n} renegotiated")),
        (tally.missed if missed else 0, _("{n} missed")),
        (tally.not_reported, _("{n} not reported")),
    )
    return ", ".join(text.format(n=count) for count, text in counted if count)


def hands(pile: Pile) -> str:
    """`12 of 18 misses were in our own hands`; empty where of none a reason is known."""
    if pile.total == pile.in_hands(Hands.OPEN):
        return ""
    text = ngettext("{ours} of {n} miss was in our own hands", "{ours} of {n} misses were in our own hands", pile.total)
    return text.format(ours=pile.in_hands(Hands.OURS), n=pile.total)


_ASSURANCES: Final = {
    Assurance.WILL_KEEP: N_("will keep: the promise lies beyond the limit, on the easy side"),
    Assurance.HIT_AND_MISS: N_("hit and miss: between the limits; change the process, not the person"),
    Assurance.WILL_NOT: N_("won't without a change: the promise lies beyond the limit"),
}


def assurance_words(found: Assurance) -> str:
    """What the limits say about a promise (METHOD 12)."""
    return _(_ASSURANCES[found])


def limits_words(found: Behaviour, locale: str, decimals: int) -> str:
    """`natural limits 25.6 to 43.9`, on trial or locked; empty while there are too few values."""
    if found.upper is None:
        return ""
    text = _("natural limits {lower} to {upper}") if found.lower is not None else _("natural limit {upper}")
    lower = "" if found.lower is None else computed(found.lower, locale, decimals)
    told = text.format(lower=lower, upper=computed(found.upper, locale, decimals))
    if not found.trial:
        return told
    return _("{limits}, on trial: {n} of {enough} values").format(limits=told, n=found.baseline, enough=LOCKED)


def outlook_words(found: Outlook, direction: Direction, decimals: int, *, brief: bool = False) -> str:
    """Needed from now, days in hand and the chance, in one line (METHOD 13), rounded one decimal finer than the KPI."""

    show = partial(computed, locale=locale(), decimals=decimals)
    at_least = direction is Direction.AT_LEAST
    if found.needed <= 0 and at_least:
        parts = [_("the promise is reached")]
    elif found.needed < 0:
        parts = [_("over what was promised")]
    else:
        if brief:
            text = (
                _("{needed} a day needed, {done} so far") if at_least else _("room for {needed} a day, {done} so far")
            )
        elif at_least:
            text = _("{needed} a day needed from now, {done} a day so far")
        else:
            text = _("room for {needed} a day from now, {done} a day so far")
        parts = [text.format(needed=show(found.needed), done=show(found.done))]
    if found.in_hand is not None and found.needed > 0:
        days = abs(found.in_hand)
        parts.append(
            ngettext("{n} day behind", "{n} days behind", days).format(n=days)
            if found.in_hand < 0
            else ngettext("{n} day in hand", "{n} days in hand", days).format(n=days)
        )
    if found.chance is not None and 0 < found.chance < 10:
        text = _("{n} in 10") if brief else _("{n} in 10 that it will be kept")
        parts.append(text.format(n=found.chance))
    return " · ".join(parts)
