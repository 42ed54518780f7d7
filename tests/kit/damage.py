"""Damage of every kind that a disk, an editor or a sync tool does to a file."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zeros(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def null(path: Path) -> None:
    path.write_bytes(b"null")


def other_shape(path: Path) -> None:
    path.write_bytes(b'{"people": ["anna"]}')


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def no_utf8(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace("ë".encode(), b"\xeb"))


def rubbish(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(500))


def tail_of_a_longer_one(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b'"old": 1}}}\n')


def merge_marks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    path.write_text(f"{first}\n<<<<<<< HEAD\n{rest}=======\n{rest}>>>>>>> theirs\n", encoding="utf-8")


def deleted(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").write_text("of theirs")


def swapped(path: Path) -> None:
    other = path.with_name("2026-11-20.json")
    keep = other.read_bytes()
    other.write_bytes(path.read_bytes())
    path.write_bytes(keep)


def a_link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


def a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


Damage = Callable[[Path], None]
KINDS: list[Damage] = [
    empty,
    zeros,
    null,
    other_shape,
    truncated,
    no_utf8,
    rubbish,
    tail_of_a_longer_one,
    merge_marks,
    deleted,
    a_folder,
    swapped,
    a_link_to_nowhere,
    a_loop,
]
