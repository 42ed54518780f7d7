"""The documents of a book as text, for stores that keep texts: what stands in the files of a book in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.team import Team
from huddle_tui.store.care.strays import check_ins_name
from huddle_tui.store.errors import misread
from huddle_tui.store.schema import documents
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.sealed import Contents
from huddle_tui.store.schema.versions import MIGRATIONS, SCHEMA, Tables

T = TypeVar("T")

_VERSION: Final = "_schema"
"""The table that says which version of the documents a text is in."""
_NEWEST: Final = f'{{"{_VERSION}":{SCHEMA},'
"""How a text of this version begins."""

TEAM: Final = "team"
"""What the document of the team is called."""
CHECK_INS: Final = "checkins/"
HUDDLES: Final = "huddles/"
BIN: Final = "bin/"
"""Huddles that were deleted, and can be brought back."""


def day_of(name: str) -> date:
    """The day of the huddle whose document is called so."""
    return date.fromisoformat(name.rpartition("/")[2])


def read_team(body: str, place: PurePath) -> Team:
    """The team in that text; `place` is what sentences call it. Raises Misread."""
    return _read(body, place, documents.read_team)


def write_team(team: Team, before: str | None) -> str:
    """The text of a team; what a newer version wrote into `before` stays."""
    return _written(before, lambda db: documents.write_team(team, db))


def read_huddle(body: str, day: date, place: PurePath) -> Huddle:
    """The huddle of `day` in that text; its clocks stand still. Raises Misread."""
    return _read(body, place, partial(documents.read_huddle, day=day))


def write_huddle(huddle: Huddle, before: str | None, stored: Huddle | None) -> str:
    """The text of a huddle, which was `before`, holding `stored`."""
    return _written(before, lambda db: documents.write_huddle(huddle, db, stored))


def read_check_ins(body: str, person: str, place: PurePath) -> list[CheckIn]:
    """That person's check-ins in that text, oldest first. Raises Misread."""
    return _read(body, place, partial(documents.read_check_ins, person=person))


def write_check_in(day: date, check_in: CheckIn | None, before: str | None, person: str) -> str:
    """The text of a person's check-ins, which was `before`, with the one for the huddle on `day`, or without it."""
    found = read_check_ins(before, person, PurePath(check_ins_name(person))) if before else []
    others = [each for each in found if each.huddle_day != day]
    return write_check_ins(others if check_in is None else [*others, check_in], before)


def write_check_ins(check_ins: list[CheckIn], before: str | None) -> str:
    """The text of a person's check-ins, which was `before`, with just these in it."""
    return _written(before, lambda db: documents.write_check_ins(check_ins, db))


def write_summary(summary: Summary) -> str:
    """A summary as text, beside its huddle."""
    return msgspec.json.encode(_Kept(SCHEMA, replace(summary, seconds=round(summary.seconds, 3)))).decode()


def read_summary(text: str | None) -> Summary | None:
    """The summary in that text; None where another version wrote it, or nobody did: it is made anew."""
    try:
        kept = _summary.decode(text or "")
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


_summary = msgspec.json.Decoder(_Kept)


def _read(body: str, place: PurePath, read: Callable[[Contents], T]) -> T:
    """What `read` makes of that text, which a program of ours wrote."""
    try:
        tables = None if body.startswith(_NEWEST) else _tables(body)
        return read(Contents(body.encode(), True, tables))
    except Wrong as wrong:
        raise misread(place, wrong) from None


def _written(before: str | None, write: Callable[[TinyDB], None]) -> str:
    """The text that was `before`, after something was written to its tables."""
    db = TinyDB(storage=MemoryStorage)
    db.storage.write(_tables(before) if before else {})
    write(db)
    return json.dumps({_VERSION: SCHEMA, **(db.storage.read() or {})}, ensure_ascii=False, separators=(",", ":"))


def _tables(body: str) -> Tables:
    """The tables in that text, as this version writes them."""
    tables: dict[str, Any] = json.loads(body)
    for version in range(tables.pop(_VERSION), SCHEMA):
        tables = MIGRATIONS[version](tables)
    return tables
