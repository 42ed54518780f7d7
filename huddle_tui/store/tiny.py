"""A book in a folder: the port over small TinyDB files that lose nothing.

    BOOK/team.json                          settings, people, processes, KPIs, promise changes
    BOOK/checkins/<person id>.json         that person's drafts, one for each huddle to come
    BOOK/huddles/2026/2026-11-23.json       one huddle
    BOOK/.huddle/                           lock, twins/, backups/, quarantine/, index.json

One fact, one file: no change spans two of them.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.summary import Summary
from huddle_tui.domain.team import Team
from huddle_tui.store.care import bin
from huddle_tui.store.care.strays import ConflictCopy, conflicts, huddle_name, is_proper
from huddle_tui.store.disk.durable import is_there
from huddle_tui.store.disk.listing import Folders
from huddle_tui.store.disk.reading import BookFile, Stamp, find, lost, stamp_of
from huddle_tui.store.disk.saving import edit, flush, heal_twin, hold, lock
from huddle_tui.store.kept import TEAM, KeptBook
from huddle_tui.store.port import Held
from huddle_tui.store.schema import documents
from huddle_tui.store.schema.sealed import Contents
from huddle_tui.store.schema.versions import Tables

if TYPE_CHECKING:
    from huddle_tui.store.care.index import Index

T = TypeVar("T")

_NEWEST: Final = 3
"""How many of the newest huddles are watched one by one."""


class TinyBook(KeptBook):
    """The book in the folder `root`, which need not be there yet. Safe to use from several threads.

    With `durable=False` (scratch copies) a save is still atomic, but does not wait for the disk and keeps no copies.
    """

    def __init__(self, root: Path, *, durable: bool = True) -> None:
        super().__init__()
        self.root = root
        self._durable = durable
        self._existed = False
        """Whether there was a book here: a folder that is taken away must not come back as an empty book."""
        self._searched = False
        """Whether conflict copies were looked for: when it is first asked what there is to tell, and after news."""
        self._latest: tuple[str, bytes | None, object, Tables | None] = ("", None, None, None)
        """The file that was changed last, its bytes, and the value and tables in them: a round saves only one."""
        self._healed = False
        self._places = lru_cache(maxsize=100)(partial(BookFile, root))
        self._on_disk: dict[str, int] = {}
        """Of each file the hash of the bytes that this program knows to survive a power cut, whoever wrote them."""
        self._folders = Folders(root)
        self._seen = self._stamps()

    @cached_property
    def _index(self) -> "Index":
        """What the list of past huddles shows; a first frame does not wait for it."""
        from huddle_tui.store.care.index import Index

        return Index(self.root, lambda day: f"{self.root}/{huddle_name(day)}.json", self._read_huddle)

    def exists(self) -> bool:
        try:
            place = self._places(TEAM)
            here = any(map(is_there, (place.path, place.twin, place.placeholder)))
            return here or any(map(is_there, place.backups()))
        except OSError:  # it may not be looked at, so there is something: reading it says what is wrong
            return True

    # The team

    def change_team(self, change: Callable[[Team | None], Team]) -> Team:
        def changed(stored: Team | None) -> Team:
            if stored is None and (teamless := self._teamless()) is not None:
                raise teamless
            return change(stored)

        return self._change(TEAM, changed)

    # Huddles

    def days(self) -> list[date]:
        return self._listed("huddles", self._folders.days)

    def huddles(self, days: Iterable[date]) -> Iterator[Huddle]:
        for day in days:
            if (found := self._read_huddle(day)) is not None:
                yield found

    def discard_huddle(self, day: date) -> None:
        self._tell("bin", bin.discard(self.root, huddle_name(day), day, durable=self._durable))

    def discarded(self) -> list[date]:
        return bin.discarded(self.root)

    def restore_huddle(self, day: date) -> None:
        bin.restore(self.root, huddle_name(day), day, durable=self._durable)

    def summaries(self) -> list[Summary]:
        return self._index.summaries(self.days())

    # Check-ins

    def checked_in(self) -> list[str]:
        names = self._listed("checkins", self._folders.check_ins)
        return [name for name in names if is_proper(f"checkins/{name}")]

    # Conflict copies

    def conflicts(self) -> list[ConflictCopy]:
        return conflicts(self.root, self._folders)

    def take_in(self, conflict: ConflictCopy, at: datetime, by: str) -> None:
        from huddle_tui.store.care.taking_in import take_in  # a start does not wait for how two versions become one

        with lock(BookFile(self.root, conflict.name), 10.0):
            notices = take_in(self.root, conflict, at, by)
        self._tell(conflict.name, notices)

    # Other programs

    def hold(self, name: str) -> Held | None:
        if not self.exists():
            raise self._no_book()
        return hold(self.root, name)

    def changed(self) -> bool:
        self._heal_twins()  # whoever asks is a screen that stays open, and asks beside it
        before, self._seen = self._seen, self._stamps()
        if [place for place, _ in before] != [place for place, _ in self._seen]:
            self._searched = False  # what came may be a conflict copy
        return before != self._seen

    def wait(self, seconds: float) -> bool:
        time.sleep(seconds)  # whoever listens asks again after that, on a thread of its own
        return True

    def take_notices(self) -> list[Sentence]:
        if self._existed and not self._searched:
            self._searched = True
            self._tell("conflicts", [conflict.notice for conflict in self.conflicts()])
        return super().take_notices()

    # Inside

    def _listed(self, what: str, lists: Callable[[list[Sentence]], list[T]]) -> list[T]:
        """What lies in folders of the book; of what cannot be listed it is told."""
        unlisted: list[Sentence] = []
        found = lists(unlisted)
        self.incomplete = self.incomplete or bool(unlisted)
        self._tell(what, unlisted)
        return found

    def _path(self, name: str) -> Path:
        return self.root / f"{name}.json"

    def _no_book(self) -> HuddleError:
        """A folder that was taken away or a drive that was unplugged is not the same as a book that never was."""
        if self._existed:
            return lost(BookFile(self.root, TEAM), Sentence(N_("it is missing")))
        return self._teamless() or HuddleError(
            N_("There is no book in {folder}: make a team there first."), folder=self.root
        )

    def _teamless(self) -> HuddleError | None:
        """That huddles lie here without their team, if they do."""
        if not (days := self.days()):
            return None
        text = N_(
            "{path} is missing and there are huddles, the last of {day}: no new team is made over them. "
            "Put it back: from a backup, or let the tool that keeps it elsewhere fetch it."
        )
        return HuddleError(text, path=self._path(TEAM), day=days[-1])

    def _change(self, name: str, change: Callable[[Any], T]) -> T:
        """Stores what `change` makes of the newest value of a file, all at once; an equal one is left as it stands.

        It may stand there and yet not be on disk: a save of another program, or one before this program was started,
        may have failed when all but the last flush was done. So an equal one is flushed before it counts as saved.
        """
        if not self.exists() and (name != TEAM or self._existed):
            raise self._no_book()
        self._heal_twins()
        place = self._places(name)
        with edit(place, partial(self._stored, name), durable=self._durable) as at_hand:
            found = at_hand.found
            stored = found.value if found is not None else None
            value: Any = change(stored)
            if value != stored or (found is not None and found.copy is not None):
                at_hand.tables = self._take_tables(name, found.contents) if found is not None else None
                documents.write_in(value, at_hand.db, stored)
                at_hand.save(twice=isinstance(value, Huddle) and value.ended_at is not None)
            elif found is not None and self._durable and self._on_disk.get(name) != hash(found.raw):
                flush(place, found)
        raw = at_hand.data or (found.raw if found is not None else None)
        self._on_disk[name] = hash(raw)
        self._existed = True
        if at_hand.data is not None:
            self._latest = name, raw, value, cast(Tables, at_hand.db.storage.read())
        elif (name, raw) != self._latest[:2]:
            self._latest = name, raw, value, None
        self._tell(name, at_hand.notices)
        return cast(T, value)

    def _heal_twins(self) -> None:
        """Once in each program, before it first writes or asks for changes: the twins that a power cut may have taken.

        Those of older huddles were waited for when the huddle ended.
        """
        if not self._durable or self._healed or not self.exists():
            return
        self._healed = True
        check_ins = [f"checkins/{name}" for name in self._folders.check_ins([])]
        newest = [TEAM, *check_ins, *(huddle_name(day) for day in self.days()[-_NEWEST:])]
        # Busy, or read-only: the next program looks again, and every save makes its own.
        with suppress(HuddleError), lock(BookFile(self.root, TEAM), 0.0):
            for name in newest:
                with suppress(HuddleError):  # that file cannot be read: whoever reads it is told
                    heal_twin(BookFile(self.root, name))

    def _stored(self, name: str, contents: Contents) -> Any:
        """What a file holds; not read again where it is, to the byte, as this program left it."""
        of, left, value, _ = self._latest
        return value if (of, left) == (name, contents.raw) else documents.reader(name)(contents)

    def _take_tables(self, name: str, contents: Contents) -> Tables | None:
        """The tables of a file as this program left it, for one change: they are on disk again once it is saved."""
        of, left, value, tables = self._latest
        if (of, left) != (name, contents.raw):
            return None
        self._latest = of, left, value, None
        return tables

    def _read(self, name: str) -> Any:
        place = BookFile(self.root, name)
        found = find(place, documents.reader(name))
        if found is None:
            return None
        self._existed = self._existed or name == TEAM
        notice = found.notice(place)
        if notice is None:
            self._told.pop(name, None)
        else:
            self._tell(name, [notice])
        return found.value

    def _read_huddle(self, day: date) -> Huddle | None:
        """One of many huddles: one that cannot be read is told about and does not keep the others from being read."""
        try:
            return self.huddle(day)
        except HuddleError as error:
            self.incomplete = True
            self._tell(huddle_name(day), [error.sentence])
            return None

    def _stamps(self) -> list[tuple[str, Stamp]]:
        """What `changed` compares: the team, the check-ins, the newest huddles and the folder they are in, with what
        lies beside them.

        Asked four times a second: a Path for each huddle of the year would cost more than all the rest, so these are
        plain strings.
        """
        check_ins, huddles, entries = f"{self.root}/checkins", f"{self.root}/huddles", self._folders.entries
        year = f"{huddles}/{max(filter(str.isdecimal, entries(huddles)), default='')}"
        places = [
            *(f"{self.root}/{entry}" for entry in entries(f"{self.root}") if ".json" in entry),
            huddles,
            year,
            *(f"{check_ins}/{entry}" for entry in entries(check_ins)),
            *(f"{year}/{entry}" for entry in entries(year)[-_NEWEST:]),
        ]
        stamps = []
        for place in places:
            with suppress(OSError):  # is gone: and so is its stamp
                stamps.append((place, stamp_of(os.stat(place))))  # noqa: PTH116
        return stamps
