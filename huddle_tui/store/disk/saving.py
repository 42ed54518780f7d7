"""Saving a book's files, under its lock: what is overwritten and was not ours is kept, and there is a backup a day.

    with edit(place, read_huddle) as change:
        change.db.table("readings").update({"note": "x"}, doc_ids=[4])
        change.save()

is one change of one file, from what is stored at that moment, through TinyDB's tables. What the tables hold then is
saved when the block ends, all at once; when it raises, nothing is.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store.disk.durable import KernelLock, is_there, make_dir, replace, sync_file, take
from huddle_tui.store.disk.reading import BookFile, Found, Twin, bringing_back, by_age, find, read_file, utc_today
from huddle_tui.store.errors import Busy, explained
from huddle_tui.store.schema.sealed import Contents, Unreadable, pack
from huddle_tui.store.schema.versions import Tables

if TYPE_CHECKING:
    from tinydb import TinyDB

T = TypeVar("T")

BACKUPS = 30
"""Days of which backups are kept, by their count: a clock that is ahead neither deletes them nor outlives them."""
_ANEW = 3
"""So often a lock is tried again in a folder that was made twice."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def lock(place: BookFile, timeout: float, *, durable: bool = True) -> KernelLock:
    """The lock of the book that `place` is in. Raises `Busy` after `timeout` seconds, or `SaveFailed`."""
    with explained(place.path):
        held = _locked(place.safe / "lock", timeout, durable=durable)
    if held is None:
        raise Busy(N_("{book} is being saved by another program: wait a moment and try again."), book=place.root)
    return held


def hold(root: Path, name: str) -> KernelLock | None:
    """Claims `name` in that book for this program until it ends or releases it; None while somebody alive has it.

    Raises `SaveFailed` where the book's folder may not be written.
    """
    safe = BookFile(root, name).safe
    with explained(safe):
        return _locked(safe / f"{name}.lock")


def _locked(path: Path, timeout: float = 0.0, *, durable: bool = True) -> KernelLock | None:
    """The lock at `path`, whose folder is made where there is none. Raises OSError.

    Where two accounts make a shared folder at once the one's may take the place of the other's, still empty: what the
    other was about to make in it has no place any more, and it begins anew.
    """
    left = _ANEW
    while True:
        try:
            make_dir(path.parent, durable=durable)
            return take(path, timeout)
        except FileNotFoundError:
            left -= 1
            if not left:
                raise


def save(
    place: BookFile, data: bytes, found: Found[Any] | None, *, durable: bool, twice: bool = False
) -> list[Sentence]:
    """Puts `data` in the place of what was `found` there, and gives back what a person should know. Needs the lock.

    With `durable` it survives a power cut and goes to the twin too, after a backup of the day; with `twice` the twin
    is waited for as well. Without, it is merely atomic. Raises `SaveFailed`.
    """
    notices: list[Sentence] = []
    copies = (place.path, place.twin) if durable else (place.path,)
    with explained(place.path):
        if not is_there(place.ignored):
            replace(b"*\n", place.ignored, durable=durable)
        replaced = keep(place, found, *copies)
        if replaced is not None:
            text = N_(
                "{path} was saved on what came from outside; what that replaced is kept. `{command}` brings it back."
            )
            notices.append(Sentence(text, {"path": place.path, "command": bringing_back(replaced, place.path)}))
        if found is not None and durable:
            try:
                _back_up(found.raw, place, utc_today().isoformat())
            except OSError as error:  # is a pity, and keeps nobody from saving
                reason = error.strerror or type(error).__name__
                notices.append(
                    Sentence(
                        N_("{path} is saved, but today's backup of it failed ({reason})."),
                        {"path": place.path, "reason": reason},
                    )
                )
        replace(data, *copies, durable=durable, twice=twice)
    return notices


def flush(place: BookFile, found: Found[Any]) -> None:
    """Waits until a file that was `found` as it is to be survives a power cut, with its twin. Needs the lock.

    Raises `SaveFailed`.
    """
    with explained(place.path):
        sync_file(place.path)
        if found.twin in {Twin.BEHIND, Twin.TORN}:  # the save that left the file so came no further
            renew_twin(place, found)
        if is_there(place.twin):
            sync_file(place.twin)


def keep(place: BookFile, found: Found[Any] | None, *copies: Path) -> Path | None:
    """Keeps in quarantine which of the copies this program did not leave so, before they go. Needs the lock.

    Gives back where that is which a file from outside replaced. Raises OSError.
    """
    strange = found is not None and (found.reason is not None or not found.contents.sealed or found.twin is Twin.OTHER)
    torn = found is not None and found.twin is Twin.TORN
    replaced = None
    for copy in copies:
        if strange or os.path.isdir(copy) or (torn and copy == place.twin):  # noqa: PTH112 (each save asks this)
            kept = put_away(copy, place, len(copies) > 1)
            if copy == place.twin and found is not None and found.twin is Twin.OTHER:
                replaced = kept
    return replaced


def put_away(path: Path, place: BookFile, durable: bool) -> Path | None:
    """Keeps what lies at `path` in quarantine: bytes that somebody else wrote, or that theirs replaced.

    Gives back where they are; None where nothing lay there.
    """
    kept = place.quarantine / place.name.replace("/", "+")
    try:
        raw, _ = read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, Unreadable):  # a folder in its place, or what cannot be read: move it out of the way as it is
        make_dir(place.quarantine, durable=durable)
        return path.replace(kept.with_name(f"{kept.name}.{os.urandom(4).hex()}"))
    kept = kept.with_name(f"{kept.name}.{hashlib.sha256(raw).hexdigest()[:12]}.json")
    if not is_there(kept):
        replace(raw, kept, durable=durable)
    return kept


def heal_twin(place: BookFile) -> None:
    """Makes the twin of a whole file again where it is gone, torn or a save behind. Needs the lock.

    The twin is read for it: a power cut may have taken what was written in it and left its time, a kill the opposite.
    """
    found = find(place, lambda contents: contents.raw)
    if found is None or found.copy is not None or not found.contents.sealed or found.twin is Twin.OTHER:
        return
    with explained(place.path):
        if found.twin is not Twin.SAME or not _holds(place.twin, found):
            renew_twin(place, found)
        else:
            _same_time(place, found)


def _holds(twin: Path, found: Found[Any]) -> bool:
    try:
        return read_file(twin)[0] in (found.raw, found.contents.raw)
    except (OSError, Unreadable):
        return False


def renew_twin(place: BookFile, found: Found[Any]) -> None:
    """Puts what was found in the place of the twin, whose bytes are kept. Needs the lock. Raises OSError."""
    if found.twin is not Twin.BEHIND:  # that one is what the file was made from
        put_away(place.twin, place, True)
    replace(found.raw, place.twin)
    _same_time(place, found)


def _same_time(place: BookFile, found: Found[Any]) -> None:
    if found.stamp is not None:
        with suppress(OSError):
            os.utime(place.twin, ns=(found.stamp[1], found.stamp[1]))


def _back_up(raw: bytes, place: BookFile, today: str) -> None:
    """Before the first change of a day: the file as it was. And away with the oldest days."""
    copy = place.backup(today)
    if is_there(copy):
        return
    replace(raw, copy)
    days = [day.name for day in (place.safe / "backups").iterdir() if _DAY.fullmatch(day.name)]
    for day in by_age(days)[:-BACKUPS]:
        if day != today:
            shutil.rmtree(place.safe / "backups" / day)


class Change(Generic[T]):
    """A change under way: seen by nobody else until it is on disk."""

    def __init__(self, place: BookFile, found: Found[T] | None) -> None:
        self.found = found
        """The file as it is, read under the lock; None where there is none yet."""
        self.data: bytes | None = None
        """The file as it is to be, once it was asked to be saved."""
        self.tables: Tables | None = None
        """The tables of the file, of whoever has them at hand; else they are read."""
        self.twice = False
        self.notices: list[Sentence] = []
        """What a person should know about the file and its save."""
        self._place = place
        if found is not None and (notice := found.notice(place)) is not None:
            self.notices.append(notice)

    @cached_property
    def db(self) -> "TinyDB":
        """The tables of the file, to change."""
        from tinydb import TinyDB  # when something is first written: nothing that only reads waits for it
        from tinydb.storages import MemoryStorage

        db = TinyDB(storage=MemoryStorage)
        if self.tables is None:
            self.tables = self.found.contents.tables() if self.found is not None else {}
        db.storage.write(self.tables)
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
    if found is not None:
        found.may_be_saved_on()
    change = Change(place, found)
    yield change
    if change.data is not None:
        change.notices += save(place, change.data, found, durable=durable, twice=change.twice)
