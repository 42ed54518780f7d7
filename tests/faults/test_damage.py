"""Damage of every kind: what was acknowledged is still read, it is said in one sentence, and the next save mends it."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.table import Document

from huddle_tui.domain.sentence import Sentence
from huddle_tui.store.care.strays import huddle_name
from huddle_tui.store.disk.listing import Folders
from huddle_tui.store.errors import Damaged, SaveFailed
from tests.kit.copies import quarantined, tree
from tests.kit.damage import KINDS, Damage, a_folder, a_link_to_nowhere, deleted, empty, no_utf8, swapped
from tests.kit.promises import whole
from tests.kit.shelf import Shelf, read_tables

NAME = "huddles/2026/2026-11-23"
DAY = date(2026, 11, 23)


GOOD: dict[str, dict[str, Any]] = {"zoë": {"name": "Zoë", "numbers": ["7", None]}, "bram": {"name": "Bram"}}
YESTERDAY = {"zoë": {"name": "Zoë", "numbers": ["7", None]}}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of two huddles, saved on two days, so that there is a backup of one row less."""
    today = DAY
    book = tmp_path / "book"
    for name in ("huddles/2026/2026-11-20", NAME):
        shelf = Shelf(book, name, today=lambda: today)
        with shelf.edit():
            shelf.put("people", "zoë", GOOD["zoë"])
    today += timedelta(days=1)
    with shelf.edit():
        shelf.put("people", "bram", GOOD["bram"])
    return book


@pytest.fixture
def path(book: Path) -> Path:
    return book / f"{NAME}.json"


@pytest.fixture
def twin(book: Path) -> Path:
    return book / f".huddle/twins/{NAME}.json"


def look(book: Path) -> tuple[dict[str, Any], list[Sentence]]:
    notices: list[Sentence] = []
    tables = read_tables(book, NAME, notices)
    assert tables is not None
    return tables.get("people", {}), notices


@pytest.mark.parametrize("damage", KINDS)
def test_a_damaged_file_is_read_from_its_twin_and_mended_by_the_next_save(
    book: Path, path: Path, damage: Damage
) -> None:
    damage(path)
    before = tree(book)
    damaged = path.read_bytes() if path.is_file() else None

    shelf = Shelf(book, NAME)
    for _ in range(2):
        assert shelf.rows() == GOOD
    (notice,) = shelf.take_notices()
    assert str(notice).startswith(f"{path} cannot be used (it ")
    assert str(notice).endswith(f"): {book / '.huddle/twins' / NAME}.json is read instead, and the next save mends it.")
    assert look(book) == (GOOD, [notice])
    assert NAME in map(huddle_name, Folders(book).days([]))
    assert tree(book) == before, "reading wrote something"

    with shelf.edit():
        shelf.put("people", "carl", {"name": "Carl"})
    assert look(book) == (GOOD | {"carl": {"name": "Carl"}}, [])
    if damage is not swapped:  # else the other file is damaged too, and mended by a save of its own
        whole(book, {NAME: {"people": GOOD | {"carl": {"name": "Carl"}}}})
    shelf.rows()
    assert shelf.take_notices() == []
    kept = book / ".huddle/quarantine"
    if damaged is not None:
        assert damaged in quarantined(book)
    elif damage is a_folder:
        assert [item.read_text() for item in kept.glob("*/something")] == ["of theirs"]


@pytest.mark.parametrize("damage", KINDS)
def test_a_damaged_twin_is_no_matter_and_renewed_by_the_next_save(
    book: Path, path: Path, twin: Path, damage: Damage
) -> None:
    if damage is swapped:
        shutil.copy(book / ".huddle/twins/huddles/2026/2026-11-20.json", twin)
    else:
        damage(twin)
    assert look(book) == (GOOD, [])
    shelf = Shelf(book, NAME)
    with shelf.edit():
        shelf.put("people", "carl", {"name": "Carl"})
    assert twin.read_bytes() == path.read_bytes()
    assert look(book) == (GOOD | {"carl": {"name": "Carl"}}, [])


@pytest.mark.parametrize("damage", KINDS)
def test_with_both_damaged_the_newest_backup_is_read(book: Path, path: Path, twin: Path, damage: Damage) -> None:
    damage(path)
    empty(twin)
    read, (notice,) = look(book)
    assert read == YESTERDAY
    assert "backups/2026-11-24" in str(notice)
    shelf = Shelf(book, NAME)
    with shelf.edit():
        shelf.put("people", "bram", GOOD["bram"])
    assert look(book) == (GOOD, [])
    if damage is not swapped:
        whole(book, {NAME: {"people": GOOD}})


def test_nothing_is_saved_on_a_backup_while_a_newer_copy_cannot_be_opened(
    book: Path, path: Path, twin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty(path)
    before = tree(book)
    real = os.open

    def refuse(path: Any, *args: Any, **options: Any) -> int:
        if path == twin:
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        shelf = Shelf(book, NAME)
        assert shelf.rows() == YESTERDAY
        with pytest.raises(SaveFailed, match=r"cannot be opened now \(Permission denied\), and a copy may be older"):
            shelf.edit().__enter__()
    assert tree(book) == before
    assert look(book)[0] == GOOD


@pytest.mark.parametrize("damage", [kind for kind in KINDS if kind is not deleted])
def test_where_no_copy_is_left_it_is_said_and_nothing_is_overwritten(book: Path, path: Path, damage: Damage) -> None:
    shutil.rmtree(book / ".huddle")
    damage(path)
    shelf = Shelf(book, NAME)
    if damage is a_link_to_nowhere:  # is indistinguishable from a file that was never made
        assert shelf.rows() == {}
        return
    before = tree(book)

    def save() -> None:
        with shelf.edit():
            shelf.put("people", "carl", {"name": "Carl"})

    for attempt in (shelf.rows, save):
        with pytest.raises(Damaged) as caught:
            attempt()
        assert str(caught.value).startswith(f"{path} cannot be used (it ")
        assert str(caught.value).endswith("put a good copy in its place.")
    assert tree(book) == before


def test_every_single_flipped_bit_is_either_put_right_or_told(book: Path, path: Path) -> None:
    raw = path.read_bytes()
    told = 0
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        read, notices = look(book)
        assert len(notices) == 1
        if read != GOOD:
            told += 1
            assert "was changed outside this program" in str(notices[0])
    assert told > len(raw) // 4, "this test should meet flips that parse"


def test_a_flipped_bit_that_parses_is_used_and_both_versions_are_kept(book: Path, path: Path) -> None:
    raw = path.read_bytes()
    flipped = raw.replace(b'"7"', b'"3"')
    path.write_bytes(flipped)
    shelf = Shelf(book, NAME)
    with shelf.edit():
        shelf.put("people", "carl", {"name": "Carl"})
    assert look(book)[0]["zoë"]["numbers"] == ["3", None]
    assert quarantined(book) == {raw, flipped}


def test_a_flipped_bit_in_the_version_does_not_make_it_a_newer_file(book: Path, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"schema": 1,', b'"schema": 9,'))
    assert look(book)[0] == GOOD


def test_the_conflict_copy_of_a_sync_tool_is_taken_for_nobody(book: Path, path: Path) -> None:
    copy = path.with_name("2026-11-23.sync-conflict-20261123-090700.json")
    shutil.copy(path, copy)
    assert look(book) == (GOOD, [])
    with pytest.raises(Damaged, match="it is the file of “huddles/2026/2026-11-23”"):
        read_tables(book, "huddles/2026/2026-11-23.sync-conflict-20261123-090700")


def test_a_merge_of_two_clones_that_git_could_make_is_used_and_told(book: Path, path: Path) -> None:
    """Git takes the rows of one side and the seal of the other: all rows are there, and the seal does not fit."""
    text = path.read_text(encoding="utf-8")
    merged = text.replace('\n  "bram"', '\n  "anna": {\n   "name": "Anna"\n  },\n  "bram"')
    path.write_text(merged, encoding="utf-8")
    read, notices = look(book)
    assert read == GOOD | {"anna": {"name": "Anna"}}
    assert len(notices) == 1


def test_the_same_damage_again_is_kept_once(book: Path, path: Path) -> None:
    for _ in range(3):
        path.write_bytes(b"damaged")
        with Shelf(book, NAME).edit() as shelf:
            shelf.put("people", "carl", {"name": "Carl"})
    assert quarantined(book) >= {b"damaged"}
    assert len(quarantined(book)) == len(list((book / ".huddle/quarantine").iterdir()))


def test_files_are_json_that_other_programs_read(path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8"))["people"] == GOOD


# ---- the control: the same over stock TinyDB must fail


@pytest.mark.parametrize("damage", [kind for kind in KINDS if kind not in (swapped, no_utf8)])
def test_control_stock_tinydb_loses_it(tmp_path: Path, damage: Damage) -> None:
    path = tmp_path / "stock.json"
    with TinyDB(path, encoding="utf-8") as stock:
        for n, row in enumerate(GOOD.values()):
            stock.insert(Document(row, doc_id=n))
    damage(path)
    try:
        with TinyDB(path, encoding="utf-8") as stock:
            read = [dict(row) for row in stock]
    except Exception:
        read = []
    assert read != list(GOOD.values())


def test_control_stock_tinydb_believes_flipped_bits(tmp_path: Path) -> None:
    path = tmp_path / "stock.json"
    with TinyDB(path, encoding="utf-8") as stock:
        stock.insert(Document(GOOD["bram"], doc_id=1))
    raw, believed = path.read_bytes(), 0
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        try:
            with TinyDB(path, encoding="utf-8") as stock:
                believed += [dict(row) for row in stock] != [GOOD["bram"]]
        except (ValueError, TypeError, AttributeError):
            continue
    assert believed > 0


def test_the_control_reads_what_is_not_damaged(tmp_path: Path) -> None:
    with TinyDB(tmp_path / "stock.json") as stock:
        stock.insert(Document(GOOD["bram"], doc_id=1))
    with TinyDB(tmp_path / "stock.json") as stock:
        assert [dict(row) for row in stock] == [GOOD["bram"]]
