"""The cache behind `summaries`: what the list of past huddles shows, kept per huddle with the stamp of its file.

Derived from the huddles and nothing else, so `.huddle/index.json` may be deleted at any time: it is then made again.
It is not backed up, and not believed when anything about it is odd.
"""

from __future__ import annotations

import json
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from huddle_tui.domain.huddle import Action, Huddle, Stage, Stuck
from huddle_tui.domain.summary import SaidStuck, Summary, summarise
from huddle_tui.store.disk.durable import replace, take
from huddle_tui.store.disk.reading import Stamp, stamp_of
from huddle_tui.store.schema.versions import SCHEMA

_VERSION: Final = f"5/{SCHEMA}"
"""Of this file, and of the huddles it was made from: another one is made anew."""
_WORTH: Final = 8
"""So many huddles read again are worth a save of the index: reading a few costs less than writing all."""
_STAGES: Final = {stage.value: stage for stage in Stage}
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
            raw = self._file.read_bytes()
            if raw[: len(_seal(b""))] != _seal(raw[len(_seal(b"")) :]):
                return {}
            index = json.loads(raw)
            if index["version"] != _VERSION:
                return {}
            return dict(_unpacked(index))
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return {}  # not there, or not ours: everything in it is made again from the huddles

    def _save(self, known: Mapping[date, tuple[Stamp, Summary]]) -> None:
        """As far as it can be: on read-only media, or while somebody saves, nothing is lost but a little time."""
        body = json.dumps(_packed(known), ensure_ascii=False, separators=(",", ":"))[1:].encode()
        with suppress(OSError):
            held = take(self._file.with_name("lock"))
            if held is not None:
                try:
                    replace(_seal(body) + body, self._file, durable=False)
                finally:
                    held.release()


def _settled(stamp: Stamp) -> bool:
    return abs(time.time_ns() - max(stamp[1], stamp[2])) > _SETTLED


def _seal(body: bytes) -> bytes:
    """The first bytes of the file, which tell whether the rest of it is whole."""
    return b'{"seal":"%08x",' % zlib.crc32(body)


def _packed(known: Mapping[date, tuple[Stamp, Summary]]) -> dict[str, Any]:
    """The index as JSON: bare lists, as nobody reads it and the seal vouches for their shape.

    The lines of all texts are held once, as names and KPIs come back in every huddle.
    """
    lines: dict[str, int] = {}
    rows = [
        [
            stamp,
            s.day.isoformat(),
            s.stage.value,
            s.present,
            s.absent,
            s.seconds,
            s.time_box,
            s.kept,
            s.due,
            s.red,
            s.temperature,
            [
                [said.person, said.name, said.text, said.stuck.rounds, _iso(said.stuck.solved_on), said.stuck.was]
                for said in s.stucks
            ],
            [[action.id, action.who, action.what, _iso(action.by), _iso(action.done_on)] for action in s.actions],
            *(_runs(lines.setdefault(line, len(lines)) for line in text.split("\n")) for text in (s.text, s.numbers)),
        ]
        for stamp, s in known.values()
    ]
    return {"version": _VERSION, "lines": list(lines), "huddles": rows}


def _unpacked(index: dict[str, Any]) -> Iterator[tuple[date, tuple[Stamp, Summary]]]:
    lines: list[str] = index["lines"]

    def told(places: list[int]) -> str:
        runs = iter(places)
        return "\n".join(["\n".join(lines[first:end]) for first, end in zip(runs, runs, strict=True)])

    for stamp, iso, stage, present, absent, *figures, stucks, actions, words, numbers in index["huddles"]:
        day = date.fromisoformat(iso)
        seconds, time_box, kept, due, red, temperature = figures
        summary = Summary(
            day,
            _STAGES[stage],
            tuple(present),
            tuple(absent),
            seconds,
            time_box,
            kept,
            due,
            red,
            temperature,
            tuple(
                [
                    SaidStuck(day, person, name, Stuck(text, rounds, _day(solved), was))
                    for person, name, text, rounds, solved, was in stucks
                ]
            ),
            tuple([Action(id, who, what, _day(by), _day(done)) for id, who, what, by, done in actions]),
            told(words),
            told(numbers),
        )
        inode, mtime, ctime, size = stamp
        yield day, ((inode, mtime, ctime, size), summary)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _runs(places: Iterable[int]) -> list[int]:
    """Places as runs of neighbours, each its first and its end: the same people name the same numbers every day."""
    runs: list[int] = []
    for place in places:
        if runs and runs[-1] == place:
            runs[-1] += 1
        else:
            runs += [place, place + 1]
    return runs
