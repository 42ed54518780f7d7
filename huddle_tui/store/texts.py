"""A book over a store of texts: each document (the team, a person's check-ins, a huddle) under its name.

What stands in a text is what stands in the file of a book in a folder. A store of texts knows nothing of teams and
huddles: it hands out the newest text, and swaps it for another one while nobody else does.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, Final, Protocol, TypeVar

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.summary import Summary, summarise
from huddle_tui.domain.team import Team
from huddle_tui.store.care.strays import ConflictCopy, check_ins_name, huddle_name
from huddle_tui.store.errors import misread
from huddle_tui.store.kept import TEAM, KeptBook
from huddle_tui.store.port import Held
from huddle_tui.store.schema.checking import Wrong
from huddle_tui.store.schema.documents import reader, write_in
from huddle_tui.store.schema.sealed import Contents
from huddle_tui.store.schema.versions import MIGRATIONS, SCHEMA, Tables

T = TypeVar("T")

_VERSION: Final = "_schema"
"""The table that says which version of the documents a text is in."""
_NEWEST: Final = f'{{"{_VERSION}":{SCHEMA},'
"""How a text of this version begins."""

CHECK_INS: Final = "checkins/"
HUDDLES: Final = "huddles/"
BIN: Final = "bin/"
"""Huddles that were deleted, and can be brought back."""

Changed = Callable[[str | None], tuple[T, str | None, str | None]]
"""Makes of the newest text a value, its text (None where it is equal, so nothing is stored) and a huddle's summary."""

_PIECE: Final = 200
"""The most huddles that are asked for at once."""


def day_of(name: str) -> date:
    """The day of the huddle whose document is called so."""
    return date.fromisoformat(name.rpartition("/")[2])


def value_of(name: str, body: str) -> Any:
    """The team, a huddle or a person's check-ins, as the name says, in a text that a program of ours wrote.

    The clocks of a huddle stand still. Raises Misread.
    """
    try:
        tables = None if body.startswith(_NEWEST) else _tables(body)
        return reader(name)(Contents(body.encode(), True, tables))
    except Wrong as wrong:
        raise misread(PurePosixPath(name), wrong) from None


def text_of(value: Team | Huddle | list[CheckIn], before: str | None, stored: Any) -> str:
    """The text of a value, which was `before`, holding `stored`; what a newer version wrote into it stays."""
    db = TinyDB(storage=MemoryStorage)
    db.storage.write(_tables(before) if before else {})
    write_in(value, db, stored)
    return json.dumps({_VERSION: SCHEMA, **(db.storage.read() or {})}, ensure_ascii=False, separators=(",", ":"))


def summary_of(value: object) -> str | None:
    """The summary of a huddle as text, to stand beside it; None for other documents."""
    if not isinstance(value, Huddle):
        return None
    summary = summarise(value)
    return msgspec.json.encode(_Kept(SCHEMA, replace(summary, seconds=round(summary.seconds, 3)))).decode()


def read_summary(text: str | None) -> Summary | None:
    """The summary in that text; None where another version wrote it, or nobody did: it is made anew."""
    try:
        kept = _summary.decode(text or "")
    except msgspec.DecodeError:
        return None
    return kept.summary if kept.version == SCHEMA else None


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    summary: Summary


_summary = msgspec.json.Decoder(_Kept)


def _tables(body: str) -> Tables:
    """The tables in that text, as this version writes them."""
    tables: dict[str, Any] = json.loads(body)
    for version in range(tables.pop(_VERSION), SCHEMA):
        tables = MIGRATIONS[version](tables)
    return tables


class Texts(Protocol):
    """Texts by name. Every method may raise HuddleError; whatever `change` returned from is durable."""

    shown: str
    """The place, as it may be shown."""

    def read(self, name: str) -> str | None:
        """That text; None where there is none."""

    def read_many(self, names: Iterable[str]) -> dict[str, str]:
        """Those texts, as far as there are any."""

    def huddles(self) -> dict[str, str | None]:
        """The name of every huddle, with its summary where one was stored."""

    def change(self, name: str, changed: Changed[T]) -> T:
        """Stores what `changed` makes of the newest text, which nobody else changes meanwhile, and gives its value.

        `changed` may be called again, with what is stored by then.
        """

    def move(self, name: str, to: str) -> None:
        """Gives a text another name. Raises KeyError where there is none, FileExistsError where that name is taken."""

    def named(self, beginning: str) -> list[str]:
        """The names that begin so, in order."""

    def prepare(self) -> list[Sentence]:
        """Makes what a first book needs; tells what was made."""

    def hold(self, name: str) -> Held | None:
        """Claims `name` for this program; None while another one holds it."""

    def version(self) -> object:
        """Something that is another thing once any text of the book changed."""

    def wait(self, seconds: float) -> bool:
        """Waits until the version may be another one than when asked, at most so many seconds; whether it may be."""

    def take_notices(self) -> list[Sentence]:
        """What a person should be told since last asked."""

    @property
    def unsent(self) -> int:
        """How many texts are on this machine alone, because a server cannot be reached."""

    def close(self) -> None:
        """Gives back what is held open; the next call opens it again."""


class TextBook(KeptBook):
    """The book in those texts. Safe to use from several threads where they are."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts
        self._seen: object = None
        with suppress(HuddleError):  # whoever asks for something next is told
            self._seen = texts.version()

    @property
    def place(self) -> str:
        """What opens it again, without a password."""
        return self.texts.shown

    @property
    def unsent(self) -> int:
        """How many documents are on this machine alone, because the server cannot be reached."""
        return self.texts.unsent

    def close(self) -> None:
        """Gives back what is held open."""
        self.texts.close()

    # The team

    def exists(self) -> bool:
        return self.texts.read(TEAM) is not None

    def change_team(self, change: Callable[[Team | None], Team]) -> Team:
        if not self.exists():
            self._tell(TEAM, self.texts.prepare())
        return self._change(TEAM, change)

    # Huddles

    def days(self) -> list[date]:
        return sorted(day_of(name) for name in self.texts.huddles())

    def huddles(self, days: Iterable[date]) -> Iterator[Huddle]:
        wanted, size = list(days), 1  # the first comes at once, the many behind it in few statements
        while wanted:
            piece = [huddle_name(day) for day in wanted[:size]]
            wanted, size = wanted[size:], min(size * 4, _PIECE)
            bodies = self.texts.read_many(piece)
            for name in piece:
                try:
                    if name in bodies:
                        yield value_of(name, bodies[name])
                        self._told.pop(name, None)
                except HuddleError as error:  # is told about and does not keep the others from being read
                    self.incomplete = True
                    self._tell(name, [error.sentence])

    def discard_huddle(self, day: date) -> None:
        running = self.hold(f"host-{day}")
        if running is None:
            raise HuddleError(N_("The huddle of {day} is being held by a program now: end it there first."), day=day)
        with running:
            try:
                self.texts.move(huddle_name(day), f"{BIN}{day}.{len(self._in_bin(day)) + 1:04}")
            except KeyError:
                raise HuddleError(N_("There is no huddle of {day} in this book."), day=day) from None

    def discarded(self) -> list[date]:
        names = self.texts.named(BIN)
        return sorted({date.fromisoformat(name.removeprefix(BIN)[:10]) for name in names}, reverse=True)

    def restore_huddle(self, day: date) -> None:
        kept = self._in_bin(day)
        if not kept:
            raise HuddleError(N_("There is no huddle of {day} in the bin."), day=day)
        try:
            self.texts.move(kept[-1], huddle_name(day))
        except FileExistsError:
            text = N_("There is a huddle of {day} again, so the deleted one stays in the bin.")
            raise HuddleError(text, day=day) from None

    def _in_bin(self, day: date) -> list[str]:
        return self.texts.named(f"{BIN}{day}.")

    def summaries(self) -> list[Summary]:
        known = {day_of(name): read_summary(text) for name, text in self.texts.huddles().items()}
        unknown = sorted(day for day, summary in known.items() if summary is None)  # as another version wrote them
        known |= {huddle.day: summarise(huddle) for huddle in self.huddles(unknown)}
        return [summary for _, summary in sorted(known.items()) if summary is not None]

    # Check-ins

    def checked_in(self) -> list[str]:
        return [name.removeprefix(CHECK_INS) for name in self.texts.named(CHECK_INS)]

    def all_check_ins(self, people: Iterable[str]) -> Mapping[str, list[CheckIn]]:
        names = {person: check_ins_name(person) for person in people}
        bodies = self.texts.read_many(names.values())
        return {person: value_of(name, bodies[name]) if name in bodies else [] for person, name in names.items()}

    # Other programs

    def conflicts(self) -> list[ConflictCopy]:
        return []  # one text has one version

    def take_in(self, conflict: ConflictCopy, at: datetime, by: str) -> None:
        raise HuddleError(N_("There is no copy to take in."))

    def hold(self, name: str) -> Held | None:
        if not self.exists():
            raise self._no_book()
        return self.texts.hold(name)

    def wait(self, seconds: float) -> bool:
        return self.texts.wait(seconds)

    def changed(self) -> bool:
        before, self._seen = self._seen, self.texts.version()
        return before != self._seen

    def take_notices(self) -> list[Sentence]:
        return super().take_notices() + self.texts.take_notices()

    # Inside

    def _read(self, name: str) -> Any:
        body = self.texts.read(name)
        return None if body is None else value_of(name, body)

    def _change(self, name: str, change: Callable[[Any], T]) -> T:
        def changed(before: str | None) -> tuple[T, str | None, str | None]:
            stored = None if before is None else value_of(name, before)
            value: Any = change(stored)
            if value == stored:
                return value, None, None
            return value, text_of(value, before, stored), summary_of(value)

        return self.texts.change(name, changed)

    def _no_book(self) -> HuddleError:
        return HuddleError(N_("There is no book in {folder}: make a team there first."), folder=self.texts.shown)
