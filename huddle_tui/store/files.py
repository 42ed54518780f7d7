"""Files that lose nothing: TinyDB on top, one small JSON file per thing below, each with a twin.

How it is used, and what lies where:

    shelf = Shelf(book, "huddles/2026/2026-11-23")
    shelf.table("huddle").row("2026-11-23")            read: no lock; parsed only when the file changed
    with shelf.edit():                                 write: a locked read-modify-write, one atomic replacement
        shelf.table("huddle").put("2026-11-23", {...})

    BOOK/team.json, checkins/…, huddles/…              what people read, diff and keep in git
    BOOK/.huddle/{lock,twins/,backups/,quarantine/}    what keeps it safe
"""

from __future__ import annotations

import json
import marshal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import msgspec
from tinydb import Storage, TinyDB
from tinydb.table import Document, Table

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store.durable import Held
from huddle_tui.store.errors import Busy, Damaged, Newer, NotEditing, SaveFailed
from huddle_tui.store.migrations import Row, Tables
from huddle_tui.store.reading import Found, Place, Stamp, find, lost, names, read_tables, stamp_of
from huddle_tui.store.saving import hold, lock, save
from huddle_tui.store.sealed import pack
from huddle_tui.store.watching import Watcher

__all__ = [
    "Busy",
    "Damaged",
    "Held",
    "Newer",
    "NotEditing",
    "Rows",
    "SaveFailed",
    "Shelf",
    "Watcher",
    "hold",
    "names",
    "read_tables",
]

_SETTLED = 50_000_000
"""Nanoseconds after which a file's stamp can be trusted: within one tick of the clock two versions may share it."""


def utc_today() -> date:
    """The day that names today's backups."""
    return datetime.now(UTC).date()


class _Edit(msgspec.Struct):
    """A change under way: seen by the thread that makes it and by nobody else until it is on disk."""

    thread: int
    """Who makes it."""
    found: Found | None
    """The file as it was, read under the lock."""
    data: bytes | None = None
    """The file as it is to be, once something was changed."""


class JsonFile(Storage):
    """TinyDB's storage over one file of a book. See `Shelf`."""

    def __init__(self, root: Path, name: str, *, durable: bool = True, today: Callable[[], date] = utc_today) -> None:
        self.place = Place(root, name)
        self.notices: list[Sentence] = []
        self.raw: bytes | None = None
        self._durable = durable
        self._today = today
        self._edit: _Edit | None = None
        self._cache: tuple[Stamp, bytes] | None = None  # marshalled: what is handed out is the reader's own copy
        self._existed = False
        self._told: set[str] = set()

    def read(self) -> Tables | None:
        """The tables as they are on disk or, in the thread that edits, as they stand in the change; a copy to keep."""
        if (edit := self._edit) is not None and edit.thread == threading.get_ident():
            if edit.data is not None:
                return cast(Tables, json.loads(edit.data))
            return cast(Tables, marshal.loads(marshal.dumps(edit.found.tables))) if edit.found is not None else None
        cache = self._cache
        if cache is not None:
            try:
                if stamp_of(self.place.path.stat()) == cache[0]:
                    return cast(Tables, marshal.loads(cache[1]))
            except OSError:
                self._cache = None
        found = self._find()
        return found.tables if found is not None else None

    def write(self, tables: Tables) -> None:
        """Takes a change over; it is saved when the edit ends. Raises `NotEditing` outside one."""
        edit = self._edit
        if edit is None or edit.thread != threading.get_ident():
            raise NotEditing(
                N_("{path} was about to be changed outside an edit, by a fault in the program: nothing was changed."),
                path=self.place.path,
            )
        # As bytes, at once: what JSON cannot hold is refused here, and nobody else holds a part of it.
        edit.data = pack(tables, self.place.name)

    @contextmanager
    def edit(self, timeout: float) -> Iterator[None]:
        """See `Shelf.edit`."""
        if self._existed and not self.place.root.is_dir():
            raise self._gone()  # before the lock would make the folder again
        held = lock(self.place, timeout, durable=self._durable)
        try:
            found = self._find()
            if found is not None and found.blocked is not None:
                raise SaveFailed(found.blocked.template, **found.blocked.values)
            self._edit = edit = _Edit(threading.get_ident(), found)
            self.raw = found.raw if found is not None else None
            try:
                yield
            finally:
                self._edit = None
            if edit.data is not None:
                for notice in save(self.place, edit.data, found, self._today, durable=self._durable):
                    self._tell(notice)
                self._existed = True
                self.raw = edit.data
        finally:
            held.release()

    def _find(self) -> Found | None:
        found = find(self.place)
        if found is None:
            if self._existed:
                raise self._gone()
            return None
        self._existed = True
        stamp = found.stamp
        if stamp is not None and abs(time.time_ns() - max(stamp[1], stamp[2])) > _SETTLED:
            self._cache = stamp, marshal.dumps(found.tables)
        self._tell(found.notice(self.place))
        return found

    def _gone(self) -> Damaged:
        """A folder that was taken away or a drive that was unplugged is not the same as a file that never was."""
        return lost(self.place, Sentence(N_("it is missing")))

    def _tell(self, notice: Sentence | None) -> None:
        if notice is None:
            self._told.clear()
        elif str(notice) not in self._told:  # once, however often the file is read
            self._told.add(str(notice))
            self.notices.append(notice)


class Rows(Table):
    """A table of documents under ids of our own, which two programs never invent twice."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's own are numbers

    def row(self, key: str) -> Row | None:
        """The document under that id."""
        found = self.get(doc_id=cast(int, key))
        return dict(found) if found is not None else None

    def rows(self) -> dict[str, Row]:
        """All documents by id, in the order in which they were first put."""
        return {cast(str, document.doc_id): dict(document) for document in self}

    def put(self, key: str, row: Mapping[str, Any]) -> None:
        """Stores `row` under that id; fields of the stored document that it does not name are left as they are."""
        self.upsert(Document(row, doc_id=cast(int, key)))

    def drop(self, key: str) -> None:
        """Removes the document under that id, if there is one."""
        self.remove(doc_ids=[cast(int, key)])


class Shelf(TinyDB):
    """A TinyDB over the file `root/name.json`, that loses nothing.

    Reading needs no lock and never writes, gives copies that are the reader's own, and never shows half a change.
    Writing is done inside `edit`. With `durable=False` a save is still atomic, but without fsync, twin and backup: for
    scratch copies. `today` names the day's backups. Any method may raise `Newer` or `Damaged`.
    """

    table_class = Rows
    default_storage_class = JsonFile  # type: ignore[assignment]  # any storage will do

    def __init__(self, root: Path, name: str, *, durable: bool = True, today: Callable[[], date] = utc_today) -> None:
        super().__init__(root, name, durable=durable, today=today)
        self._file = cast(JsonFile, self.storage)

    @contextmanager
    def edit(self, timeout: float = 10.0) -> Iterator[Shelf]:
        """Holds the book's lock, reads afresh, and saves once, at the end: when this returns, the change is on disk.

        Leaving it by an exception saves nothing. Waits up to `timeout` seconds for other programs, then raises `Busy`;
        raises `SaveFailed` where the system refuses, after which the change can be made again. Edits do not nest.
        """
        with self._file.edit(timeout):
            yield self

    def table(self, name: str, **options: Any) -> Rows:
        """The table of that name, without TinyDB's query cache, which would not see what other programs change."""
        return cast(Rows, super().table(name, **{"cache_size": 0} | options))

    @property
    def raw(self) -> bytes | None:
        """The file's bytes as the edit at hand found them, and after it as it left them; None where there are none."""
        return self._file.raw

    @property
    def notices(self) -> list[Sentence]:
        """What a person should be told and has not been yet: a copy was used, a file was changed by hand."""
        return self._file.notices

    def take_notices(self) -> list[Sentence]:
        """The notices, which are thereby told."""
        notices = self._file.notices
        taken = notices[:]
        del notices[: len(taken)]  # not more: another thread may just have added one
        return taken
