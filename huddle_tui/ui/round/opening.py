"""The opening of a round and its roll call: who is here, and what is still open from last time."""

from datetime import date

from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.checkin import Progress
from huddle_tui.domain.coach import too_many
from huddle_tui.domain.huddle import Turn, TurnState
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, ngettext, say
from huddle_tui.ui.kit.rows import Item
from huddle_tui.ui.shared import phrases

_LOOKS = {
    TurnState.WAITING: ("●", "$success"),
    TurnState.SPEAKING: ("◉", "bold $accent"),
    TurnState.DONE: ("✔", "$success"),
    TurnState.SKIPPED: ("◌", "$warning"),
    TurnState.ABSENT: ("○", "$quiet"),
}


def people_lines(hosting: Hosting) -> list[Item]:
    """Everybody in the order of this day, with what matters about their turn."""
    there = [t for t in hosting.round.huddle.turns if t.state is not TurnState.ABSENT]
    title = ngettext("{n} person is here", "{n} people are here", len(there)).format(n=len(there))
    lines = [Item(None, title), *(_person(hosting, turn) for turn in hosting.round.huddle.turns)]
    huddle = hosting.round.huddle
    tight = too_many(len(there), huddle.seconds_per_person, huddle.time_box)
    return [*lines, Item(None, say(tight), style="$warning")] if tight else lines


def _person(hosting: Hosting, turn: Turn) -> Item:
    glyph, style = _LOOKS[turn.state]
    states = {TurnState.ABSENT: _("away"), TurnState.SKIPPED: _("comes back later"), TurnState.DONE: _("has spoken")}
    notes = [states.get(turn.state, "")]
    if turn.state is not TurnState.DONE:
        notes.append(_checked_in(hosting.progress(turn)))
    if turn.by_proxy:
        notes.append(_("by proxy"))
    style = style if turn.state is not TurnState.WAITING else "$foreground"
    note = " · ".join(note for note in notes if note)
    return Item(turn.person, turn.name, glyph=glyph, style=style, note=note)


def _checked_in(progress: Progress) -> str:
    if progress.partly:
        text = ngettext("{answered} of {n} number in", "{answered} of {n} numbers in", progress.of)
        return text.format(answered=progress.answered, n=progress.of)
    return _("checked in") if progress.ready else ""


def open_lines(ends: OpenEnds | None, team: Team, today: date, *, narrow: bool = False) -> list[Item]:
    """Open stucks with their age, oldest first, then open actions with who and when; nothing until that was read.

    A stuck that is no longer news and an action whose day has passed stand out.
    """
    if ends is None:
        return []
    lines = []
    if ends.stucks:
        lines.append(Item(None, _("Still stuck")))
    for aged in ends.stucks:
        said, person = aged.said, team.person(aged.said.person)
        text = f"{person.name if person else said.name}: {said.text}"
        style = "$warning" if aged.age >= phrases.OLD else "$foreground"
        lines.append(Item(aged.end.key, text, glyph=" ", style=style, note=phrases.rounds_open(aged.age)))
    if ends.actions:
        lines.append(Item(None, _("Open actions")))
    for agreed in ends.actions:
        action = agreed.action
        text, style = f"{action.who}: {action.what}", "$warning" if action.late(today) else "$foreground"
        lines.append(Item(agreed.end.key, text, glyph="▸", style=style, note=phrases.due(action, today, brief=narrow)))
    return lines or [Item(None, _("Nothing is open from earlier huddles."), style="$quiet")]
