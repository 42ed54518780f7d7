"""Signals that are not lost."""

import asyncio
import os
import signal
from collections.abc import Callable


def on_signal(number: int, loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> None:
    """Calls that on the loop for every signal of this kind, until the loop is closed.

    On the loop: a handler in the middle of anything could wait for a lock that it interrupted. Not by asyncio's own
    way, which is told by a byte in a pipe: while hundreds of keys wait, as after a large paste, the pipe is full of
    wake-ups, the signal is lost, and a program that was told to end lives on.
    """
    before = signal.getsignal(number)

    def handle(*_: object) -> None:
        try:
            loop.call_soon_threadsafe(call)
        except RuntimeError:  # closed: it is nobody's but the system's any more
            signal.signal(number, before if before is not None else signal.SIG_DFL)
            os.kill(os.getpid(), number)

    signal.signal(number, handle)
