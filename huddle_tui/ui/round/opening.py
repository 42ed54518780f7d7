"""The opening of a round and its roll call: who is here, and what is still open from last time."""

from __future__ import annotations

from huddle_tui.activities.hosting import Hosting, OpenEnds
from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Turn, TurnState
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, locale, ngettext
from huddle_tui.ui.kit.people import Line, nothing_open
from huddle_tui.ui.shared import phrases

_LOOKS = {
    TurnState.WAITING: ("●", "$success"),
    TurnState.SPEAKING: ("◉", "bold $accent"),
    TurnState.DONE: ("✔", "$success"),
    TurnState.SKIPPED: ("◌", "$warning"),
    TurnState.ABSENT: ("○", "$quiet"),
}


def people_lines(hosting: Hosting) -> list[Line]:
    """Everybody in the order of this day, with what matters about their turn."""
    there = [t for t in hosting.round.huddle.turns if t.state is not TurnState.ABSENT]
    title = ngettext("{n} person is here", "{n} people are here", len(there)).format(n=len(there))
    return [Line("", title), *(_person(hosting, turn) for turn in hosting.round.huddle.turns)]


def _person(hosting: Hosting, turn: Turn) -> Line:
    glyph, style = _LOOKS[turn.state]
    states = {TurnState.ABSENT: _("away"), TurnState.SKIPPED: _("comes back later"), TurnState.DONE: _("has spoken")}
    notes = [states.get(turn.state, "")]
    if hosting.checked_in(turn) and turn.state is not TurnState.DONE:
        notes.append(_("checked in"))
    if turn.by_proxy:
        notes.append(_("by proxy"))
    return Line(
        turn.person,
        turn.name,
        glyph,
        style if turn.state is not TurnState.WAITING else "$foreground",
        " · ".join(note for note in notes if note),
    )


def open_lines(ends: OpenEnds, team: Team) -> list[Line]:
    """Open stucks with their age, oldest first, then open actions with who and when."""
    lines = []
    if ends.stucks:
        lines.append(Line("", _("Still stuck")))
    for stuck, age in ends.stucks:
        person = team.person(stuck.person)
        text = f"{person.name if person else stuck.name}: {stuck.text}"
        style = "$warning" if age >= 3 else "$foreground"
        lines.append(
            Line(OpenEnds.key(stuck.day, stuck.person, stuck=True), text, " ", style, phrases.rounds_open(age))
        )
    if ends.actions:
        lines.append(Line("", _("Open actions")))
    for day, action in ends.actions:
        by = dates.show_day(action.by, locale(), "ddd D MMM") if action.by else ""
        lines.append(
            Line(OpenEnds.key(day, action.id, stuck=False), f"{action.who}: {action.what}", "▸", "$foreground", by)
        )
    return lines or [nothing_open()]
