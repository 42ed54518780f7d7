"""One file of a book as the tests of the disk handle it: rows under keys of their own, whatever the file is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import Sentence
from huddle_tui.domain.team import Team
from huddle_tui.store.disk import saving
from huddle_tui.store.disk.reading import BookFile, find
from huddle_tui.store.disk.saving import Change, edit
from huddle_tui.store.schema.documents import write_huddle, write_team
from huddle_tui.store.schema.sealed import Contents, pack, unpack
from huddle_tui.store.schema.versions import Row, Tables


def tables_of(contents: Contents) -> Tables:
    """What reads a file as bare tables."""
    return contents.tables()


def read_tables(root: Path, name: str, notices: list[Sentence] | None = None) -> Tables | None:
    """The tables of one file as any program reads them; None where there is no such file."""
    place = BookFile(root, name)
    found = find(place, tables_of)
    if found is None:
        return None
    if notices is not None and (notice := found.notice(place)) is not None:
        notices.append(notice)
    return found.value


class Shelf:
    """The file `root/name.json`, changed by the program's own edits; `today` names the day's backups."""

    def __init__(self, root: Path, name: str, *, durable: bool = True, today: Callable[[], date] | None = None) -> None:
        self.root, self.name = root, name
        self._durable = durable
        self._today = today
        self._notices: list[Sentence] = []
        self._told: list[Sentence] = []
        self._change: Change[Tables] | None = None

    @contextmanager
    def edit(self, timeout: float = 10.0) -> Iterator[Shelf]:
        """One edit, in which rows are put and dropped."""
        with ExitStack() as during:
            if self._today is not None:
                during.enter_context(mock.patch.object(saving, "utc_today", self._today))
            place = BookFile(self.root, self.name)
            change = during.enter_context(edit(place, tables_of, timeout=timeout, durable=self._durable))
            self._change = change
            during.callback(lambda: setattr(self, "_change", None))
            yield self
        self._tell(change.notices)

    def put(self, table: str, key: str, row: Mapping[str, Any]) -> None:
        """Puts a row in the place of the one under that key, and asks for it to be saved."""
        assert self._change is not None
        tables = self._change.db.storage.read() or {}
        rows = {**tables.get(table, {}), key: {**tables.get(table, {}).get(key, {}), **row}}
        self._change.db.storage.write({**tables, table: rows})
        self._change.save()

    def drop(self, table: str, key: str) -> None:
        """Takes the row under that key away, and asks for the rest to be saved."""
        assert self._change is not None
        tables = self._change.db.storage.read() or {}
        rows = {each: row for each, row in tables.get(table, {}).items() if each != key}
        self._change.db.storage.write({name: found for name, found in tables.items() if name != table} | {table: rows})
        self._change.save()

    def drop_table(self, table: str) -> None:
        """Takes a whole table away, and asks for the rest to be saved."""
        assert self._change is not None
        self._change.db.drop_table(table)
        self._change.save()

    def rows(self, table: str = "people") -> dict[str, Row]:
        """The rows of a table; within an edit as they stand in it."""
        if self._change is not None:
            return dict((self._change.db.storage.read() or {}).get(table, {}))
        notices: list[Sentence] = []
        tables = read_tables(self.root, self.name, notices)
        self._tell(notices)
        return (tables or {}).get(table, {})

    def _tell(self, notices: list[Sentence]) -> None:
        """Keeps what is new, once, until the file is well."""
        self._notices += [notice for notice in notices if notice not in self._told]
        self._told = notices

    def take_notices(self) -> list[Sentence]:
        """What a person was to be told."""
        taken, self._notices = self._notices, []
        return taken


def written(write: Callable[[TinyDB], None], before: Tables | None = None) -> Tables:
    """The tables of a file that were `before`, after something was written to them."""
    db = TinyDB(storage=MemoryStorage)
    db.storage.write(deepcopy(before or {}))
    write(db)
    tables: Tables = deepcopy(db.storage.read() or {})
    return tables


def huddle_tables(huddle: Huddle, before: Tables | None = None, stored: Huddle | None = None) -> Tables:
    """The tables of a huddle's file."""
    return written(lambda db: write_huddle(huddle, db, stored), before)


def team_tables(team: Team, before: Tables | None = None) -> Tables:
    """The tables of `team.json`."""
    return written(lambda db: write_team(team, db), before)


def by_hand(tables: Tables) -> Contents:
    """Those tables as a person may have put them in a file: nothing of them is believed."""
    return Contents(b"", False, json.loads(json.dumps(tables, allow_nan=False), parse_float=Decimal))


def sealed(tables: Tables, name: str = "team") -> Contents:
    """Those tables as this program saves them and reads them back."""
    return unpack(pack(tables, name), name, "file")
