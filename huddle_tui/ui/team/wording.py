"""How a team is written: its people and numbers as lines of a list, and a promise explained in ranges (METHOD 6)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from textual.content import Content

from huddle_tui.domain import dates
from huddle_tui.domain.coach import Advice
from huddle_tui.domain.judging import Direction, Status, yardstick
from huddle_tui.domain.numbers import computed
from huddle_tui.domain.team import Counting, Kpi, Person, Team
from huddle_tui.i18n import _, locale, say
from huddle_tui.ui.kit.rows import Item
from huddle_tui.ui.shared.status import COLOURS
from huddle_tui.words import amount, bound, status_word, word


def people_lines(team: Team, today: date, advice: Mapping[str, int], *, gone: bool) -> list[Item]:
    """A line per member (`person/<id>`) and per number (`kpi/<id>`); with `gone`, who left and what was retired.

    `advice` is per member how many sentences the coach has.
    """
    items = []
    for person in team.members:
        said = advice.get(person.id, 0)
        right = [_("away")] if person.away_on(today) else []
        right += [f"›{said}"] if said else []
        items.append(Item(f"person/{person.id}", person.name, " ".join(right), style="bold"))
        items += _numbers(team, team.kpis_of(person.id))
    if gone:
        items += [Item(None), Item(None, _("No longer here"))]
        for person in team.people:
            items += _gone(team, person)
    return items


def _gone(team: Team, person: Person) -> list[Item]:
    """Somebody who left with all their numbers, or the retired ones of a member."""
    retired = [k for k in team.kpis if k.owner == person.id and k.retired_on is not None]
    if person.left_on is not None:
        gone = Item(f"person/{person.id}", person.name, style="$quiet")
        return [gone, *_numbers(team, [*team.kpis_of(person.id), *retired], "$quiet")]
    return [Item(None, person.name, style="$quiet"), *_numbers(team, retired, "$quiet")] if retired else []


def _numbers(team: Team, kpis: Sequence[Kpi], style: str = "") -> list[Item]:
    return [
        Item(f"kpi/{k.id}", k.name, promised(k, team.locale), "★" if k.most_important else "·", style, 1) for k in kpis
    ]


def promised(kpi: Kpi, locale: str) -> str:
    """The promise in a few cells: ≥ 8, ≤ € 2."""
    return bound(kpi.direction, amount(kpi.promise, kpi.unit, locale, kpi.decimals))


def role_line(person: Person) -> str:
    """The role title, and when they are away or since when they are gone."""
    parts = [person.role] if person.role else []
    if person.left_on is not None:
        parts.append(_("left on {day}").format(day=_day(person.left_on)))
    elif person.away_from is not None and person.away_to is not None:
        text = _("away from {first} to {last}")
        parts.append(text.format(first=_day(person.away_from), last=_day(person.away_to)))
    elif person.away_from is not None:
        parts.append(_("away from {first} until further notice").format(first=_day(person.away_from)))
    return " · ".join(parts)


def _day(day: date) -> str:
    return dates.show_day(day, locale(), "D MMM YYYY")


_CHANGES = 4
"""So many promises before the one in force are told."""


def ranges(kpi: Kpi, locale: str) -> list[tuple[Status, str]]:
    """Which actuals get which status, from best to worst; a status that no actual can get is left out."""
    stick = yardstick(kpi.direction, kpi.promise, kpi.red_edge, kpi.stretch)
    more = kpi.direction is Direction.AT_LEAST

    def put(text: str, **edges: Decimal) -> str:
        return text.format(**{name: amount(edge, kpi.unit, locale, kpi.decimals) for name, edge in edges.items()})

    or_better = _("{edge} or more") if more else _("{edge} or less")
    worse = _("less than {edge}") if more else _("more than {edge}")
    between = _("from {edge} to just under {green}") if more else _("from just over {green} to {edge}")
    found = []
    if stick.stretch is not None:
        found.append((Status.SUPER_GREEN, put(or_better, edge=stick.stretch)))
    if stick.stretch != stick.promise:
        found.append((Status.GREEN, put(or_better, edge=stick.promise)))
    if stick.red_edge != stick.promise:
        found.append((Status.YELLOW, put(between, edge=stick.red_edge, green=stick.promise)))
    found.append((Status.RED, put(worse, edge=stick.red_edge)))
    return found


def pace_sentence(kpi: Kpi, locale: str) -> str:
    """How a running total is held against its pace on the way; empty for a snapshot (METHOD 5)."""
    if kpi.counting is not Counting.RUNNING_TOTAL:
        return ""
    text = _("It adds up, so half-way through the period {half} is on pace; the first fifth gets no flag yet.")
    return text.format(half=amount(computed(kpi.promise / 2, kpi.decimals), kpi.unit, locale, kpi.decimals))


def colours(kpi: Kpi, locale: str, one_line: int = 0) -> Content:
    """A line per status; all in one line where that fits in `one_line` cells."""
    lines = [
        Content.assemble((f"{status.glyph} {status_word(status)}", COLOURS[status]), "  ", text)
        for status, text in ranges(kpi, locale)
    ]
    together = Content("   ").join(lines)
    if together.cell_length <= one_line:
        lines = [together]
    if pace := pace_sentence(kpi, locale):
        lines.append(Content.styled(pace, "$quiet"))
    return Content("\n").join(lines)


def facts(kpi: Kpi, team: Team) -> Content:
    """Its kinds, its process, how it is counted, and the promises before this one."""
    kinds = [word(kpi.timing), word(kpi.measures), _("slow") if kpi.period.slow else _("fast"), word(kpi.nature)]
    lines = [Content.styled(" · ".join(kinds), "$quiet")]
    process = team.process(kpi.process)
    if process is not None:
        lines.append(Content.styled(_("Steers: {process}").format(process=process.name), "$quiet"))
    if kpi.definition:
        lines.append(Content(kpi.definition))
    if before := history(kpi, team):
        lines += [Content(""), before]
    return Content("\n").join(lines)


def history(kpi: Kpi, team: Team) -> Content:
    """The last promises before this one, newest first: when, from what to what, by whom (METHOD 7)."""
    lines = []
    for change in reversed([c for c in team.promise_changes if c.kpi == kpi.id]):
        by = team.person(change.by)
        text = _("{mark} {old} → {new} on {day}, by {person}") if by else _("{mark} {old} → {new} on {day}")
        lines.append(
            text.format(
                mark="▲" if kpi.direction.reaches(change.new, change.old) else "▼",
                old=amount(change.old, kpi.unit, team.locale, kpi.decimals),
                new=amount(change.new, kpi.unit, team.locale, kpi.decimals),
                day=dates.show_day(change.day, team.locale, "D MMM YYYY"),
                person=by.name if by else "",
            )
        )
    return Content.styled("\n".join(lines[:_CHANGES]), "$quiet")


def coached(advice: list[Advice]) -> Content:
    """The coach's sentences, each marked as advice."""
    return Content("\n").join(Content.assemble(("› ", "bold"), say(each.sentence)) for each in advice)
