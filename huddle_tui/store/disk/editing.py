"""One change of one file: under the book's lock, from what is stored at that moment, through TinyDB's tables.

    with edit(place, read_huddle) as change:
        change.db.table("readings").update({"note": "x"}, doc_ids=[4])
        change.save()

What the tables hold then is saved when the block ends, all at once; when it raises, nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from huddle_tui.domain.sentence import Sentence
from huddle_tui.store.disk.reading import BookFile, Found, Twin, find
from huddle_tui.store.disk.saving import lock, save
from huddle_tui.store.errors import SaveFailed
from huddle_tui.store.schema.sealed import Contents, pack
from huddle_tui.store.schema.versions import Tables

if TYPE_CHECKING:
    from tinydb import TinyDB

T = TypeVar("T")


class Change(Generic[T]):
    """A change under way: seen by nobody else until it is on disk."""

    def __init__(self, place: BookFile, found: Found[T] | None) -> None:
        self.found = found
        """The file as it is, read under the lock; None where there is none yet."""
        self.data: bytes | None = None
        """The file as it is to be, once it was asked to be saved."""
        self.twice = False
        self.notices: list[Sentence] = []
        """What a person should know about the file and its save."""
        self._place = place
        if found is not None and (notice := found.notice(place)) is not None:
            self.notices.append(notice)

    @cached_property
    def db(self) -> TinyDB:
        """The tables of the file, to change."""
        from tinydb import TinyDB  # when something is first written: nothing that only reads waits for it
        from tinydb.storages import MemoryStorage

        db = TinyDB(storage=MemoryStorage)
        db.storage.write(self.found.contents.tables() if self.found is not None else {})
        return db

    def save(self, *, twice: bool = False) -> None:
        """Saves the tables as they are now when the edit ends; with `twice` the twin is waited for too.

        Raises TypeError or ValueError for what JSON is not.
        """
        self.twice = twice
        was = ""
        if self.found is not None:  # what the twin holds, which saves that failed may have left further behind
            contents = self.found.contents
            was = contents.was if self.found.twin is Twin.BEHIND else contents.seal
        self.data = pack(cast(Tables, self.db.storage.read() or {}), self._place.name, was)


@contextmanager
def edit(
    place: BookFile, read: Callable[[Contents], T], *, timeout: float = 10.0, durable: bool = True
) -> Iterator[Change[T]]:
    """Holds the book's lock, reads afresh, and saves once, at the end: when this returns, the change is on disk.

    Waits up to `timeout` seconds for other programs, then raises `Busy`; raises `SaveFailed` where the system refuses,
    after which the change can be made again. Edits do not nest.
    """
    with lock(place, timeout, durable=durable), changing(place, read, durable=durable) as change:
        yield change


@contextmanager
def changing(place: BookFile, read: Callable[[Contents], T], *, durable: bool = True) -> Iterator[Change[T]]:
    """The same for who holds the book's lock already."""
    found = find(place, read)
    if found is not None and found.blocked is not None:
        raise SaveFailed(found.blocked.template, **found.blocked.values)
    change = Change(place, found)
    yield change
    if change.data is not None:
        change.notices += save(place, change.data, found, durable=durable, twice=change.twice)
