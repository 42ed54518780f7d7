"""The documents of a book as text, for stores that keep texts: what stands in the files of a book in a folder."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import PurePath
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.team import Team
from huddle_tui.store import codec
from huddle_tui.store.migrations import MIGRATIONS, SCHEMA, Tables

_VERSION = "_schema"
"""The table that says which version of the documents a text is in."""


TEAM: Final = "team"
"""What the document of the team is called."""
CHECK_INS: Final = "checkins/"
HUDDLES: Final = "huddles/"
_ID: Final = re.compile(r"[\w-]{1,80}")
"""What a person's id may be, as it is a document's name too."""


def huddle_name(day: date) -> str:
    """What the document of a day's huddle is called, as its file in a folder."""
    return f"{HUDDLES}{day.year:04}/{day}"


def day_of(name: str) -> date:
    """The day of the huddle whose document is called so."""
    return date.fromisoformat(name.rpartition("/")[2])


def check_ins_name(person: str) -> str:
    """What the document of a person's check-ins is called. Raises HuddleError."""
    if not _ID.fullmatch(person):
        raise HuddleError(
            N_("“{id}” cannot be the id of a person: it may have letters, digits, - and _ only."), id=person
        )
    return f"{CHECK_INS}{person}"


def read_team(body: str, place: PurePath) -> Team:
    """The team in that text; `place` is what sentences call it. Raises Misread."""
    return codec.read_team(_tables(body), place)


def write_team(team: Team, before: str | None) -> str:
    """The text of a team; what a newer version wrote into `before` stays."""
    return _text(codec.write_team(team, _tables(before)))


def read_huddle(body: str, day: date, place: PurePath) -> Huddle:
    """The huddle of `day` in that text; its clocks stand still. Raises Misread."""
    return codec.read_huddle(_tables(body), day, place)


def write_huddle(huddle: Huddle, before: str | None, stored: Huddle | None) -> str:
    """The text of a huddle, which was `before`, holding `stored`."""
    return _text(codec.write_huddle(huddle, _tables(before), stored))


def read_check_ins(body: str, person: str, place: PurePath) -> list[CheckIn]:
    """That person's check-ins in that text, oldest first. Raises Misread."""
    return codec.read_check_ins(_tables(body), person, place)


def write_check_in(day: date, check_in: CheckIn | None, before: str | None) -> str:
    """The text of a person's check-ins, which was `before`, with the one for the huddle on `day`, or without it."""
    return _text(codec.write_check_in(day, check_in, _tables(before)))


def write_summary(summary: Summary) -> str:
    """A summary as text, beside its huddle."""
    return msgspec.json.encode(_Kept(SCHEMA, replace(summary, seconds=round(summary.seconds, 3)))).decode()


def read_summary(text: str | None) -> Summary | None:
    """The summary in that text; None where another version wrote it, or nobody did: it is made anew."""
    try:
        kept = msgspec.json.decode(text or "", type=_Kept)
    except msgspec.DecodeError:
        return None
    return kept.summary if kept.version == SCHEMA else None


def summary_of(name: str, body: str) -> str | None:
    """The summary of a huddle's text; None for other documents."""
    if not name.startswith(HUDDLES):
        return None
    return write_summary(summarise(read_huddle(body, day_of(name), PurePath(name))))


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    summary: Summary


def _tables(body: str | None) -> Tables:
    """The tables in that text, as this version writes them."""
    tables: dict[str, Any] = json.loads(body) if body else {_VERSION: SCHEMA}
    version = tables.pop(_VERSION)
    while version < SCHEMA:
        tables = MIGRATIONS[version](tables)
        version += 1
    return tables


def _text(tables: Tables) -> str:
    return json.dumps({_VERSION: SCHEMA, **tables}, ensure_ascii=False, separators=(",", ":"))
