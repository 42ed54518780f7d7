"""The exports by name: what, and in which format. One module per kind of thing makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

import msgspec

from huddle_tui.domain.history import Past, gather, page
from huddle_tui.domain.huddle import Huddle, Stage
from huddle_tui.domain.quarter import Quarter, quarter_of
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.summary import Summary
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing import actions, behaviour, calendar, promises, quarter, readings, recap, scorecard
from huddle_tui.exchange.writing import huddles as whole_huddles
from huddle_tui.exchange.writing import team as the_team


class Asked(msgspec.Struct, frozen=True):
    """What an export is made of."""

    team: Team
    """The team as it is now."""
    huddles: Iterable[Huddle]
    """Those that were held, oldest first, read one by one."""
    now: datetime
    """This moment, on the clocks of the team."""
    first: date | None = None
    """The first day, where somebody chose one."""
    last: date | None = None
    """The last day, where somebody chose one."""
    summaries: Iterable[Summary] = ()
    """Those of the whole book, oldest first: they tell what was open from huddles that are not among these."""

    @property
    def chosen(self) -> bool:
        """Whether somebody chose the period: then an export has all of it."""
        return self.first is not None or self.last is not None


Export = Callable[[Asked], Iterator[str]]
"""Gives the text, piece by piece while the huddles are read."""


def _of_huddles(make: Callable[[Iterable[Huddle], Team], Iterator[str]]) -> Export:
    """An export of huddles, for which it makes no difference who chose them."""
    return lambda asked: make(asked.huddles, asked.team)


def _recap(asked: Asked) -> recap.Recap | None:
    """That of the huddle on the last day that was chosen, or of the newest."""
    return recap.recap_of(asked.huddles, asked.team, asked.summaries, asked.last)


def _reviewed(asked: Asked) -> tuple[Past, Quarter, date]:
    """What a quarter's review looks at: the quarter at hand, or that of the last day that was chosen."""
    today = asked.last or asked.now.date()
    return gather(asked.team, (), map(page, asked.huddles), complete=True), quarter_of(today), today


EXPORTS: Final[Mapping[str, Mapping[str, Export]]] = {
    "huddles": {
        "md": lambda asked: whole_huddles.as_markdown(asked.huddles, asked.team, asked.summaries),
        "csv": _of_huddles(whole_huddles.as_csv),
        "json": lambda asked: whole_huddles.as_json(asked.huddles, asked.team, asked.summaries),
    },
    "readings": {
        "md": _of_huddles(readings.as_markdown),
        "csv": _of_huddles(readings.as_csv),
        "json": _of_huddles(readings.as_json),
    },
    "actions": {
        "md": _of_huddles(actions.as_markdown),
        "csv": _of_huddles(actions.as_csv),
        "json": _of_huddles(actions.as_json),
    },
    "promises": {
        "md": lambda asked: promises.as_markdown(asked.huddles, asked.team, (asked.first, asked.last)),
        "csv": lambda asked: promises.as_csv(asked.huddles, asked.team, (asked.first, asked.last)),
        "json": lambda asked: promises.as_json(asked.huddles, asked.team, (asked.first, asked.last)),
    },
    "behaviour": {"json": _of_huddles(behaviour.as_json)},
    "scorecard": {
        "md": lambda asked: scorecard.as_markdown(asked.huddles, asked.team, asked.chosen),
        "csv": lambda asked: scorecard.as_csv(asked.huddles, asked.team, asked.chosen),
        "json": lambda asked: scorecard.as_json(asked.huddles, asked.team, asked.chosen),
        "html": lambda asked: scorecard.as_html(asked.huddles, asked.team, asked.chosen),
    },
    "quarter": {
        "md": lambda asked: quarter.as_markdown(*_reviewed(asked)),
        "html": lambda asked: quarter.as_html(*_reviewed(asked)),
    },
    "team": {
        "md": _of_huddles(the_team.as_markdown),
        "csv": _of_huddles(the_team.as_csv),
        "json": _of_huddles(the_team.as_json),
        "toml": _of_huddles(the_team.as_toml),
    },
    "recap": {
        "text": lambda asked: recap.as_text(_recap(asked)),
        "md": lambda asked: recap.as_markdown(_recap(asked)),
        "html": lambda asked: recap.as_html(_recap(asked)),
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

    A huddle that was only opened is in none. Raises HuddleError at once where there is no such export.
    """
    formats = EXPORTS.get(what)
    if formats is None:
        raise HuddleError(N_("There is no export of {what}: choose from {known}."), what=what, known=", ".join(EXPORTS))
    if kind not in formats:
        raise HuddleError(
            N_("{what} cannot be written as {kind}: choose from {known}."),
            what=what, kind=kind, known=", ".join(formats),
        )  # fmt: skip
    begun = (huddle for huddle in asked.huddles if huddle.stage is not Stage.OPENING)
    return formats[kind](msgspec.structs.replace(asked, huddles=begun))


def between(days: Iterable[date], first: date | None = None, last: date | None = None) -> list[date]:
    """The days from `first` up to and including `last`; None is no end."""
    return [day for day in days if (first is None or first <= day) and (last is None or day <= last)]
