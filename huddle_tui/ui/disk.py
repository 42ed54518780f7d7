"""What a screen does off the event loop: putting on disk what was typed, and noticing what other programs do there."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from huddle_tui.domain.sentence import HuddleError

if TYPE_CHECKING:
    from huddle_tui.ui.base import HuddleScreen

T = TypeVar("T")

LOOK = 0.25
"""So often it is looked whether another program changed the book where nobody tells, seconds."""
RETRY = 2.0
"""A save that failed is tried again after so many seconds, and at every step."""


async def apart(job: Callable[[], T]) -> T:
    """Does that on a thread of its own, which neither a screen that is left nor a program that ends waits for."""
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()

    def do() -> None:
        try:
            done.set_result(job())
        except BaseException as error:  # belongs to whoever asked
            done.set_exception(error)

    Thread(target=do, name="apart", daemon=True).start()
    return await asyncio.wrap_future(done)


class Saver:
    """Saves what changed, in order, on a thread of its own; a save that failed is tried again."""

    def __init__(
        self,
        save: Callable[[], Callable[[], object] | None],
        saved: Callable[[HuddleError | None], None],
        pause: float = 0.0,
    ) -> None:
        """`save` gives back what puts everything on disk as it is now, or None where there is nothing to save.

        `saved` is told how that went. `pause` is how long `soon` waits for more, in seconds.
        """
        self._save, self._saved, self._pause = save, saved, pause
        self._disk = ThreadPoolExecutor(1, "disk")
        self._changed, self._hurry = asyncio.Event(), asyncio.Event()

    def soon(self) -> None:
        """Something was typed."""
        self._changed.set()

    def now(self) -> None:
        """A step was taken, or a field left."""
        self._changed.set()
        self._hurry.set()

    async def run(self) -> None:
        """Saves for as long as the screen is there."""
        while True:
            await self._changed.wait()
            if self._pause:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._hurry.wait(), self._pause)
            self._changed.clear()
            self._hurry.clear()
            trouble: HuddleError | None = None
            if (save := self._save()) is not None:
                try:
                    await self.in_order(save)
                except HuddleError as error:
                    trouble = error
                    asyncio.get_running_loop().call_later(RETRY, self.now)
            self._saved(trouble)

    async def in_order(self, job: Callable[[], T]) -> T:
        """Does that on the same thread, after what is being saved. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, job)

    def end(self) -> HuddleError | None:
        """The last save, waited for: whatever ends the screen, what was typed is on disk first; or why it is not."""
        try:
            if (save := self._save()) is not None:
                self._disk.submit(save).result()
        except HuddleError as error:
            return error
        finally:
            self._disk.shutdown(wait=False)
        return None


class BookWatch:
    """Notices what other programs do to the book, for the screen that is in front."""

    def __init__(
        self,
        screen: "HuddleScreen",
        changed: Callable[[], Awaitable[None] | None],
        *,
        saver: Saver | None = None,
        troubled: Callable[[], None] | None = None,
        always: bool = False,
    ) -> None:
        """`changed` shows what is new; where it raises a HuddleError it is called again until it succeeds.

        That is told, or `troubled` is called, which shows `trouble`. With a `saver` the book is asked on its thread,
        between saves. `always` looks behind other screens too.
        """
        self.screen, self._changed, self._always = screen, changed, always
        self._saver, self._troubled = saver, troubled
        self.trouble: HuddleError | None = None
        """Why what is new cannot be read, as long as it cannot."""

    def start(self) -> None:
        """Looks once the screen is drawn, for as long as it is there."""
        self.screen.call_after_refresh(self.screen.run_worker, self._watch, group="watch")

    async def _watch(self) -> None:
        while True:
            if not self._looks:
                await asyncio.sleep(LOOK)
                continue
            told = await apart(partial(self.screen.book.wait, LOOK))
            if (told or self.trouble) and self._looks:  # news is told once: not behind another screen by now
                await self._look()

    @property
    def _looks(self) -> bool:
        return self._always or self.screen.in_front

    async def _look(self) -> None:
        before, book = self.trouble, self.screen.book
        try:
            asked = self._saver.in_order(book.changed) if self._saver else apart(book.changed)
            if not await asked and before is None:
                return
            if (showing := self._changed()) is not None:
                await showing
            for notice in await apart(book.take_notices):
                self.screen.tell(notice)
            self.trouble = None
        except HuddleError as error:
            self.trouble = error
        if str(self.trouble) == str(before):
            return
        if self._troubled is not None:
            self._troubled()
        elif self.trouble is not None:
            self.screen.tell(self.trouble)
