"""kill -9 at random moments of saves and of edits of the team: no acknowledged change is lost."""

from __future__ import annotations

import random
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from tinydb import TinyDB

from huddle_tui.activities.setting_up import SettingUp
from huddle_tui.store.tiny import TinyBook
from tests.kit import writer
from tests.kit.copies import put_away_whole
from tests.kit.fakes import FakeTime, small_team
from tests.kit.memory_book import MemoryBook
from tests.kit.promises import readable, rows_of, sound, whole
from tests.kit.shelf import team_tables
from tests.kit.writer import edit_team, go, start


def killed_while_saving(store: str, book: Path, chance: random.Random, job: str = "swell", name: str = "me") -> int:
    """Lets a program save for a random moment, kills it, and says how many saves it had acknowledged."""
    with start(store, job, book, name) as program:
        assert program.stdout is not None
        go(program)
        program.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            program.wait(chance.uniform(0, 0.02))
        program.kill()
        return 1 + len(program.stdout.read().splitlines())


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path, full: bool) -> None:
    book = tmp_path / "book"
    chance = random.Random(2026)
    saved = 0
    for _ in range(400 if full else 30):
        saved += killed_while_saving("ours", book, chance)
        row = rows_of(book, "team", "rows")["x"]
        assert row in (writer.swell(saved), writer.swell(saved + 1))  # the last one may not have been told any more
        saved = row["n"]
        readable(book, {"team": {"rows": {"x": row}}})
    whole(book, {"team": {"rows": {"x": row}}})
    assert put_away_whole(book) == set()


def test_killed_at_any_moment_no_edit_of_the_team_is_lost(tmp_path: Path, full: bool) -> None:
    """Edits as the team's screens make them, in a program that is killed over and over."""
    book, model = tmp_path / "book", SettingUp(MemoryBook(small_team()), FakeTime())
    TinyBook(book).change_team(lambda _: small_team())
    chance = random.Random(6)
    made = 0
    for _ in range(200 if full else 20):
        acknowledged = made + killed_while_saving("ours", book, chance, "team", str(made))
        while made < acknowledged:
            edit_team(model, made)
            made += 1
        team = TinyBook(book).team()
        if team != model.team:  # the last one was saved and not told any more
            edit_team(model, made)
            made += 1
        assert team == model.team, f"after {acknowledged} edits"
        readable(book, {"team": team_tables(team)})
    whole(book, {"team": team_tables(team)})
    sound(book)
    assert put_away_whole(book) == set()


def test_control_stock_tinydb_killed_loses_everything(tmp_path: Path) -> None:
    chance = random.Random(2026)
    for n in range(60):
        book = tmp_path / str(n)
        saved = killed_while_saving("stock", book, chance)
        try:
            with TinyDB(book / "team.json") as stock:
                rows = [dict(row) for row in stock.table("rows")] if saved else []
        except ValueError:
            rows = []
        if rows not in ([writer.swell(saved)], [writer.swell(saved + 1)]):
            return
    pytest.fail("the kills hit no save: the test above proves nothing")
