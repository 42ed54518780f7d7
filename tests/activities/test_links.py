"""Personal links: whose one is, and that a book, an export and an import neither tell nor lose them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui.activities import importing, links
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.exchange.reading import team_file
from huddle_tui.exchange.writing.exports import EXPORTS
from huddle_tui.store.tiny import TinyBook
from tests.kit.exporting import exported_text
from tests.kit.fakes import MONDAY, small_team

TOKEN = "AbCdEfGhIjKlMnOpQrStUv"


def test_a_token_holds_128_random_bits_and_is_never_twice_the_same() -> None:
    tokens = {links.new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert {len(token) for token in tokens} == {22}


def test_a_link_is_its_owners_until_it_is_renewed_or_revoked() -> None:
    team = links.linked(small_team(), "sanne", TOKEN)
    found = links.owner(team, TOKEN)
    assert found is not None
    assert found.id == "sanne"
    assert links.owner(team, TOKEN[:-1] + "w") is None
    assert links.owner(links.linked(team, "sanne", links.new_token()), TOKEN) is None
    assert links.owner(links.linked(team, "sanne", None), TOKEN) is None


def test_nobody_without_a_link_is_found_by_an_empty_one() -> None:
    assert links.owner(small_team(), "") is None


def test_who_left_the_team_has_no_link_any_more() -> None:
    team = links.linked(small_team(), "sanne", TOKEN)
    left = replace(team, people=tuple(replace(p, left_on=MONDAY) if p.id == "sanne" else p for p in team.people))
    assert links.owner(left, TOKEN) is None
    with pytest.raises(HuddleError):
        links.linked(left, "sanne", TOKEN)


def test_a_book_keeps_the_fingerprint_alone(tmp_path: Path) -> None:
    book = TinyBook(tmp_path / "book")
    book.change_team(lambda _: links.linked(small_team(), "sanne", TOKEN))
    assert links.owner(TinyBook(tmp_path / "book").team(), TOKEN) is not None
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or TOKEN not in path.read_text("utf-8", "replace")


def test_no_export_tells_it_and_no_import_drops_it() -> None:
    team = links.linked(small_team(), "sanne", TOKEN)
    texts = {f"{what} {format}": exported_text(what, format, team, []) for what in EXPORTS for format in EXPORTS[what]}
    assert [name for name, text in texts.items() if links.fingerprint(TOKEN) in text or "link" in text.casefold()] == []
    laid = importing.plan(team, team_file.read(texts["team toml"], None), MONDAY)
    assert links.owner(laid.team, TOKEN) is not None


def test_the_drawn_code_has_a_quiet_zone_and_two_rows_to_a_line() -> None:
    code = links.qr_code(links.address("http://192.168.1.20:8907/", TOKEN))
    assert len(code) == len(code[0])
    assert not any(any(row) for row in code[: links.QUIET])
    assert code[links.QUIET][links.QUIET : links.QUIET + 7] == [True] * 7
    drawn = links.half_blocks(code)
    assert len(drawn) == (len(code) + 1) // 2
    assert [upper for upper, _lower in drawn[2]] == list(code[4])
