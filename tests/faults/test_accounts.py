"""Files of somebody else, two accounts on one folder, a book that is private: said clearly, nothing lost."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from huddle_tui import cli
from huddle_tui.domain.huddle import Huddle
from huddle_tui.store.disk.durable import TEMPORARY
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.promises import sound, whole
from tests.kit.shelf import huddle_tables
from tests.kit.somebody import GROUP, ONE, OTHER, do, do_as, run_as, start_as
from tests.kit.writer import ours

HUDDLE = "huddles/2026/2026-11-23"
TWIN = f".huddle/twins/{HUDDLE}"
COMMANDS = [
    *(("export",), ("export", "team"), ("coach",), ("doctor",), ("doctor", "--repair")),
    *(("import", "team.toml"), ("init", "--name", "Another")),
]


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    """A folder that other accounts may pass through, unlike those of the tests."""
    if os.geteuid() != 0:
        pytest.skip("NOT TESTED: only root can become another account")
    book = tmp_path / "warm"
    TinyBook(book).change_team(lambda _: small_team())
    for command in COMMANDS:  # what these import is imported while this is still somebody who may read Python
        cli.main([*command, "--data", str(book), "--lang", "en"])
    capsys.readouterr()
    folder = Path(tempfile.mkdtemp(prefix="huddle-accounts-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


# ---- files of another owner


@pytest.fixture
def mine(place: Path) -> Path:
    """A private book of one account, in which all was saved twice: its backups are older."""
    book = place / "home" / "book"
    book.parent.mkdir()
    os.chown(book.parent, ONE, ONE)
    for deed, text in (("team", "zeroth"), ("team", "first"), ("huddle", "nothing"), ("huddle", "said")):
        assert do_as(ONE, place, deed, book, text) == (0, "", "")
    return book


def handed_back(book: Path) -> None:
    """The owner and the modes are right again."""
    for path in (book, *book.rglob("*")):
        os.chown(path, ONE, ONE)
        path.chmod(0o700 if path.is_dir() else 0o600)


THEIRS = [
    *((path, mode) for path in ("team.json", f"{HUDDLE}.json", f"{TWIN}.json", ".huddle/lock") for mode in (0, 0o444)),
    *((f"{path}.json {twin}.json", 0) for path, twin in (("team", ".huddle/twins/team"), (HUDDLE, TWIN))),
    *((path, mode) for path in ("huddles/2026", ".huddle", ".huddle/twins", ".") for mode in (0o700, 0o555)),
]
"""What belongs to root for once, and with what mode."""


@pytest.mark.parametrize(("paths", "mode"), [pytest.param(p, m, id=f"{p} {m:o}") for p, m in THEIRS])
def test_what_belongs_to_somebody_else_is_said_and_nothing_is_lost(
    place: Path, mine: Path, paths: str, mode: int
) -> None:
    for path in paths.split():
        os.chown(mine / path, 0, 0)
        (mine / path).chmod(mode)
    acknowledged = {"team": "first", "huddle": "said"}
    status, read, told = do_as(ONE, place, "read", mine)
    assert sentences(told)
    if status == 0:  # what reads is right, or it is older and that is said
        assert read == "first said\n" or "is read instead" in told
    else:
        assert (status, read, len(told.splitlines())) == (1, "", 1)
    for deed in acknowledged:
        status, _, told = do_as(ONE, place, deed, mine, "second")
        assert sentences(told)
        if status == 0:
            acknowledged[deed] = "second"
        else:
            assert (status, len(told.splitlines())) == (1, 1)
    for command in (("export", "team"), ("coach",), ("doctor",)):
        status, _, told = run_as(ONE, place, *command, "--data", str(mine))
        assert status in (0, 1), told
        assert sentences(told)
    handed_back(mine)
    team, huddle = TinyBook(mine).team(), TinyBook(mine).huddle(MONDAY)
    assert huddle is not None
    assert {"team": team.name, "huddle": huddle.team} == acknowledged
    for deed in acknowledged:
        assert do_as(ONE, place, deed, mine, "third")[0] == 0
    assert do_as(ONE, place, "read", mine) == (0, "third third\n", "")
    sound(mine)


def sentences(told: str) -> bool:
    """Whether every line is a sentence for a person."""
    return all(line.endswith((".", "!")) and "Traceback" not in line for line in told.splitlines())


# ---- one folder of two accounts


@pytest.fixture
def shared(place: Path) -> Path:
    """Where a book may come that two accounts share on purpose."""
    folder = place / "shared"
    folder.mkdir()
    os.chown(folder, ONE, GROUP)
    folder.chmod(0o2770)
    return folder / "book"


def closed_to_the_group(book: Path) -> list[Path]:
    """Where somebody in the group cannot do what they need to."""
    closed = []
    for path in (book, *book.rglob("*")):
        status = path.stat()
        needed = 0o2770 if path.is_dir() else 0o660
        if status.st_gid != GROUP or stat.S_IMODE(status.st_mode) & needed != needed:
            closed.append(path)
    return closed


def test_two_accounts_save_in_one_folder_in_turn(place: Path, shared: Path) -> None:
    for turn, account in enumerate((ONE, OTHER, ONE, OTHER)):
        for deed in ("team", "huddle", "check-in"):
            assert do_as(account, place, deed, shared, f"{deed} {turn}") == (0, "", "")
        for reader in (ONE, OTHER):
            assert do_as(reader, place, "read", shared) == (0, f"team {turn} huddle {turn}\n", "")
        assert closed_to_the_group(shared) == []
    assert {path.name for path in (shared / ".huddle").iterdir()} >= {"lock", "twins", "backups", ".gitignore"}
    sound(shared)


def test_nothing_that_two_accounts_share_is_closed_to_one_for_a_moment(place: Path, shared: Path) -> None:
    """A colleague who saves at that moment would be told that writing there is not allowed."""
    closed: list[Path] = []

    def save_and_look() -> int:
        change_owner = os.chown

        def look(path: Path, user: int, group: int) -> None:
            if shared.exists():
                closed.extend(found for found in closed_to_the_group(shared) if not TEMPORARY.fullmatch(found.name))
            change_owner(path, user, group)

        with mock.patch.object(os, "chown", look):
            status = do("team", TinyBook(shared), "team")
        print(*closed, sep="\n", file=sys.stderr)
        return status

    assert start_as(ONE, place, save_and_look).wait() == (0, "", "\n")
    assert closed_to_the_group(shared) == []


@pytest.mark.parametrize(("breaks", "mends"), [(ONE, OTHER), (OTHER, ONE)])
def test_what_one_account_damaged_the_other_mends(place: Path, shared: Path, breaks: int, mends: int) -> None:
    assert do_as(ONE, place, "team", shared, "team") == (0, "", "")
    assert do_as(breaks, place, "huddle", shared, "said") == (0, "", "")
    (shared / f"{HUDDLE}.json").write_bytes(b"damaged")
    status, read, told = do_as(mends, place, "read", shared)
    assert (status, read, len(told.splitlines())) == (0, "team said\n", 1)
    assert "is read instead" in told
    assert do_as(mends, place, "huddle", shared, "mended")[0] == 0
    assert b"damaged" in {path.read_bytes() for path in (shared / ".huddle/quarantine").iterdir()}
    for account in (breaks, mends):
        assert do_as(account, place, "huddle", shared, f"by {account}") == (0, "", "")
    assert closed_to_the_group(shared) == []
    whole(shared, {HUDDLE: huddle_tables(Huddle(MONDAY, f"by {mends}"))})


def test_two_accounts_save_in_one_folder_at_once(place: Path, shared: Path, full: bool) -> None:
    saves = 300 if full else 40
    waiting, going = os.pipe()

    def save(account: int) -> int:
        os.close(going)
        os.read(waiting, 1)  # ends when nobody can write there any more
        for n in range(saves):
            ours(shared, lambda rows, n=n: {  # type: ignore[misc]  # mypy cannot infer a lambda with a default
                f"{account} {n}": {"by": account}, "sum": {"n": rows.get("sum", {"n": 0})["n"] + 1}
            })  # fmt: skip
        return 0

    programs = [start_as(account, place, lambda account=account: save(account)) for account in (ONE, OTHER)]  # type: ignore[misc]  # as above
    os.close(going)
    assert [program.wait() for program in programs] == [(0, "", "")] * 2
    os.close(waiting)
    assert closed_to_the_group(shared) == []
    rows = {f"{account} {n}": {"by": account} for account in (ONE, OTHER) for n in range(saves)}
    whole(shared, {"team": {"rows": rows | {"sum": {"n": 2 * saves}}}})


# ---- a book that is private


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_private_book_is_refused_to_others_in_one_sentence(place: Path, mine: Path, command: tuple[str, ...]) -> None:
    assert stat.S_IMODE(mine.stat().st_mode) == 0o700
    (place / "team.toml").write_text('[[person]]\nname = "Nieuw"\n')
    command = tuple(str(place / part) if part.endswith(".toml") else part for part in command)
    before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
    status, out, told = run_as(OTHER, place, *command, "--data", str(mine))
    assert status == 1
    assert len((out + told).splitlines()) == 1, out + told
    assert any(said in out + told for said in ("Permission denied", "not allowed", "already")), out + told
    assert "good copy" not in out + told, "there is one; it may not be opened"
    assert {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()} == before
