"""What stands on the screen first waits for nothing that it does not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import small_team
from tests.kit.terminal import Open

pytestmark = pytest.mark.terminal

WATCHED = """
import sys
from pathlib import Path
from textual.drivers.linux_driver import LinuxDriver
from huddle_tui.cli import entry

mark, found, *sys.argv[1:] = sys.argv[1:]
write = LinuxDriver.write

def written(self, data):
    if mark in data and not Path(found).exists():
        Path(found).write_text("\\n".join(sys.modules))
    write(self, data)

LinuxDriver.write = written
entry()
"""
"""The program, which takes down what is imported at the time that something is drawn first."""

LATER = {
    *("pendulum", "dateutil", "tinydb", "aiohttp", "jinja2"),
    *(
        "huddle_tui.cli.exporting",
        "huddle_tui.cli.serving",
        "huddle_tui.domain.two_versions",
        "huddle_tui.domain.telltales",
        "huddle_tui.ui.own_keys",
    ),
}
"""What each of them has no use for: what computes days, writes, serves, exports, merges, advises."""


@pytest.mark.parametrize(
    ("command", "mark", "unknown"),
    [
        ([], "Help", LATER | {"huddle_tui.store.care.index", "huddle_tui.domain.outlook"}),
        (["run"], "Enter starts", LATER | {"huddle_tui.ui.round.recap_widget", "huddle_tui.ui.shared.figures"}),
    ],
)
def test_what_a_first_frame_does_not_need_is_not_imported(
    opened: Open, tmp_path: Path, command: list[str], mark: str, unknown: set[str]
) -> None:
    found = tmp_path / "found"
    terminal = opened(mark, str(found), "--lang", "en", *command, program=("-c", WATCHED))
    terminal.wait_for(mark)
    loaded = set(found.read_text().split())
    assert "huddle_tui.ui.app" in loaded
    assert loaded & unknown == set()


def test_a_copy_beside_the_team_is_told_when_the_round_is_left(opened: Open, book: Path) -> None:
    """Looking for copies is not waited for; home tells of them at once, a round has no place for it."""
    copy = book / "team (conflicted copy).json"
    copy.write_bytes((book / "team.json").read_bytes())
    TinyBook(book).change_team(lambda _: small_team("nl", people=3))
    terminal = opened("run", "--lang", "en", size=(200, 34))
    terminal.wait_for("Enter starts")
    assert "another version" not in terminal.text()
    terminal.type("\x11")
    assert terminal.wait_for_end() == 0
    assert f"{copy.name} is another version of" in terminal.text()
