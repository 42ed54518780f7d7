"""What one huddle came to: short text for a chat or a mail, Markdown for minutes, a page to print (METHOD 8, closing).

As it was on the day: what is open is what was open then, with its age, and what was solved or done since is added with
its day. Nothing that is empty is in it.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html import escape
from typing import Final

import msgspec

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle, Turn, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.open_ends import AgedAction, AgedStuck, OpenEnds, open_ends
from huddle_tui.domain.promises import Outcome, Tally, outcomes
from huddle_tui.domain.summary import summarise
from huddle_tui.domain.team import Team
from huddle_tui.domain.text import clean_line
from huddle_tui.exchange.writing import markdown, pages, readings
from huddle_tui.exchange.writing.asked import Asked
from huddle_tui.i18n import _
from huddle_tui.words import clock, kept

BEFORE: Final = 92
"""Days before a huddle in which a promise may have stood that fell due in it: a quarter."""


class Recap(msgspec.Struct, frozen=True):
    """One huddle, and what it takes to tell what it came to."""

    huddle: Huddle
    """The huddle."""
    team: Team
    """The team as it is now."""
    became: Mapping[str, Outcome]
    """What became of the promises that fell due in it, by KPI."""
    ends: OpenEnds
    """What was open and what was closed on its day."""

    @property
    def there(self) -> tuple[Turn, ...]:
        """The turns of those who were there."""
        return tuple(turn for turn in self.huddle.turns if turn.state is not TurnState.ABSENT)


def of_one(write: Callable[[Recap], Iterator[str]]) -> Callable[[Asked], Iterator[str]]:
    """`write` of the huddle on the last day that was chosen, else of the newest; nothing where there is none.

    Those before it, back to `BEFORE` days, tell which promises were harder earlier.
    """

    def written(asked: Asked) -> Iterator[str]:
        held = deque(outcomes(asked.huddles, asked.team.calendar), maxlen=1)
        for huddle, became in held:
            if asked.last in {None, huddle.day}:
                ends = open_ends(tuple(asked.summaries) or (summarise(huddle),), huddle.day)
                yield from write(Recap(huddle, asked.team, became, ends))

    return written


def _safe(typed: str) -> str:
    return escape(clean_line(typed))


class _Writing(msgspec.Struct, frozen=True):
    """How one format writes what people typed."""

    words: Callable[[str], str]
    """Text, as the letters it is."""
    name: Callable[[str], str]
    """The name of somebody, so that it stands out."""
    opening: Callable[[str], str]
    """Text that a line begins with."""


_TEXT: Final = _Writing(clean_line, clean_line, clean_line)
_MARKDOWN: Final = _Writing(markdown.inline, lambda name: f"**{markdown.inline(name)}**", markdown.opening)
_HTML: Final = _Writing(_safe, lambda name: f"<b>{_safe(name)}</b>", _safe)


# What is told, a line each


def _figures(told: Recap) -> Iterator[str]:
    return figures(told.huddle, Tally.of(told.became.values()))


def figures(huddle: Huddle, tally: Tally) -> Iterator[str]:
    """What it came to: promises kept, time, temperature, who was away, and whether it was closed."""
    if tally.due:
        yield kept(tally)
    if huddle.started_at is not None:
        used, box = int(huddle.watch.used), huddle.time_box
        text = _("Time: {used} of {box}, {over} over") if used > box else _("Time: {used} of {box}")
        yield text.format(used=clock(used), box=clock(box), over=clock(used - box))
    if huddle.temperature is not None:
        yield _("Temperature: {temperature} of 10").format(temperature=huddle.temperature)
    if away := [turn.name for turn in huddle.turns if turn.state is TurnState.ABSENT]:
        yield _("Away: {names}").format(names=", ".join(map(clean_line, away)))
    if huddle.ended_at is None:
        yield _("This huddle has not been closed yet.")


def _flags(told: Recap, look: _Writing) -> Iterator[str]:
    locale = told.team.locale
    for turn in told.there:
        for reading in turn.readings:
            if reading.status is not Status.RED:
                continue
            text = (
                _("{who}, {kpi}: {actual} where {promise} was promised")
                if reading.pace == reading.promise
                else _("{who}, {kpi}: {actual} at {promise}")
            )
            told_flag = text.format(
                who=look.name(turn.name),
                kpi=look.words(reading.name),
                actual=look.words(readings.plain(reading, reading.actual, locale)),
                promise=look.words(readings.promised(reading, locale)),
            )
            yield " · ".join([told_flag, *map(look.words, readings.remarks(reading, locale))])


def _stuck(aged: AgedStuck, on: date, locale: str) -> str:
    parts = [clean_line(aged.said.text)]
    if aged.age > 1:
        parts.append(_("round {n}").format(n=aged.age))
    if aged.said.stuck.solved_on is not None and aged.said.stuck.solved_on > on:
        parts.append(_("solved on {day}").format(day=_day(aged.said.stuck.solved_on, locale)))
    return " · ".join(parts)


def _action(aged: AgedAction, on: date, locale: str) -> str:
    action = aged.action
    parts = [clean_line(action.what)]
    if action.by is not None:
        due = _("was due {day}") if action.late(on) else _("by {day}")
        parts.append(due.format(day=_day(action.by, locale)))
    if aged.day < on:
        parts.append(_("agreed on {day}").format(day=dates.show_day(aged.day, locale, "D MMMM")))
    if action.done_on is not None and action.done_on > on:
        parts.append(_("done on {day}").format(day=_day(action.done_on, locale)))
    return " · ".join(parts)


def ends_told(ends: OpenEnds, on: date, locale: str) -> tuple[list[tuple[str, str]], ...]:
    """Stucks, those that were solved, actions, those that were done, as they were on that day: whose each is, and what
    it says: how old it is, by when, whether it was closed since.
    """
    return (
        *([(one.said.name, _stuck(one, on, locale)) for one in stucks] for stucks in (ends.stucks, ends.solved)),
        *([(one.action.who, _action(one, on, locale)) for one in actions] for actions in (ends.actions, ends.done)),
    )


def _offline(told: Recap) -> Iterator[str]:
    for subject in told.huddle.offline:
        text = _("{what} ({who})") if subject.who else "{what}"
        yield text.format(what=clean_line(subject.what), who=clean_line(subject.who))


def _day(day: date, locale: str) -> str:
    return dates.show_day(day, locale, "dddd D MMMM")


# Text for a chat


def as_text(told: Recap) -> Iterator[str]:
    """At most a line for each flag, stuck and action; what each line is stands in it."""
    huddle = told.huddle
    day = dates.show_day(huddle.day, told.team.locale)
    yield _("Huddle of {team}, {day}").format(team=clean_line(huddle.team), day=day) + "\n"
    first, *others = [*_figures(told), ""]
    yield f"{first}\n" if first else ""
    yield from (f"{Status.RED.glyph} {flag}\n" for flag in _flags(told, _TEXT))
    templates = (
        _("● {name} is stuck: {text}"),
        _("✔ {name}, solved: {text}"),
        _("▸ {name}: {text}"),
        _("✔ {name}, done: {text}"),
    )
    for template, ends in zip(templates, ends_told(told.ends, huddle.day, told.team.locale), strict=True):
        yield from (template.format(name=clean_line(name), text=text) + "\n" for name, text in ends)
    yield from (_("○ Taken offline: {text}").format(text=text) + "\n" for text in _offline(told))
    yield from (f"{line}\n" for line in others if line)


# Markdown for minutes


def as_markdown(told: Recap) -> Iterator[str]:
    """A heading for each kind of thing, and every number that was said."""
    huddle, locale = told.huddle, told.team.locale
    yield "# " + _("Huddle of {day}").format(day=dates.show_day(huddle.day, locale)) + "\n\n"
    yield f"**{markdown.inline(huddle.team)}**\n\n"
    yield from (f"- {markdown.inline(line)}\n" for line in _figures(told))
    for title, lines in _sections(told, _MARKDOWN):
        yield f"\n## {title}\n\n"
        yield from (f"- {line}\n" for line in lines)
    rows = list(readings.table(huddle, locale))
    if rows:
        yield f"\n## {_('Numbers')}\n\n"
        yield from rows


def _sections(told: Recap, look: _Writing) -> Iterator[tuple[str, list[str]]]:
    """Titles with what stands under them; nothing that is empty."""

    def lines(ends: list[tuple[str, str]], box: str = "") -> list[str]:
        return [f"{box}{look.name(name)}: {look.words(text)}" for name, text in ends]

    checked, open_box = ("☑ ", "☐ ") if look is _HTML else ("[x] ", "[ ] ")
    stucks, solved, actions, done = ends_told(told.ends, told.huddle.day, told.team.locale)
    found = (
        (_("Red flags"), [f"{Status.RED.glyph} {flag}" for flag in _flags(told, look)]),
        (_("Stuck"), lines(stucks)),
        (_("Solved"), lines(solved)),
        (_("Actions"), lines(actions, open_box) + lines(done, checked)),
        (_("Taken offline"), [look.opening(line) for line in _offline(told)]),
    )
    return ((title, under) for title, under in found if under)


# A page to print or mail


def as_html(told: Recap) -> Iterator[str]:
    """One page that needs nothing else; everything of the Markdown is on it."""
    from markupsafe import Markup

    huddle, locale = told.huddle, told.team.locale
    title = _("Huddle of {team}, {day}").format(team=huddle.team, day=dates.show_day(huddle.day, locale))
    return pages.page(
        "recap", title, huddle=huddle, locale=locale, figures=_figures(told), ABSENT=TurnState.ABSENT,
        sections=[(heading, map(Markup, lines)) for heading, lines in _sections(told, _HTML)],
        plain=readings.plain, promised=readings.promised, remarks=readings.remarks,
    )  # fmt: skip
