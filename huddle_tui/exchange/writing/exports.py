"""The exports by name: what, and in which format. One module per kind of thing makes them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import msgspec

from huddle_tui.domain.history import Past
from huddle_tui.domain.huddle import Stage
from huddle_tui.domain.quarter import Quarter, quarter_of
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing import actions, behaviour, calendar, promises, quarter, readings, recap, scorecard
from huddle_tui.exchange.writing import huddles as whole_huddles
from huddle_tui.exchange.writing import team as the_team
from huddle_tui.exchange.writing.asked import Asked

Export = Callable[[Asked], Iterator[str]]
"""Gives the text, piece by piece while the huddles are read."""


def _of_team(make: Callable[[Team], Iterator[str]]) -> Export:
    """An export of the team as it is, whatever was said."""
    return lambda asked: make(asked.team)


def _reviewed(asked: Asked) -> tuple[Past, Quarter, date]:
    """What a quarter's review looks at: the quarter at hand, or that of the last day that was chosen."""
    today = asked.last or asked.now.date()
    return asked.past(), quarter_of(today), today


EXPORTS: Final[Mapping[str, Mapping[str, Export]]] = {
    "huddles": {"md": whole_huddles.as_markdown, "csv": whole_huddles.as_csv, "json": whole_huddles.as_json},
    "readings": {"md": readings.as_markdown, "csv": readings.as_csv, "json": readings.as_json},
    "actions": {"md": actions.as_markdown, "csv": actions.as_csv, "json": actions.as_json},
    "promises": {"md": promises.as_markdown, "csv": promises.as_csv, "json": promises.as_json},
    "behaviour": {"json": behaviour.as_json},
    "scorecard": {
        "md": scorecard.as_markdown,
        "csv": scorecard.as_csv,
        "json": scorecard.as_json,
        "html": scorecard.as_html,
    },
    "quarter": {
        "md": lambda asked: quarter.as_markdown(*_reviewed(asked)),
        "html": lambda asked: quarter.as_html(*_reviewed(asked)),
    },
    "team": {
        "md": _of_team(the_team.as_markdown),
        "csv": _of_team(the_team.as_csv),
        "json": _of_team(the_team.as_json),
        "toml": _of_team(the_team.as_toml),
    },
    "recap": {
        "text": recap.of_one(recap.as_text),
        "md": recap.of_one(recap.as_markdown),
        "html": recap.of_one(recap.as_html),
    },
    "calendar": {"ics": lambda asked: calendar.as_ics(asked.team, asked.now)},
}
"""Every export there is; the first format of each is the one that is taken where none is named, but for `team`."""

ALL_DAYS: Final = frozenset({"promises", "quarter"})
"""Those that want every huddle, whichever days were chosen: a promise is about other days than it was said on."""
NO_DAYS: Final = frozenset({"team", "calendar"})
"""Those that are about no huddle that was held."""


def export(what: str, kind: str, asked: Asked) -> Iterator[str]:
    """The text of an export, piece by piece; CSV is written to a file with a mark (`files.write_text`).

    A huddle that was only opened is in none.
    """
    begun = (huddle for huddle in asked.huddles if huddle.stage is not Stage.OPENING)
    return EXPORTS[what][kind](msgspec.structs.replace(asked, huddles=begun))


def between(days: Iterable[date], first: date | None = None, last: date | None = None) -> list[date]:
    """The days from `first` up to and including `last`; None is no end."""
    return [day for day in days if (first is None or first <= day) and (last is None or day <= last)]
