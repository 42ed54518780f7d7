"""Up to twenty programs that save to one file at the same moment: nobody overwrites anybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.kit.copies import quarantined
from tests.kit.promises import whole
from tests.kit.writer import go, start


def at_once(store: str, book: Path, programs: int, saves: int) -> list[int]:
    """Runs that many programs that save to one file, and gives back how often each said it had saved."""
    running = [start(store, "rows", book, f"program {n}", saves) for n in range(programs)]
    for program in running:
        go(program)
    return [len(program.communicate()[0].splitlines()) for program in running]


def test_programs_that_save_at_once_lose_nothing(tmp_path: Path, full: bool) -> None:
    programs, saves = (20, 50) if full else (3, 40)
    book = tmp_path / "book"
    assert at_once("ours", book, programs, saves) == [saves] * programs
    rows = {f"program {by} {n}": {"by": f"program {by}"} for by in range(programs) for n in range(saves)}
    whole(book, {"team": {"rows": rows | {"sum": {"n": programs * saves}}}})
    assert quarantined(book) == set()


def test_control_stock_tinydb_at_once_loses_rows(tmp_path: Path) -> None:
    for n in range(5):
        book = tmp_path / str(n)
        saved = sum(at_once("stock", book, 2, 100))
        try:
            with TinyDB(book / "team.json") as stock:
                rows = [dict(row) for row in stock.table("rows") if "by" in row]
        except ValueError:
            return
        if len(rows) < saved:
            return
    pytest.fail("the programs never met: the test above proves nothing")
