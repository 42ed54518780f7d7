"""The team as lines of a list: people with their numbers under them, what is gone at the end."""

from collections.abc import Mapping, Sequence
from datetime import date

from huddle_tui.domain import dates
from huddle_tui.domain.team import Kpi, Person, Team
from huddle_tui.i18n import _, locale
from huddle_tui.ui.kit.rows import Item
from huddle_tui.words import amount, bound


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
