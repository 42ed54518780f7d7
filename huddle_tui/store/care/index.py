"""The cache behind `summaries`: what the list of past huddles shows, kept per huddle with the stamp of its file.

Derived from the huddles and nothing else, so `.huddle/index.json` may be deleted at any time: it is then made again.
It is not backed up, and not believed when anything about it is odd.
"""

import os
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.store.disk.durable import replace, take
from huddle_tui.store.disk.reading import Stamp, read_file, stamp_of
from huddle_tui.store.schema.sealed import Unreadable
from huddle_tui.store.schema.versions import SCHEMA

_VERSION: Final = f"6/{SCHEMA}"
"""Of this file, and of the huddles it was made from: another one is made anew."""
_WORTH: Final = 8
"""So many huddles read again are worth a save of the index: reading a few costs less than writing all."""
_SETTLED: Final = 1_000_000_000
"""Nanoseconds after which a stamp is believed: two saves within a tick of the clock may look the same."""


class Index:
    """Summaries of a book's huddles. Safe to use from several threads."""

    def __init__(self, root: Path, path: Callable[[date], str], read: Callable[[date], Huddle | None]) -> None:
        """`path` says where the huddle of a day is, `read` reads it: None where it cannot be."""
        self._file = root / ".huddle" / "index.json"
        self._path = path
        self._read = read
        self._known: dict[date, tuple[Stamp, Summary]] | None = None
        self._unsaved = 0
        self._guard = threading.Lock()

    def summaries(self, days: Iterable[date]) -> list[Summary]:
        """The summaries of those days; only huddles that changed are read again."""
        with self._guard:
            known = self._load() if self._known is None else self._known
            self._known = {}
            summaries = []
            for day in days:
                stamp = self._stamp(day)
                entry = known.get(day)
                if entry is not None and entry[0] == stamp:
                    self._known[day] = entry
                    summaries.append(entry[1])
                elif (huddle := self._read(day)) is not None:
                    summaries.append(summarise(huddle))
                    if stamp is not None and _settled(stamp):
                        self._known[day] = stamp, summaries[-1]
                        self._unsaved += 1
            if self._unsaved >= _WORTH:
                self._save(self._known)
                self._unsaved = 0
            return summaries

    def _stamp(self, day: date) -> Stamp | None:
        try:
            return stamp_of(os.stat(self._path(day)))  # noqa: PTH116 (of ten years a Path each would cost half of it)
        except OSError:  # only a copy of it is left: reading says so
            return None

    def _load(self) -> dict[date, tuple[Stamp, Summary]]:
        try:
            raw, _ = read_file(self._file)
            if raw[: len(_seal(b""))] == _seal(raw[len(_seal(b"")) :]):
                kept = _decoder.decode(raw)
                return kept.huddles if kept.version == _VERSION else {}
        except (OSError, Unreadable, msgspec.DecodeError):
            pass
        return {}  # not there, or not ours: everything in it is made again from the huddles

    def _save(self, known: dict[date, tuple[Stamp, Summary]]) -> None:
        """As far as it can be: on read-only media, or while somebody saves, nothing is lost but a little time."""
        body = msgspec.json.encode(_Indexed(_VERSION, known))[1:]
        with suppress(OSError):
            if (held := take(self._file.with_name("lock"))) is not None:
                with held:
                    replace(_seal(body) + body, self._file, durable=False)


class _Indexed(msgspec.Struct):
    """What the file holds."""

    version: str
    huddles: dict[date, tuple[Stamp, Summary]]


_decoder = msgspec.json.Decoder(_Indexed)


def _settled(stamp: Stamp) -> bool:
    return abs(time.time_ns() - max(stamp[1], stamp[2])) > _SETTLED


def _seal(body: bytes) -> bytes:
    """The first bytes of the file, which tell whether the rest of it is whole."""
    return b'{"seal":"%08x",' % zlib.crc32(body)
