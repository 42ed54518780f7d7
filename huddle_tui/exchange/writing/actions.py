"""Actions: who does what by when, and whether it was done (METHOD 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Action, Huddle
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.team import Team
from huddle_tui.domain.text import clean
from huddle_tui.exchange.writing import spreadsheet
from huddle_tui.exchange.writing.jsons import array, corrections, day
from huddle_tui.exchange.writing.markdown import inline
from huddle_tui.i18n import _

COLUMNS: Final = (N_("date"), N_("who"), N_("what"), N_("by"), N_("done"), N_("done_on"))
"""The columns of the CSV; the names are those of the JSON export."""


def document(action: Action) -> dict[str, Any]:
    """An action as every JSON export has it."""
    found = {
        "who": clean(action.who),
        "what": clean(action.what),
        "by": day(action.by),
        "done": action.done_on is not None,
    }
    return found | ({"corrections": corrections(action.corrections)} if action.corrections else {})


def as_json(huddles: Iterable[Huddle], _team: Team) -> Iterator[str]:
    """One flat array, oldest first, with the day of the huddle and the day it was done."""
    return array(
        {"date": day(huddle.day), **document(action), "done_on": day(action.done_on)}
        for huddle in huddles
        for action in huddle.actions
    )


def as_csv(huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """A row per action."""
    yield from spreadsheet.rows([[_(name) for name in COLUMNS]], team.locale)
    for huddle in huddles:
        yield from spreadsheet.rows(
            (
                [huddle.day, a.who, a.what, a.by, spreadsheet.yes_no(a.done_on is not None), a.done_on]
                for a in huddle.actions
            ),
            team.locale,
        )


def as_markdown(huddles: Iterable[Huddle], team: Team) -> Iterator[str]:
    """A task list per huddle in which something was agreed."""
    for huddle in huddles:
        if huddle.actions:
            yield f"## {dates.show_day(huddle.day, team.locale)}\n\n"
            yield from (task(action, team.locale) for action in huddle.actions)
            yield "\n"


def task(action: Action, locale: str) -> str:
    """One line of a task list."""
    agreed = _("**{who}**: {what}") if action.by is None else _("**{who}**: {what}, by {day}")
    by = dates.show_day(action.by, locale, "dddd D MMMM") if action.by else ""
    return (
        f"- [{'x' if action.done_on else ' '}] "
        + agreed.format(who=inline(action.who), what=inline(action.what), day=by)
        + "\n"
    )
