"""The documents of a book as text, for stores that keep texts: what stands in the files of a book in a folder."""

import json
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.team import Team
from huddle_tui.store.errors import misread
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.documents import reader, write_in
from huddle_tui.store.schema.sealed import Contents
from huddle_tui.store.schema.versions import MIGRATIONS, SCHEMA, Tables

_VERSION: Final = "_schema"
"""The table that says which version of the documents a text is in."""
_NEWEST: Final = f'{{"{_VERSION}":{SCHEMA},'
"""How a text of this version begins."""

CHECK_INS: Final = "checkins/"
HUDDLES: Final = "huddles/"
BIN: Final = "bin/"
"""Huddles that were deleted, and can be brought back."""


def day_of(name: str) -> date:
    """The day of the huddle whose document is called so."""
    return date.fromisoformat(name.rpartition("/")[2])


def read(name: str, body: str) -> Any:
    """The team, a huddle or a person's check-ins, as the name says, in a text that a program of ours wrote.

    The clocks of a huddle stand still. Raises Misread.
    """
    try:
        tables = None if body.startswith(_NEWEST) else _tables(body)
        return reader(name)(Contents(body.encode(), True, tables))
    except Wrong as wrong:
        raise misread(PurePosixPath(name), wrong) from None


def write(value: Team | Huddle | list[CheckIn], before: str | None, stored: Any) -> str:
    """The text of a value, which was `before`, holding `stored`; what a newer version wrote into it stays."""
    db = TinyDB(storage=MemoryStorage)
    db.storage.write(_tables(before) if before else {})
    write_in(value, db, stored)
    return json.dumps({_VERSION: SCHEMA, **(db.storage.read() or {})}, ensure_ascii=False, separators=(",", ":"))


def summary_of(value: object) -> str | None:
    """The summary of a huddle as text, to stand beside it; None for other documents."""
    if not isinstance(value, Huddle):
        return None
    summary = summarise(value)
    return msgspec.json.encode(_Kept(SCHEMA, replace(summary, seconds=round(summary.seconds, 3)))).decode()


def read_summary(text: str | None) -> Summary | None:
    """The summary in that text; None where another version wrote it, or nobody did: it is made anew."""
    try:
        kept = _summary.decode(text or "")
    except msgspec.DecodeError:
        return None
    return kept.summary if kept.version == SCHEMA else None


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    summary: Summary


_summary = msgspec.json.Decoder(_Kept)


def _tables(body: str) -> Tables:
    """The tables in that text, as this version writes them."""
    tables: dict[str, Any] = json.loads(body)
    for version in range(tables.pop(_VERSION), SCHEMA):
        tables = MIGRATIONS[version](tables)
    return tables
