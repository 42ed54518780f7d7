"""Who am I: chosen once, remembered per book."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.activities.identity import Identity, identity_path, named, who_does
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Person, Team
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.memory_book import MemoryBook

TEAM = small_team()
SANNE, JOSE, FATIMA = TEAM.people


def test_who_was_chosen_is_remembered_per_book(tmp_path: Path) -> None:
    path = tmp_path / "state" / "who.json"
    here, there = Identity(path, "/book"), Identity(path, "/other")
    assert here.remembered(TEAM) is None
    here.remember(SANNE)
    there.remember(JOSE)
    assert Identity(path, "/book").remembered(TEAM) == SANNE
    assert there.remembered(TEAM) == JOSE
    here.remember(FATIMA)
    assert here.remembered(TEAM) == FATIMA
    assert [p.name for p in path.parent.iterdir()] == ["who.json"]


def test_who_left_the_team_is_asked_again(tmp_path: Path) -> None:
    identity = Identity(tmp_path / "who.json", "/book")
    identity.remember(SANNE)
    left = replace(TEAM, people=(replace(SANNE, left_on=MONDAY), JOSE))
    assert identity.remembered(left) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"/book": 3}', b"\xff\xfe"])
def test_a_damaged_file_is_nobody_and_is_written_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "who.json"
    path.write_bytes(damage)
    identity = Identity(path, "/book")
    assert identity.remembered(TEAM) is None
    identity.remember(SANNE)
    assert identity.remembered(TEAM) == SANNE


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HuddleError, match="you will be asked again"):
        Identity(tmp_path / "file" / "who.json", "/book").remember(SANNE)


def test_a_book_is_told_from_others_by_its_folder(tmp_path: Path) -> None:
    one, two = (Identity.of(TinyBook(tmp_path / name)) for name in ("one", "two"))
    assert one.book_key != two.book_key
    assert one.path == identity_path()
    assert Identity.of(MemoryBook(TEAM), tmp_path).book_key == ""


@pytest.mark.parametrize("name", ["Sanne", "SANNE ", "sanne", "sa"])
def test_a_name_is_found_without_case_or_by_how_it_begins(name: str) -> None:
    assert named(TEAM, name) == SANNE


@pytest.mark.parametrize(
    ("name", "says"),
    [("Sana", "did you mean Sanne"), ("Piet", "these are: Sanne, José, Fatima"), ("", "these are: Sanne")],
)
def test_a_name_nobody_has_is_refused_with_who_there_is(name: str, says: str) -> None:
    with pytest.raises(HuddleError, match=says):
        named(TEAM, name)


def test_an_empty_team_is_told_to_add_people() -> None:
    with pytest.raises(HuddleError, match="huddle team"):
        named(Team("T"), "Sanne")


def test_who_does_an_action_is_the_member_that_was_meant_or_somebody_outside_the_team() -> None:
    team = Team("T", people=tuple(Person(name, name) for name in ("Bas ten Have", "Bram", "Bram Smit")))
    assert [who_does(team, typed) for typed in ("bas", "BRAM", "bram s", "the supplier", "")] == [
        "Bas ten Have", "Bram", "Bram Smit", "the supplier", ""
    ]  # fmt: skip
    for find in (who_does, named):
        with pytest.raises(HuddleError, match="B is the beginning of more than one name: Bas ten Have, Bram, Bram Sm"):
            find(team, "B")
