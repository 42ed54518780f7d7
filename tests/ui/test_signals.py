"""A signal is never lost, however much the loop is behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from huddle_tui.ui.terminal.driver import on_signal


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = signal.getsignal(signal.SIGUSR1)
    yield
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_arrives_while_thousands_of_keys_wait() -> None:
    """asyncio's own way of being told is full by then, and the signal is lost in it."""

    async def busy() -> None:
        loop, told = asyncio.get_running_loop(), asyncio.Event()
        on_signal(signal.SIGUSR1, loop, told.set)
        for _ in range(5000):
            loop.call_soon_threadsafe(str)
        os.kill(os.getpid(), signal.SIGUSR1)
        await asyncio.wait_for(told.wait(), 60)

    asyncio.run(busy())


def test_after_the_loop_has_ended_it_is_for_whom_it_was_before() -> None:
    heard: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, _: heard.append(number))

    async def nothing() -> None:
        on_signal(signal.SIGUSR1, asyncio.get_running_loop(), str)

    asyncio.run(nothing())
    os.kill(os.getpid(), signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR1)
    assert heard == [signal.SIGUSR1] * 2
