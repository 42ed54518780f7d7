"""Reading a book's files, without a lock and without ever writing: so it works on read-only media too.

A file that is damaged or gone is read from its twin, else from the newest backup that reads, and it is said so.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.store.disk.durable import is_there
from huddle_tui.store.errors import FORBIDDEN, Damaged, Newer, SaveFailed, fault, misread, not_ours, shown
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.sealed import Contents, Unreadable, unpack

T = TypeVar("T")

Stamp = tuple[int, int, int, int]
"""Inode, mtime, ctime and size: these tell whether a file is another than the one that was read."""

LONGEST = 64 * 1024 * 1024
"""Bytes; a huddle of a hundred people has a hundredth of that."""
_LEFT = slice(1, 4, 2)
"""Of a stamp, what a save leaves on the file and on its twin alike: mtime and size."""
_NOTHING_THERE = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP}
"""Errors of opening that say that nothing of ours lies there; after any other it may be readable a moment later."""


class BookFile(msgspec.Struct, frozen=True, dict=True):
    """Where one file of a book lies, and what keeps it safe. Each path is made once: a save asks for them often.

    Reading ten years asks for `file` and `copy`, as plain text: making 7,500 paths takes longer than reading the files.
    """

    root: Path
    """The book's folder."""
    name: str
    """The file's path in it, with `/` and without `.json`."""

    @property
    def file(self) -> str:
        """The file."""
        return f"{self.root}/{self.name}.json"

    @property
    def copy(self) -> str:
        """Its twin."""
        return f"{self.root}/.huddle/twins/{self.name}.json"

    @cached_property
    def path(self) -> Path:
        """The file."""
        return Path(self.file)

    @cached_property
    def placeholder(self) -> Path:
        """What iCloud leaves of the file when it makes room on this computer."""
        return self.path.with_name(f".{self.path.name}.icloud")

    @cached_property
    def safe(self) -> Path:
        """The folder of what keeps the book safe."""
        return self.root / ".huddle"

    @cached_property
    def twin(self) -> Path:
        """The copy that is saved together with the file."""
        return Path(self.copy)

    @cached_property
    def ignored(self) -> Path:
        """What keeps all that out of git."""
        return self.safe / ".gitignore"

    @cached_property
    def quarantine(self) -> Path:
        """Where bytes go that the program did not write, before it overwrites them."""
        return self.safe / "quarantine"

    def backup(self, day: str) -> Path:
        """The file as it was before it was first changed on `day`."""
        return Path(f"{self.root}/.huddle/backups/{day}/{self.name}.json")

    def backups(self) -> list[Path]:
        """Where backups of the file may lie, the newest first."""
        try:
            days = [day.name for day in (self.safe / "backups").iterdir()]
        except OSError:
            return []
        return [self.backup(day) for day in reversed(by_age(days))]


def utc_today() -> date:
    """The day that names today's backups."""
    return datetime.now(UTC).date()


def by_age(days: Iterable[str]) -> list[str]:
    """The days of backups, the oldest first; those to come were made by a clock that was ahead, nobody knows when."""
    today = utc_today().isoformat()
    return sorted(days, key=lambda day: (day <= today, day))


class Twin(Enum):
    """How a twin stands to its file."""

    SAME = "same"
    """It is the same, or there is none."""
    BEHIND = "behind"
    """It is what the file was made from: a power cut took the newer one."""
    TORN = "torn"
    """It is nothing that can be read, or not now."""
    OTHER = "other"
    """It is another version, so the file is not what was saved last: somebody put it there, or another computer did."""


class Found(msgspec.Struct, Generic[T], frozen=True):
    """What was read, and from where."""

    raw: bytes
    """The bytes that hold it."""
    contents: Contents
    """What they hold."""
    value: T
    """What that stands for."""
    stamp: Stamp | None
    """The stamp of the file itself, whatever was read; None where it could not be opened."""
    copy: Path | None = None
    """The copy that was read in the file's place."""
    reason: Sentence | None = None
    """Why the file itself could not be used."""
    blocked: Sentence | None = None
    """Why nothing may be saved on top of this, though it may be read: the file is there and could not be opened."""
    twin: Twin = Twin.SAME
    """How the twin stands to a file that is whole."""

    def may_be_saved_on(self) -> None:
        """Raises SaveFailed where nothing may be saved on top of this."""
        if self.blocked is not None:
            raise SaveFailed(self.blocked.template, **self.blocked.values)

    def notice(self, place: BookFile) -> Sentence | None:
        """What a person should know about this; None where all is well."""
        if self.reason is not None:
            mends = N_("{path} cannot be used ({reason}): {copy} is read instead, and the next save mends it.")
            keeps = N_("{path} cannot be used ({reason}): {copy} is read instead, and nothing is saved over it.")
            template = mends if self.blocked is None else keeps
            return Sentence(template, {"path": place.path, "reason": self.reason, "copy": self.copy})
        if self.twin is Twin.OTHER:
            return Sentence(
                N_(
                    "{path} is not what this program saved last: it was put back, or came from another computer. "
                    "It is used as it is. What it replaced is kept; `{command}` brings that back."
                ),
                {"path": place.path, "command": bringing_back(place.twin, place.path)},
            )
        if not self.contents.sealed:
            return Sentence(
                N_(
                    "{path} was changed outside this program: "
                    "it is used as it is, and the next save keeps both versions."
                ),
                {"path": place.path},
            )
        return None


def find(place: BookFile, read: Callable[[Contents], T]) -> Found[T] | None:
    """The newest contents of a file that can be read, and what `read` makes of them; None where there is no such file.

    Raises `Newer`, `Misread` where something in it is not what it should be and no copy can be read, else `Damaged`.
    """
    stamp: Stamp | None = None
    reason = Sentence(N_("it is missing"))
    lost_by: HuddleError | None = None
    blocked: Sentence | None = None
    for _ in range(2):  # twice: a writer may have made both the file and the twin just after we looked for the file
        try:
            raw, stamp = read_file(place.file)
            contents = unpack(raw, place.name, place.file)
            value = read(contents)
            if contents.sealed:
                return Found(raw, contents, value, stamp, twin=_twin_of(place, stamp, contents))
            if not _untouched(place, stamp):
                return Found(raw, contents, value, stamp)
            reason = _rotten(place, contents)
            break
        except FileNotFoundError:
            if _evicted(place):
                reason = Sentence(N_("iCloud took it off this computer: choose Download Now in Finder"))
                blocked = _not_saved(place, place.path, reason)
                break
            with suppress(OSError):  # where not even that can be known, the file is taken for lost, not for new
                if not is_there(place.twin) and (place.name != "team" or not any(map(is_there, place.backups()))):
                    return None
        except OSError as error:
            reason = Sentence(N_("it cannot be opened: {error}"), {"error": error.strerror or error})
            lost_by = lost(place, reason, error)
            blocked = _blocked(place, error)
            break
        except Unreadable as error:
            reason = error.reason
            break
        except Wrong as wrong:
            reason, lost_by = fault(wrong), misread(place.path, wrong)
            break
    for copy in (place.twin, *place.backups()):
        try:
            raw, _ = read_file(copy)
            contents = unpack(raw, place.name, copy)
            value = read(contents)
        except OSError as error:
            blocked = blocked or _blocked(place, error, copy)
        except (Unreadable, Wrong):
            continue
        else:
            return Found(raw, contents, value, stamp, copy, reason, blocked)
    raise lost_by or lost(place, reason)


def _blocked(place: BookFile, error: OSError, unopened: Path | None = None) -> Sentence | None:
    """A copy is saved on only when what is newer is known to be gone or damaged, not when it did not open this once."""
    if error.errno in _NOTHING_THERE:
        return None
    return _not_saved(place, unopened or place.path, error.strerror or error)


def _not_saved(place: BookFile, newer: Path, error: object) -> Sentence:
    return Sentence(
        N_("{path} was not saved: {newer} cannot be opened now ({error}), and a copy may be older. Try again."),
        {"path": place.path, "newer": newer, "error": error},
    )


def _evicted(place: BookFile) -> bool:
    """Whether iCloud keeps the file elsewhere, to make room: then it is there, and not here."""
    try:
        return is_there(place.placeholder)
    except OSError:
        return False


def _twin_of(place: BookFile, stamp: Stamp, contents: Contents) -> Twin:
    """How the twin of a whole file stands to it."""
    try:
        left = _stamp_at(place.copy)
        if left is None or left[_LEFT] == stamp[_LEFT]:
            return Twin.SAME
        raw, _ = read_file(place.twin)
        other = unpack(raw, place.name, place.twin)
    except (OSError, Unreadable, Wrong, Newer):
        return Twin.TORN
    if not other.sealed:
        return Twin.TORN
    return {contents.seal: Twin.SAME, contents.was: Twin.BEHIND}.get(other.seal, Twin.OTHER)


def _untouched(place: BookFile, stamp: Stamp) -> bool:
    """Whether nobody wrote to the file since it was saved: its twin has the time and the size that it had then.

    Raises OSError where that cannot be known now; of a twin that this account may not look at it never will be.
    """
    try:
        twin = _stamp_at(place.copy)
    except OSError as error:
        if error.errno in FORBIDDEN:
            return False
        raise
    return twin is not None and twin[_LEFT] == stamp[_LEFT]


def _stamp_at(path: str) -> Stamp | None:
    """The stamp of what lies at `path`; None where nothing does. Raises OSError where that cannot be known."""
    try:
        return stamp_of(os.stat(path))  # noqa: PTH116 (asked for each of thousands of files)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _rotten(place: BookFile, contents: Contents) -> Sentence:
    """What is wrong in a file that nobody wrote to and that yet is not what was saved."""
    with suppress(OSError, Unreadable, Wrong, Newer):
        other = unpack(read_file(place.twin)[0], place.name, place.twin)
        where = difference(contents.tables(), other.tables())
        if where is not None:
            trail, found, kept = where
            return Sentence(
                N_("the disk changed it, nobody wrote to it: {place} is {found} there and {kept} in its copy"),
                {"place": trail, "found": found, "kept": kept},
            )
    return Sentence(N_("the disk changed it, nobody wrote to it"))


def difference(one: Any, other: Any, *trail: str) -> tuple[str, str, str] | None:
    """The first place in which two documents differ, with what stands in each; None where they do not."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one | other:
            found = difference(one.get(name), other.get(name), *trail, name)
            if found is not None:
                return found
        return None
    if one == other:
        return None
    return " → ".join(trail), shown(one), shown(other)


def bringing_back(kept: Path, path: Path) -> str:
    """The command that puts a copy in the place of a file."""
    if os.name == "nt":
        return f'copy "{kept}" "{path}"'
    import shlex

    return f"cp {shlex.quote(str(kept))} {shlex.quote(str(path))}"


def lost(place: BookFile, reason: Sentence, error: OSError | None = None) -> Damaged:
    """The error to raise where nothing of a file is left that can be read."""
    template = N_("{path} cannot be used ({reason}) and no copy in {safe} can be read: put a good copy in its place.")
    if error is not None and error.errno in FORBIDDEN:
        template = N_("{path} cannot be used ({reason}): ask for access to it, or choose another book.")
    if error is not None and (sentence := not_ours(place.path, error)) is not None:
        return Damaged(sentence.template, **sentence.values)
    return Damaged(template, path=place.path, reason=reason, safe=place.safe)


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file with that status."""
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size


def read_file(path: str | Path) -> tuple[bytes, Stamp]:
    """The bytes of a file, with its stamp. Raises OSError, or Unreadable for what no save of ours leaves there.

    A pipe or a device is opened without waiting for whoever may write to it, and not read.
    """
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket cannot even be opened
            raise Unreadable(Sentence(N_("it is no ordinary file"))) from None
        raise
    try:
        status = os.fstat(fd)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(Sentence(N_("it is no ordinary file")))
        if status.st_size > LONGEST:
            raise Unreadable(Sentence(N_("it is far too long for a file of this program")))
        raw = os.read(fd, status.st_size + 1)
        while len(raw) < status.st_size and (more := os.read(fd, status.st_size - len(raw))):  # a slow network drive
            raw += more
        return raw, stamp_of(status)
    finally:
        os.close(fd)
