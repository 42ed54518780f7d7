"""What lies in a book's folder: its rows, every file of it, and what went to quarantine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from huddle_tui.store.schema.sealed import Unreadable, name_in, unpack
from tests.kit.shelf import Shelf


def people(book: Path, name: str = "team") -> dict[str, dict[str, Any]]:
    return Shelf(book, name).rows()


def quarantined(book: Path) -> set[bytes]:
    return {path.read_bytes() for path in (book / ".huddle" / "quarantine").glob("*")}


def put_away_whole(book: Path) -> set[bytes]:
    """What went to quarantine though it was whole. A twin that a kill left half-written may lie there."""
    return {raw for raw in quarantined(book) if _is_whole(raw)}


def _is_whole(raw: bytes) -> bool:
    try:
        return unpack(raw, name_in(raw) or "", "").sealed
    except Unreadable:
        return False


def tree(book: Path) -> dict[str, bytes]:
    """Everything of a book but the lock, byte by byte."""
    return {
        path.relative_to(book).as_posix(): path.read_bytes()
        for path in book.rglob("*")
        if path.is_file() and path.name != "lock"
    }
