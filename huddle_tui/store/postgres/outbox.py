"""Texts on a server that go on while the server cannot be reached, and are delivered as soon as it can.

In a folder of this machine lies what the server last said (`known/`), and for every text that was changed without it
what that change began from and what it came to (`unsent/`, durable). When the server answers again each of these is
delivered as one change that merges three ways: what it began from, ours, what is there by now. Nothing that somebody
else stored meanwhile is overwritten and nothing of ours is dropped. Delivering twice changes nothing, so a program may
die anywhere in between: the next one that starts delivers.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote, unquote

import msgspec

from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.store.disk.durable import make_dir, replace, take
from huddle_tui.store.errors import explained
from huddle_tui.store.kept import TEAM
from huddle_tui.store.port import Held
from huddle_tui.store.postgres.connector import Unreachable
from huddle_tui.store.texts import CHECK_INS, HUDDLES, Changed, Texts, summary_of, value_of

T = TypeVar("T")

_AGAIN: Final = 2.0
"""Seconds after which a server that could not be reached is asked again."""
_KEPT: Final = 15
"""So many of the newest huddles are kept on this machine."""
_LIST: Final = "list"


class Unsent(msgspec.Struct, frozen=True):
    """A text that the server does not have yet."""

    base: str | None
    """What the server said when the change was made."""
    ours: str
    """What it came to."""


class Outbox(Texts):
    """`server`, with a folder of this machine to go on from. Safe to use from several threads and programs."""

    def __init__(
        self, server: Texts, folder: Path, merge: Callable[[str, Unsent, str | None], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`merge` makes one text of an unsent one and what is stored by now; `clock` gives seconds that only grow."""
        self.shown = server.shown
        self._server = server
        self._folder = folder
        self._merge = merge
        self._clock = clock
        self._guard = threading.RLock()
        self._known: dict[str, str] = {}
        self._notices: list[Sentence] = []
        self._away_until = 0.0
        self._away = False
        self._why = Sentence("")
        """Why the server could not be reached, as it was told last."""
        self._turns = 0

    @property
    def unsent(self) -> int:
        """How many texts the server does not have yet."""
        return len(self._unsent_names())

    def deliver(self) -> None:
        """Sends what waits, now. Raises Unreachable where the server is still away."""
        with self._guard:
            self._deliver(self._unsent_names())

    # As the server does it

    def read(self, name: str) -> str | None:
        if answer := self._asked(lambda: self._server.read(name)):
            (body,) = answer
            if body is not None:
                self._remember(name, body)
            return body
        waiting = self._waiting(name)
        body = waiting.ours if waiting else self._recall(name)
        if body is None and name == TEAM:
            raise self._nothing_here()
        return body

    def read_many(self, names: Iterable[str]) -> dict[str, str]:
        wanted = list(names)
        if answer := self._asked(lambda: self._server.read_many(wanted)):
            (found,) = answer
            huddles = sorted(name for name in found if name.startswith(HUDDLES))
            for name in found.keys() - huddles[:-_KEPT]:
                self._remember(name, found[name])
            return found
        return {name: body for name in wanted if (body := self.read(name)) is not None}

    def huddles(self) -> dict[str, str | None]:
        if answer := self._asked(self._server.huddles):
            self._remember(_LIST, msgspec.json.encode(answer[0]).decode())
            return answer[0]
        listed = self._recall(_LIST)
        known: dict[str, str | None] = msgspec.json.decode(listed, type=dict[str, str | None]) if listed else {}
        here = {name for name in known if self._recall(name) is not None or known[name]}
        ours: dict[str, str | None] = {n: None for n in self._unsent_names() if n.startswith(HUDDLES)}
        return {name: known[name] for name in sorted(here)} | ours

    def change(self, name: str, changed: Changed[T]) -> T:
        written: str | None = None

        def kept(before: str | None) -> tuple[T, str | None, str | None]:
            nonlocal written
            value, written, summary = changed(before)
            return value, written, summary

        if answer := self._asked(lambda: self._server.change(name, kept)):
            if written is not None:
                self._remember(name, written)
            return answer[0]
        return self._change_here(name, changed)

    def move(self, name: str, to: str) -> None:
        if not self._reachable():
            text = N_("The database {place} cannot be reached: a huddle is deleted and brought back there.")
            raise Unreachable(text, place=self.shown)
        self._server.move(name, to)
        for old in (name, to):
            self._known.pop(old, None)
            self._file("known", old).unlink(missing_ok=True)

    def named(self, beginning: str) -> list[str]:
        return self._server.named(beginning) if self._reachable() else []

    def prepare(self) -> list[Sentence]:
        return self._server.prepare()

    def hold(self, name: str) -> Held | None:
        if answer := self._asked(lambda: self._server.hold(name)):
            return answer[0]
        # Of this machine alone; when the server is back, the session in the huddle tells who goes on.
        with explained(self._folder):
            make_dir(self._folder)
            return take(self._folder / f"{quote(name, safe='')}.claim")

    def version(self) -> object:
        answer = self._asked(self._server.version)
        return answer[0] if answer else ("away", self._turns)

    def wait(self, seconds: float) -> bool:
        if not self._away:
            return self._server.wait(seconds)
        time.sleep(seconds)  # whoever listens asks again after that, on a thread of its own
        return True

    def take_notices(self) -> list[Sentence]:
        with self._guard:
            taken, self._notices = self._notices, []
        return taken + self._server.take_notices()

    def close(self) -> None:
        self._server.close()

    # Without the server

    def _asked(self, ask: Callable[[], T]) -> tuple[T] | None:
        """What the server answers; None where it cannot be reached."""
        if self._reachable():
            try:
                return (ask(),)
            except Unreachable as error:
                self._lost(error)
        return None

    def _reachable(self) -> bool:
        """Whether the server is worth asking; the first time that it is again, what waits is delivered."""
        with self._guard:
            if self._away and self._clock() < self._away_until:
                return False
            try:
                waits = self._unsent_names()
                if self._away or waits:
                    self._deliver(waits)
            except Unreachable as error:
                self._lost(error)
                return False
            if self._away or waits:
                self._turns += 1
                self._away = False
                text = N_("The database answers again, and has everything that was said meanwhile.")
                self._notices.append(Sentence(text))
            return True

    def _lost(self, error: Unreachable) -> None:
        """The server is away: said once, and asked again in a while."""
        with self._guard:
            self._away_until, self._why = self._clock() + _AGAIN, error.sentence
            if self._away:
                return
            self._away = True
            self._turns += 1
            why = N_("{why} What is said goes on here, is kept on this machine and sent as soon as it can be.")
            self._notices.append(Sentence(why, {"why": error.sentence}))

    def _nothing_here(self) -> HuddleError:
        self._notices.clear()  # nothing goes on here
        return Unreachable(N_("{why} Nothing of this book was read on this machine before."), why=self._why)

    def _change_here(self, name: str, changed: Changed[T]) -> T:
        """The change on this machine alone, on disk before it counts."""
        with self._alone():
            waiting = self._waiting(name)
            base = waiting.base if waiting else self._recall(name)
            if base is None and not name.startswith((HUDDLES, CHECK_INS)):
                raise self._nothing_here()
            value, body, _summary = changed(waiting.ours if waiting else base)
            if body is not None:
                unsent = msgspec.json.encode(Unsent(base, body))
                replace(unsent, self._file("unsent", name), durable=True)
                self._turns += 1
            return value

    def _deliver(self, names: list[str]) -> None:
        """Hands everything that waits to the server, the team last: a huddle's promises are recorded behind it."""
        if not names:
            self._server.version()  # is it there?
            return
        with self._alone():
            for name in sorted(names, key=lambda name: name == TEAM):
                waiting = self._waiting(name)
                if waiting is not None:
                    self._remember(name, self._server.change(name, self._merging(name, waiting)))
                    self._file("unsent", name).unlink()

    def _merging(self, name: str, waiting: Unsent) -> Changed[str]:
        def changed(stored: str | None) -> tuple[str, str | None, str | None]:
            try:
                body = self._merge(name, waiting, stored)
            except Unreachable:
                raise
            except HuddleError as error:
                body = self._set_aside(name, waiting, stored, error)
            return body, None if body == stored else body, summary_of(value_of(name, body))

        return changed

    def _set_aside(self, name: str, waiting: Unsent, stored: str | None, error: HuddleError) -> str:
        """What cannot be merged is kept beside the outbox and told; what the server has stays."""
        if stored is None:
            return waiting.ours
        place = self._file("unmerged", name)
        replace(waiting.ours.encode(), place, durable=True)
        text = N_("{why} What was changed here meanwhile lies in {file}.")
        self._notices.append(Sentence(text, {"why": error.sentence, "file": place}))
        return stored

    # The folder

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread or program of this machine changes what waits."""
        with self._guard, explained(self._folder):
            make_dir(self._folder)
            held = take(self._folder / "lock", timeout=10.0)
            if held is None:
                text = N_("Another program on this machine is sending what was said: try again in a moment.")
                raise HuddleError(text)
            with held:
                yield

    def _file(self, kind: str, name: str) -> Path:
        return self._folder / kind / f"{quote(name, safe='')}.json"

    def _unsent_names(self) -> list[str]:
        folder = self._folder / "unsent"
        with explained(folder):
            try:
                return sorted(unquote(entry.stem) for entry in folder.iterdir() if entry.suffix == ".json")
            except FileNotFoundError:
                return []

    def _waiting(self, name: str) -> Unsent | None:
        file = self._file("unsent", name)
        with explained(file):
            try:
                return msgspec.json.decode(file.read_bytes(), type=Unsent)
            except FileNotFoundError:
                return None
            except msgspec.DecodeError as error:
                text = N_(
                    "{file} holds what was said without the database, and cannot be read: keep it and ask for help."
                )
                raise HuddleError(text, file=file) from error

    def _remember(self, name: str, body: str) -> None:
        """Keeps what the server has; it may be lost, as the server has it."""
        with self._guard:
            if self._known.get(name) == body:
                return
            self._known[name] = body
            with explained(self._folder):
                replace(body.encode(), self._file("known", name), durable=False)

    def _recall(self, name: str) -> str | None:
        """What the server last said, to this program or one before it."""
        if name in self._known:
            return self._known[name]
        file = self._file("known", name)
        with explained(file):
            try:
                body = file.read_text("utf-8")
            except FileNotFoundError:
                return None
        self._known[name] = body
        return body
