"""A person's own settings: read forgivingly, and written without losing what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from huddle_tui.activities.settings import KnownBook, load, save


def test_what_stands_in_the_file_counts(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        'language = "nl"\ntheme = "x"\nlater = 1\n[keys]\n"round.skip" = "f5"\n[[book]]\nplace = "/b"\nname = "B"\n',
        "utf-8",
    )
    found = load(path)
    assert (found.language, found.theme, found.keys) == ("nl", "x", {"round.skip": "f5"})
    assert (found.books, found.notices) == ((KnownBook("/b", "B"),), ())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ('language = "de"', "language cannot be de; the default is used."),
        ("language = 3", "language cannot be 3; the default is used."),
        ("theme = []", "theme cannot be []; the default is used."),
        ('keys = "f5"', "[keys] needs lines such as"),
        ('[keys]\n"round.skip" = 5', '[keys] round.skip cannot be 5: write a line such as "round.skip" = "ctrl+k"'),
        ("book = 3", "each [[book]] needs a place and a name between quotes; no book is known."),
        ('[[book]]\nplace = "/b"', "each [[book]] needs a place and a name between quotes; no book is known."),
        ("language = nl\n", "cannot be read, so the defaults are used: line 1 of it is no TOML."),
    ],
)
def test_a_wrong_value_is_told_and_the_default_holds(tmp_path: Path, wrong: str, sentence: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(wrong, "utf-8")
    found = load(path)
    assert (found.language, found.theme, found.keys, found.books) == (None, None, {}, ())
    (notice,) = found.notices
    assert str(path) in str(notice)
    assert sentence in str(notice)


def test_a_wrong_key_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\n"home.checkin" = 5\n"round.skip" = "f5"\n"home.team" = ["y"]\n', "utf-8")
    found = load(path)
    assert found.keys == {"round.skip": "f5"}
    assert [str(notice).split("[keys] ")[1].split(" ")[0] for notice in found.notices] == ["home.checkin", "home.team"]


def test_saving_keeps_what_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "own" / "settings.toml"
    save(path, theme="x")
    path.write_text(f"# mine\nlater = 1\n{path.read_text('utf-8')}", "utf-8")
    save(path, theme="y")
    assert path.read_text("utf-8") == '# mine\nlater = 1\ntheme = "y"\n'
