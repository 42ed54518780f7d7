"""Files in and out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from huddle_tui.domain.sentence import HuddleError
from huddle_tui.exchange.reading import problems
from huddle_tui.exchange.reading.problems import read_text
from huddle_tui.files import write_text


def test_text_goes_out_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_text(path, ["één\r\n", "twee"])
    assert path.read_bytes() == "één\r\ntwee".encode()
    assert read_text(path) == "één\r\ntwee"


def test_a_mark_goes_before_a_csv_and_is_not_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_text(path, ["a;b\n", "é;1\n"], mark=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfa;b")
    assert read_text(path) == "a;b\né;1\n"


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("wat er stond", "utf-8")

    def broken() -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    with pytest.raises(HuddleError, match=r"a\.md cannot be written: the disk is full\."):
        write_text(path, broken())
    assert path.read_text("utf-8") == "wat er stond"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_file_keeps_its_rights_and_a_link_its_place(tmp_path: Path) -> None:
    path, link = tmp_path / "a.md", tmp_path / "link.md"
    path.write_text("", "utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    write_text(link, ["nieuw"])
    assert (path.read_text("utf-8"), path.stat().st_mode & 0o777, link.is_symlink()) == ("nieuw", 0o640, True)


@pytest.mark.skipif(os.name == "nt", reason="a device of POSIX")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_text(Path("/dev/null"), ["weg"])
    assert not Path("/dev/null").is_file()


def test_what_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HuddleError, match="There is no file"):
        read_text(tmp_path / "nergens.toml")
    with pytest.raises(HuddleError, match="cannot be read: it is a folder"):
        read_text(tmp_path)
    path = tmp_path / "a.toml"
    path.write_bytes(b"een\ntwee\nd\xe9j\xe0")
    with pytest.raises(HuddleError, match="line 3: this is not UTF-8 text"):
        read_text(path)
    monkeypatch.setattr(problems, "LARGEST", 5)
    with pytest.raises(HuddleError, match="far too large"):
        read_text(path)


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(HuddleError, match="cannot be written: there is no such file or folder"):
        write_text(tmp_path / "geen" / "a.md", ["x"])


def test_a_file_of_a_book_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / ".huddle").mkdir()
    team, year = tmp_path / "team.json", tmp_path / "huddles" / "2026"
    team.write_text("{}", "utf-8")
    year.mkdir(parents=True)
    for path in (team, year / "2026-11-23.json", tmp_path / ".huddle" / "lock"):
        with pytest.raises(HuddleError, match="belongs to a book, which would lose it"):
            write_text(path, ["# minutes"])
    assert team.read_text("utf-8") == "{}"
    write_text(tmp_path / "recap.md", ["# minutes"])  # other things may well lie beside a book


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_loop_of_links_and_a_place_that_may_not_be_looked_at_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(HuddleError, match="cannot be written"):
        write_text(loop / "a.md", ["x"])
    with pytest.raises(HuddleError, match="cannot be written"):
        write_text(tmp_path / ("x" * 300) / "a.md", ["x"])

    def closed(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", closed)
    with pytest.raises(HuddleError, match="cannot be written"):
        write_text(tmp_path / "a.md", ["x"])
