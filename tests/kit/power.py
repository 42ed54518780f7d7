"""A power cut on paper: what a save asks of the system is written down, and with it every disk that a cut may leave.

The rule is the harshest that a disk may play by: what was flushed is sure, and of all the rest each thing by itself may
be there or not. A new name, a rename or a removal is sure once its folder was flushed. Of a file that was not flushed
since it was written there may be the old bytes, the new ones, a part of them, zeros, or none.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

import pytest

State = Mapping[str, bytes | None]
"""What lies on a disk: paths with their bytes; None is a folder."""


@dataclass(eq=False)
class Content:
    """The bytes of one file, by whatever name it goes."""

    path: Path
    """Where it was last seen."""
    versions: list[bytes]
    """What was last flushed, then what was written since."""

    def possible(self) -> list[bytes]:
        """What a cut may leave of it."""
        sure, *unsure = self.versions
        left = dict.fromkeys([sure])
        for new in unsure:
            half = len(new) // 2
            left |= dict.fromkeys([new, new[:half], new[:half] + sure[half:], bytes(len(new)), b""])
        return list(left)


Thing = Content | None
"""What a name stands for; None is a folder."""


@dataclass(eq=False)
class Change:
    """One thing that happened to the names of a folder: it is on disk as a whole or not at all."""

    folder: str
    """Sure once this one was flushed."""
    put: dict[str, Thing] = field(default_factory=dict)
    """Paths that stand for something from now on."""
    gone: tuple[str, ...] = ()
    """Paths that do not any more."""

    def apply(self, names: dict[str, Thing]) -> None:
        """Puts it into effect."""
        for path in self.gone:
            names.pop(path, None)
        names.update(self.put)


class Disk:
    """What is sure of the folder `root` and what is not, kept up to date as this program calls the system."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, after: Callable[[Disk], None]) -> None:
        """`after` is called whenever something changed: any moment may be the one of the cut."""
        self.root = root
        self._after = after
        self._guard = threading.RLock()
        self._open: dict[int, Content | str] = {}
        self.sure: dict[str, Thing] = {}
        self.pending: list[Change] = []
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            self.sure[name] = Content(path, [path.read_bytes()]) if path.is_file() else None
        self._names = dict(self.sure)
        calls: list[Callable[..., None]] = [
            *(self.open, self.close, self.write, self.ftruncate, self.fsync, self.fdatasync),
            *(self.replace, self.rename, self.link, self.unlink, self.mkdir, self.rmdir),
        ]
        for call in calls:
            self._record(monkeypatch, call.__name__, call)

    def _record(self, monkeypatch: pytest.MonkeyPatch, name: str, note: Callable[..., None]) -> None:
        real = getattr(os, name)

        def call(*args: Any, **options: Any) -> Any:
            assert not {key for key in options if key.endswith("dir_fd") and options[key] is not None}, "not followed"
            with self._guard:
                if name == "close":
                    note(None, *args)
                    return real(*args)
                result = real(*args, **options)
                note(result, *args)
                return result

        monkeypatch.setattr(os, name, call)

    def _name(self, path: Any) -> str | None:
        """How a path is called here: from `root` on, which is itself empty; None where it is not followed."""
        if not isinstance(path, str | os.PathLike) or not Path(path).is_relative_to(self.root):
            return None
        return "" if Path(path) == self.root else Path(path).relative_to(self.root).as_posix()

    def _change(self, at: str, put: dict[str, Thing], gone: tuple[str, ...] = ()) -> None:
        change = Change(at.rpartition("/")[0], put, gone)
        change.apply(self._names)
        self.pending.append(change)
        self._after(self)

    # What the system was asked for

    def open(self, fd: int, path: Any, flags: int, mode: int = 0o777) -> None:
        """A file or folder was opened, and perhaps made or emptied by that."""
        name = self._name(path)
        if not name:
            if name is not None:
                self._open[fd] = name
            return
        if name not in self._names:
            self._change(name, {name: Content(Path(path), [b""])})
        thing = self._names[name]
        self._open[fd] = name if thing is None else thing
        if flags & os.O_TRUNC:
            self.write(0, fd)

    def close(self, result: object, fd: int) -> None:
        """What is not flushed does not become it by this."""
        self._open.pop(fd, None)

    def write(self, result: int, fd: int, data: object = b"") -> None:
        """The file may hold on disk what it holds by now."""
        content = self._open.get(fd)
        if isinstance(content, Content):
            content.versions.append(content.path.read_bytes())
            self._after(self)

    def ftruncate(self, result: object, fd: int, size: int) -> None:
        """Is a way of writing."""
        self.write(0, fd)

    def fsync(self, result: object, fd: int) -> None:
        """What was flushed is sure."""
        match self._open.get(fd):
            case Content() as content:
                content.versions = content.versions[-1:]
            case str() as folder:
                for change in [c for c in self.pending if c.folder == folder]:
                    change.apply(self.sure)
                    self.pending.remove(change)
            case None:
                return
        self._after(self)

    def fdatasync(self, result: object, fd: int) -> None:
        """Does for us what `fsync` does."""
        self.fsync(result, fd)

    def replace(self, result: object, source: Any, target: Any) -> None:
        """A rename is one change: both names or neither."""
        old, new = self._name(source), self._name(target)
        assert bool(old) == bool(new), "moved into or out of what is followed"
        if not old or not new:
            return
        thing = self._names[old]
        assert thing is not None, "a folder that moves is not followed"
        thing.path = Path(target)
        self._change(new, {new: thing}, (old,))

    def rename(self, result: object, source: Any, target: Any) -> None:
        """The same by another name."""
        self.replace(result, source, target)

    def link(self, result: object, source: Any, target: Any) -> None:
        """A second name for the same bytes."""
        if name := self._name(target):
            self._change(name, {name: self._names[Path(source).relative_to(self.root).as_posix()]})

    def unlink(self, result: object, path: Any) -> None:
        """A name less."""
        if name := self._name(path):
            self._change(name, {}, (name,))

    def mkdir(self, result: object, path: Any, mode: int = 0o777) -> None:
        """A folder more."""
        if name := self._name(path):
            self._change(name, {name: None})

    def rmdir(self, result: object, path: Any) -> None:
        """A folder less."""
        self.unlink(result, path)

    # What a cut leaves

    def check(self) -> None:
        """Fails if something happened to the folder that was not written down."""
        held = {name: thing and thing.versions[-1] for name, thing in self._names.items()}
        assert held == {
            self._name(path): path.read_bytes() if path.is_file() else None for path in self.root.rglob("*")
        }

    def states(self, chance: Random, most: int) -> Iterator[State]:
        """The disks that a cut at this moment may leave: all of them, or the far ends and `most` by chance."""
        for arrived in some_subsets(self.pending, chance, most):
            names = dict(self.sure)
            for change in arrived:
                change.apply(names)
            names = {name: thing for name, thing in names.items() if _hangs(name, names)}
            loose = list(dict.fromkeys(thing for thing in names.values() if thing and len(thing.versions) > 1))
            for chosen in some_products([content.possible() for content in loose], chance):
                held = dict(zip(loose, chosen, strict=True))
                yield {n: None if thing is None else held.get(thing, thing.versions[0]) for n, thing in names.items()}


def _hangs(name: str, names: Mapping[str, Thing]) -> bool:
    """Whether every folder above it is there."""
    above = [parent.as_posix() for parent in Path(name).parents][:-1]
    return all(folder in names and names[folder] is None for folder in above)


def some_subsets(changes: list[Change], chance: Random, most: int) -> Iterator[list[Change]]:
    """All subsets, in order; where there are more than `most`: all up to a moment, all but one, and by chance."""
    count = len(changes)
    if 2**count <= most:
        for size in range(count + 1):
            yield from map(list, combinations(changes, size))
        return
    for place in range(count + 1):
        yield changes[:place]
        yield changes[:place] + changes[place + 1 :]
    for _ in range(most):
        yield [change for change in changes if chance.random() < 0.5]


def some_products(choices: list[list[bytes]], chance: Random) -> Iterator[tuple[bytes, ...]]:
    """One of each: all ways while there are few, else all old, all whole, all gone, and once by chance."""
    if len(choices) <= 1:
        yield from product(*choices)
        return
    for place in (0, 1, -1):
        yield tuple(choice[place] for choice in choices)
    yield tuple(chance.choice(choice) for choice in choices)


def build(state: State, folder: Path) -> None:
    """Makes the folder that a cut left."""
    folder.mkdir()
    for name in sorted(state):
        data = state[name]
        if data is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(data)


class PlainFile(io.RawIOBase):
    """A file of which every write goes through `os`, where a Disk sees it: stock TinyDB's own opening does not."""

    def __init__(self, path: Any) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._fd

    def readinto(self, buffer: Any) -> int:
        data = os.read(self._fd, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data: Any) -> int:
        return os.write(self._fd, data)

    def seek(self, place: int, whence: int = 0) -> int:
        return os.lseek(self._fd, place, whence)

    def truncate(self, size: int | None = None) -> int:
        size = self.tell() if size is None else size
        os.ftruncate(self._fd, size)
        return size

    def close(self) -> None:
        if not self.closed:
            super().close()  # first: one that could not be closed must not be closed again, by then it is another file
            os.close(self._fd)


def open_plainly(path: Any, mode: str = "r+", encoding: str | None = None) -> io.TextIOWrapper:
    """Opens a file to be read and written as `open` does."""
    return io.TextIOWrapper(io.BufferedRandom(PlainFile(path)), encoding=encoding)
