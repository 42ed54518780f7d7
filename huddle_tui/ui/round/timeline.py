"""What stands around the numbers of a round: the day, who is here and what is open, who is next, how the time goes."""

from datetime import date

from textual.content import Content

from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain import dates
from huddle_tui.domain.checkin import Progress
from huddle_tui.domain.coach import too_many
from huddle_tui.domain.huddle import Stage, Turn, TurnState
from huddle_tui.domain.open_ends import OpenEnds
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _, locale, ngettext, say
from huddle_tui.ui.kit.rows import Item
from huddle_tui.ui.kit.strip import titled
from huddle_tui.ui.round import turn as turn_view
from huddle_tui.ui.shared import phrases
from huddle_tui.words import clock


def headline(hosting: Hosting, turn: Turn | None, *, roll: bool) -> str:
    """What stands in block letters: who has the floor, or what is going on."""
    if hosting.round.paused and not roll:
        return _("Paused")
    if turn is not None and not roll:
        return turn.name
    if hosting.round.huddle.stage is Stage.OPENING:
        return dates.show_day(hosting.day, locale(), "dddd")
    return _("People") if roll else _("Round-up")


def bar(hosting: Hosting) -> tuple[Content, Content]:
    """Team and day; a dot for everybody, and how many have spoken."""
    huddle = hosting.round.huddle
    day = dates.show_day(huddle.day, locale(), "dddd D MMMM")
    team = titled(huddle.team, day)
    looks = _LOOKS | {
        TurnState.DONE: ("●", "$success"),
        TurnState.WAITING: ("○", "$quiet"),
        TurnState.ABSENT: ("·", "$quiet"),
    }
    space = " " if len(huddle.turns) <= 15 else ""
    dots = Content(space).join([Content.styled(*looks[t.state]) for t in huddle.turns])
    there = [t for t in huddle.turns if t.state is not TurnState.ABSENT]
    spoken = sum(t.state in {TurnState.DONE, TurnState.SPEAKING} for t in there)
    count = _("{spoken} of {all}").format(spoken=spoken, all=len(there))
    return team, Content.assemble(dots, "   ", (count, "bold $foreground"))


def coming(hosting: Hosting) -> Content:
    """Who comes next, or what matters more now."""
    round_, huddle, turn = hosting.round, hosting.round.huddle, hosting.round.speaking
    names = [t.name for t in round_.coming]
    lowered = turn_view.lowered(hosting, turn) if turn and not turn.readings else []
    if turn and round_.paused:
        return Content(_("{name} has the floor.").format(name=turn.name))
    if lowered:
        return Content.styled(_("Lowered: {promises}").format(promises=", ".join(lowered)), "bold $warning")
    if huddle.stage is Stage.OPENING:
        progress = (hosting.progress(turn) for turn in huddle.turns if turn.state is not TurnState.ABSENT)
        there = [far.ready for far in progress if far.counts]
        text = _("{checked_in} of {all} checked in") if there else ""
        return Content(text.format(checked_in=sum(there), all=len(there)))
    if names:
        rest = ", ".join(names[1:])
        text = _("Next: {next}, then {rest}") if rest else _("Next: {next}")
        return Content(text.format(next=names[0], rest=rest))
    return Content(_("Nobody is left.") if huddle.stage is Stage.TURNS else "")


def pace(hosting: Hosting, now: float) -> Content:
    """How the time goes."""
    huddle, gone, turn = hosting.round.huddle, hosting.round.pace(now), hosting.round.speaking
    box = _("{used} of {box}").format(used=clock(gone.used), box=clock(huddle.time_box))
    share = gone.used / huddle.time_box if huddle.time_box else 0.0
    hard, warn = share > phrases.HARD_SHARE, share > phrases.WARN_SHARE
    style = "bold $flag-fg on $flag-bg" if hard else "bold $warning" if warn else "bold $foreground"
    if huddle.stage is not Stage.TURNS:
        return Content.styled(box, style)
    words, warns = phrases.progress(gone, huddle.time_box, hosting.time.now(), hosting.round.team.timezone)
    over = turn is not None and turn.watch.elapsed(now) > huddle.seconds_per_person
    signal = Content.styled(_("time is up"), "bold $warning") if over else Content("")
    gap = "  " if over else ""
    return Content.assemble(signal, gap, (words, "$warning" if warns else ""), "  ", (box, style))


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
