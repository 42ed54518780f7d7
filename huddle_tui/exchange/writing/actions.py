"""Actions: who does what by when, and whether it was done (METHOD 7)."""

from collections.abc import Iterator
from typing import Any, Final

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Action
from huddle_tui.domain.sentence import N_
from huddle_tui.domain.text import clean
from huddle_tui.exchange.writing import spreadsheet
from huddle_tui.exchange.writing.asked import Asked
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


def as_json(asked: Asked) -> Iterator[str]:
    """One flat array, oldest first, with the day of the huddle and the day it was done."""
    return array(
        {"date": day(huddle.day), **document(action), "done_on": day(action.done_on)}
        for huddle in asked.huddles
        for action in huddle.actions
    )


def as_csv(asked: Asked) -> Iterator[str]:
    """A row per action."""
    rows = (
        [huddle.day, a.who, a.what, a.by, spreadsheet.yes_no(a.done_on is not None), a.done_on]
        for huddle in asked.huddles
        for a in huddle.actions
    )
    return spreadsheet.table(COLUMNS, rows, asked.team.locale)


def as_markdown(asked: Asked) -> Iterator[str]:
    """A task list per huddle in which something was agreed."""
    for huddle in asked.huddles:
        if huddle.actions:
            yield f"## {dates.show_day(huddle.day, asked.team.locale)}\n\n"
            yield from (_task(action, asked.team.locale) for action in huddle.actions)
            yield "\n"


def _task(action: Action, locale: str) -> str:
    agreed = _("**{who}**: {what}") if action.by is None else _("**{who}**: {what}, by {day}")
    by = dates.show_day(action.by, locale, "dddd D MMMM") if action.by else ""
    told = agreed.format(who=inline(action.who), what=inline(action.what), day=by)
    return f"- [{'x' if action.done_on else ' '}] {told}\n"
