"""After `huddle demo` nothing is left, however it ends."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.kit.terminal import Open, Terminal

pytestmark = pytest.mark.terminal


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The place for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def demo(opened: Open, temporary: Path) -> Terminal:
    """The example, on its first screen."""
    terminal = opened("demo", "--lang", "en", environment={"TMPDIR": str(temporary)})
    terminal.wait_for("Run huddle")
    assert list(temporary.glob("huddle-demo-*/team.json"))
    return terminal


@pytest.mark.parametrize("end", ["q", signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, "window"], ids=str)
def test_nothing_is_left(demo: Terminal, temporary: Path, end: str | signal.Signals) -> None:
    if isinstance(end, signal.Signals):
        demo.signal(end)
    elif end == "window":
        demo.hang_up()
    else:
        demo.type(end)
    demo.wait_for_end()
    until = time.monotonic() + 20
    while list(temporary.iterdir()):
        assert time.monotonic() < until, sorted(temporary.rglob("*"))[:3]
