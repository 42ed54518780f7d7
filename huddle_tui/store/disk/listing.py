"""What lies in a book's folders: a folder that stands still is listed once, for its days are asked for often."""

import os
import time
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.store.errors import not_ours

_RESTLESS: Final = 60_000_000_000
"""Nanoseconds for which a folder that changed is listed anew each time: it may change again within the same tick of
the clock of its disk."""


class _Listed(msgspec.Struct, frozen=True, dict=True):
    """A folder that was listed."""

    folder: str
    """Which one."""
    entries: list[str]
    """What lies in it, in order."""
    changed: int
    """When something last came into it or left it, in nanoseconds."""

    @cached_property
    def shown(self) -> list[str]:
        """What is not hidden or half-written."""
        return [entry for entry in self.entries if entry[0] != "."]

    @cached_property
    def huddles(self) -> dict[str, date]:
        """Of a year's folder the entries that are huddles, or hold the place of one, each with its day."""
        year = self.folder.rpartition("/")[2]
        return {entry: day for entry in self.entries if (day := _day(entry, year)) is not None}

    @cached_property
    def days(self) -> list[date]:
        """Their days, in order."""
        return sorted(self.huddles.values())


class Folders:
    """The folders of the book in `root`. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._still: dict[str, _Listed] = {}

    def days(self, unlisted: list[Sentence]) -> list[date]:
        """The days with a huddle, in order; also those of which only the twin is left.

        Of a folder that is there and may not be listed a sentence is added to `unlisted`.
        """
        found: dict[str, list[_Listed]] = {}
        for base, told in self._bases(unlisted):
            years = [year for year in self.entries(f"{base}/huddles", told) if year.isdecimal()]
            for year in years:
                listed = self._listed(f"{base}/huddles/{year}", told, anew=year == years[-1])
                if listed is not None:
                    found.setdefault(year, []).append(listed)
        return [day for year in sorted(found) for day in _days(*found[year])]

    def check_ins(self, unlisted: list[Sentence]) -> list[str]:
        """The names of the files with check-ins, without `.json`, in the same way."""
        found = set()
        for base, told in self._bases(unlisted):
            listed = self._listed(f"{base}/checkins", told)
            found |= {_named(entry) for entry in listed.entries} if listed is not None else set()
        return sorted(name[:-5] for name in found if name.endswith(".json") and name[0] != ".")

    def entries(self, folder: str, unlisted: list[Sentence] | None = None) -> list[str]:
        """What lies in a folder, in order, without what is hidden or half-written; nothing where there is none."""
        listed = self._listed(folder, [] if unlisted is None else unlisted)
        return [] if listed is None else listed.shown

    def odd(self, year: str) -> list[str]:
        """What lies in the folder of that year and is not named as a huddle is."""
        listed = self._listed(f"{self._root}/huddles/{year}", [])
        return [] if listed is None else [entry for entry in listed.shown if entry not in listed.huddles]

    def _bases(self, unlisted: list[Sentence]) -> list[tuple[Path, list[Sentence]]]:
        """Where files of the book lie, each with what takes down why a folder there cannot be listed."""
        if not os.access(self._root, os.X_OK):  # reading the team says so
            return []
        return [(self._root, unlisted), (self._root / ".huddle" / "twins", [])]

    def _listed(self, folder: str, unlisted: list[Sentence], *, anew: bool = False) -> _Listed | None:
        """A folder, links followed; where it may not be known what lies in it that is told, for it is not gone.

        `anew` where huddles come and go: there are disks that do not say when something came into a folder.
        """
        try:
            changed = os.stat(folder).st_mtime_ns  # noqa: PTH116 (four times a second, of many folders)
            known = self._still.get(folder)
            if known is not None and known.changed == changed and not anew:
                return known
            entries = sorted(os.listdir(folder))  # noqa: PTH208 (names are all that is asked for, of thousands)
        except OSError as error:
            if isinstance(error, FileNotFoundError | NotADirectoryError) and not os.path.lexists(folder):
                return None  # else a link to nowhere, or something in its place
            unlisted.append(unlisted_for(folder, error))
            return None
        if known is None or (known.entries, known.changed) != (entries, changed):
            known = _Listed(folder, entries, changed)
            if time.time_ns() - changed >= _RESTLESS:
                self._still[folder] = known
        return known


def unlisted_for(folder: str | Path, error: OSError) -> Sentence:
    """That a folder cannot be listed."""
    template = N_("{path} cannot be listed ({reason}): what lies in it is left out. Check the disk.")
    values = {"path": folder, "reason": error.strerror or type(error).__name__}
    return not_ours(Path(folder), error) or Sentence(template, values)


def _days(one: _Listed, twins: _Listed | None = None) -> list[date]:
    """The days of a year: where its twins are the same, which is mostly so, these are not looked at one by one."""
    if twins is None or one.entries == twins.entries:
        return one.days
    return sorted({*one.days, *twins.days})


def _day(entry: str, year: str) -> date | None:
    """The day of the huddle that an entry in the folder of a year is; None where it is none."""
    name = entry if entry[0] != "." else _named(entry)
    if name[10:] != ".json" or name[:4] != year or name[4:8:3] != "--":
        return None
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return None


def _named(entry: str) -> str:
    """The name of the file that an entry of a folder is, or holds the place of."""
    return entry[1:-7] if entry[0] == "." and entry.endswith(".icloud") else entry
