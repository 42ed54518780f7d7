"""What one huddle came to, as Markdown for minutes and mail (METHOD 8, closing)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huddle_tui.domain import dates
from huddle_tui.domain.huddle import Huddle, Reading
from huddle_tui.domain.judging import Status
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing.actions import task
from huddle_tui.exchange.writing.markdown import inline, opening
from huddle_tui.exchange.writing.readings import promised, shown, table
from huddle_tui.i18n import _


def recap(huddle: Huddle, team: Team) -> str:
    """Kept promises, red flags, open stucks, actions, offline, time, temperature, and every number that was said."""
    summary, locale = summarise(huddle), team.locale
    parts = [
        "# " + _("Huddle of {day}").format(day=dates.show_day(huddle.day, locale)) + "\n\n",
        f"**{inline(huddle.team)}**\n\n",
        *(f"- {line}\n" for line in _figures(huddle, summary)),
        *_section(_("Red flags"), _red_flags(huddle, locale)),
        *_section(_("Stuck"), (f"- **{inline(stuck.name)}**: {inline(stuck.text)}\n" for stuck in summary.open_stucks)),
        *_section(_("Actions"), (task(action, locale) for action in huddle.actions)),
        *_section(_("Taken offline"), _offline(huddle)),
        *_section(_("Numbers"), table(huddle, locale)),
    ]
    return "".join(parts)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading with what stands under it; nothing where there is nothing."""
    for place, line in enumerate(lines):
        if place == 0:
            yield f"\n## {title}\n\n"
        yield line


def _figures(huddle: Huddle, summary: Summary) -> Iterator[str]:
    yield _("Kept promises: {kept} of {judged}").format(kept=summary.kept, judged=summary.judged)
    yield _("Red flags: {count}").format(count=summary.red)
    used, box = int(summary.seconds), summary.time_box
    if used > box:
        yield _("Time: {used} of {box}, {over} over").format(used=clock(used), box=clock(box), over=clock(used - box))
    else:
        yield _("Time: {used} of {box}").format(used=clock(used), box=clock(box))
    if huddle.temperature is not None:
        yield _("Temperature: {temperature} of 10").format(temperature=huddle.temperature)
    if summary.present:
        yield _("Here: {names}").format(names=", ".join(map(inline, summary.present)))
    if summary.absent:
        yield _("Away: {names}").format(names=", ".join(map(inline, summary.absent)))
    if huddle.ended_at is None:
        yield _("This huddle has not been closed yet.")


def _red_flags(huddle: Huddle, locale: str) -> Iterator[str]:
    for turn in huddle.turns:
        for reading in turn.readings:
            if reading.status is Status.RED:
                told = _flag(reading)
                values = {
                    "actual": shown(reading, reading.actual, locale),
                    "promise": promised(reading, locale),
                    "next": shown(reading, reading.next_promise, locale),
                }
                flag = told.format(who=inline(turn.name), kpi=inline(reading.name), **values)
                yield f"- {reading.status.glyph} {flag}\n"


def _flag(reading: Reading) -> str:
    stick, next_one = reading.yardstick, reading.next_promise is not None
    if stick.pace != stick.promise:
        return (
            _("**{who}**, {kpi}: {actual} at {promise}; next promise {next}")
            if next_one
            else _("**{who}**, {kpi}: {actual} at {promise}")
        )
    return (
        _("**{who}**, {kpi}: {actual} where {promise} was promised; next promise {next}")
        if next_one
        else _("**{who}**, {kpi}: {actual} where {promise} was promised")
    )


def _offline(huddle: Huddle) -> Iterator[str]:
    for subject in huddle.offline:
        told = _("{what} ({who})") if subject.who else "{what}"
        yield "- " + told.format(what=opening(subject.what), who=inline(subject.who)) + "\n"


def clock(seconds: int) -> str:
    """Minutes and seconds: 8:12."""
    return f"{seconds // 60}:{seconds % 60:02}"
