"""Noticing what other programs save: a few stats, that work on every file system and need no thread."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from huddle_tui.store.reading import Stamp, stamp_of


class Watcher:
    """What changed since it was last asked? The first answer is everything that is there.

    `places` are files or folders; of a folder, what lies directly in it.
    """

    def __init__(self, *places: Path) -> None:
        self._places = places
        self._seen: dict[Path, Stamp] = {}

    def changed(self) -> set[Path]:
        """The files that were made, changed or removed since last asked."""
        now: dict[Path, Stamp] = {}
        for place in self._places:
            try:
                paths = list(place.iterdir())
            except NotADirectoryError:
                paths = [place]
            except OSError:
                continue
            for path in paths:
                if not path.name.startswith("."):
                    with suppress(OSError):
                        now[path] = stamp_of(path.stat())
        seen, self._seen = self._seen, now
        return {path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path)}
