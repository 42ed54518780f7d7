"""Reading along: one's own numbers, past huddles, the scorecard. From what was said aloud alone."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from huddle_tui.domain import dates
from huddle_tui.domain.history import Past
from huddle_tui.domain.huddle import Action, Huddle, Stage, Stuck, TurnState
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.outcomes import tally_of
from huddle_tui.domain.scorecard import row, scorecard
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.exchange.writing import recap
from huddle_tui.exchange.writing.svg_chart import svg_chart
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.web.frame import Visitor, page
from huddle_tui.words import trail

_TABLE: Final = 13
"""Readings spelled out below it, and huddles on the scorecard."""
LISTED: Final = 50
"""Huddles on one page of the list."""


def numbers_page(past: Past, person: str, visitor: Visitor) -> bytes:
    """A person's own numbers over time."""
    title, kpis = _("The numbers of {name}").format(name=visitor.name), past.team.kpis_of(person)
    numbers = [(kpi, row(past, kpi.id), svg_chart(past, kpi.id, locale())) for kpi in kpis]
    return page("numbers", title, visitor, "numbers", numbers=numbers, TABLE=_TABLE)


def huddles_page(past: Past, visitor: Visitor, before: date | None) -> bytes:
    """The huddles, newest first, a page at a time."""
    found = [s for s in reversed(past.summaries) if before is None or s.day < before]
    older = found[LISTED - 1].day if len(found) > LISTED else None
    return page(
        "huddles", _("Huddles"), visitor, "huddles",
        summaries=found[:LISTED], older=older, red_flags=_red_flags, ENDED=Stage.ENDED,
    )  # fmt: skip


def _red_flags(summary: Summary) -> list[str]:
    """How many there were, where there were any."""
    n = summary.red
    return ["⚑ " + ngettext("{n} red flag", "{n} red flags", n).format(n=n)] if n else []


def huddle_page(huddle: Huddle, ends: OpenEnds, visitor: Visitor) -> bytes:
    """One huddle: what it came to, what everybody said, and what was open on its day from earlier ones."""
    title = _("Huddle of {day}").format(day=dates.show_day(huddle.day, locale(), "dddd D MMMM YYYY"))
    tally = tally_of(r for turn in huddle.turns if turn.state is not TurnState.ABSENT for r in turn.readings)
    offline = [(_("{what} ({who})") if o.who else "{what}").format(what=o.what, who=o.who) for o in huddle.offline]
    return page(
        "huddle", title, visitor, "huddles", up="../",
        huddle=huddle, figures=[*_red_flags(summarise(huddle)), *recap.figures(huddle, tally)], stuck_told=_stuck,
        sections=[(_("Actions"), list(map(_action, huddle.actions))), (_("Taken offline"), offline),
                  *_from_earlier(ends, huddle.day)],
        DONE=TurnState.DONE,
    )  # fmt: skip


def no_huddle_page(visitor: Visitor) -> bytes:
    """The page of a day without a huddle."""
    return page("huddle", _("No huddle was held on that day"), visitor, "huddles", up="../", huddle=None)


def _stuck(stuck: Stuck) -> str:
    parts = [stuck.text] + [_("round {n}").format(n=stuck.rounds)] * (stuck.rounds > 1)
    if stuck.solved_on is not None:
        parts.append(_("solved on {day}").format(day=dates.show_day(stuck.solved_on, locale(), "dddd D MMMM")))
    return " · ".join([*parts, *trail(stuck.corrections, locale())])


def _action(action: Action) -> str:
    told = _("{who}: {what}") if action.by is None else _("{who}: {what}, by {day}")
    day = dates.show_day(action.by, locale(), "D MMMM") if action.by else ""
    told = ("✔ " if action.done_on else "") + told.format(who=action.who, what=action.what, day=day)
    return " · ".join([told, *trail(action.corrections, locale())])


def _from_earlier(ends: OpenEnds, on: date) -> Iterator[tuple[str, list[str]]]:
    """What earlier huddles had left open on that day, with its age, and what of it was closed then (METHOD 8)."""
    stucks, solved, actions, done = recap.ends_told(ends.earlier(on), on, locale())
    yield _("Still open from earlier huddles"), [f"{who}: {what}" for who, what in stucks + actions]
    closed = [f"✔ {who}: {what}" for who, what in solved + done]
    yield _("From earlier huddles, and closed on this day"), closed


def scorecard_page(past: Past, visitor: Visitor) -> bytes:
    """A row per number grouped by person, a column per huddle; the newest stands in sight."""
    card = scorecard(past)
    return page("scorecard", _("Scorecard"), visitor, "scorecard", card=card, columns=card.columns[-_TABLE:])
