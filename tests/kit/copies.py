"""What lies in a book's folder: its rows, every file of it, and what went to quarantine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.kit.shelf import Shelf


def people(book: Path, name: str = "team") -> dict[str, dict[str, Any]]:
    return Shelf(book, name).rows()


def quarantined(book: Path) -> set[bytes]:
    return {path.read_bytes() for path in (book / ".huddle" / "quarantine").glob("*")}


def tree(book: Path) -> dict[str, bytes]:
    """Everything of a book but the lock, byte by byte."""
    return {
        path.relative_to(book).as_posix(): path.read_bytes()
        for path in book.rglob("*")
        if path.is_file() and path.name != "lock"
    }
