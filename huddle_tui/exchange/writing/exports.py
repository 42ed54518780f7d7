"""The exports by name: what, and in which format. One module per kind of thing makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from huddle_tui.domain.huddle import Huddle, Stage
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.exchange.writing import actions, behaviour, promises, readings, scorecard
from huddle_tui.exchange.writing import huddles as whole_huddles
from huddle_tui.exchange.writing import team as the_team
from huddle_tui.exchange.writing.promises import Between
from huddle_tui.exchange.writing.recap import recap

__all__ = ["EXPORTS", "between", "export", "recap"]

Export = Callable[[Iterable[Huddle], Team], Iterator[str]]
"""Takes huddles, oldest first, and the team; gives back text, piece by piece."""

EXPORTS: Final[Mapping[str, Mapping[str, Export]]] = {
    "huddles": {"md": whole_huddles.as_markdown, "csv": whole_huddles.as_csv, "json": whole_huddles.as_json},
    "readings": {"md": readings.as_markdown, "csv": readings.as_csv, "json": readings.as_json},
    "actions": {"md": actions.as_markdown, "csv": actions.as_csv, "json": actions.as_json},
    "scorecard": {
        "md": scorecard.as_markdown,
        "csv": scorecard.as_csv,
        "json": scorecard.as_json,
        "html": scorecard.as_html,
    },
    "promises": {
        "md": promises.as_markdown,
        "csv": promises.as_csv,
        "json": promises.as_json,
    },
    "behaviour": {"json": behaviour.as_json},
    "team": {
        "md": the_team.as_markdown,
        "csv": the_team.as_csv,
        "json": the_team.as_json,
        "toml": the_team.as_toml,
    },
}
"""Every export there is."""

WHOLE: Final[Mapping[str, Mapping[str, Export]]] = {
    "scorecard": {
        "md": partial(scorecard.as_markdown, whole=True),
        "csv": partial(scorecard.as_csv, whole=True),
        "json": partial(scorecard.as_json, whole=True),
        "html": partial(scorecard.as_html, whole=True),
    },
}
"""Those that are made otherwise for a period that somebody chose: all of it, not its last thirteen huddles."""


PROMISES: Final = {
    "promises": {"md": promises.as_markdown, "csv": promises.as_csv, "json": promises.as_json},
}
"""Those that take the days which promises are about, not those on which they were said."""


def export(
    what: str, kind: str, team: Team, huddles: Iterable[Huddle], *, whole: bool = False, days: Between = (None, None)
) -> Iterator[str]:
    """The text of an export, piece by piece while the huddles are read; CSV is written to a file with a mark
    (`files.write_text`). `whole` says that somebody chose the period. Of promises it is told here which `days` they are
    about, so that they want all huddles. A huddle that was only opened is in none.
    Raises HuddleError at once where there is no such export.
    """
    formats = EXPORTS.get(what)
    if formats is None:
        raise HuddleError(N_("There is no export of {what}: choose from {known}."), what=what, known=", ".join(EXPORTS))
    if kind not in formats:
        raise HuddleError(
            N_("{what} cannot be written as {kind}: choose from {known}."),
            what=what, kind=kind, known=", ".join(formats),
        )  # fmt: skip
    begun = (huddle for huddle in huddles if huddle.stage is not Stage.OPENING)
    if what in PROMISES:
        return PROMISES[what][kind](begun, team, days)
    if whole and what in WHOLE:
        formats = WHOLE[what]
    return formats[kind](begun, team)


def between(days: Iterable[date], first: date | None = None, last: date | None = None) -> list[date]:
    """The days from `first` up to and including `last`; None is no end."""
    return [day for day in days if (first is None or first <= day) and (last is None or day <= last)]
