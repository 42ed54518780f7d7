"""Two git clones of one book, edited apart and merged: what meets without a conflict is used, what does not is told.

Each fact is in one small file, so different days and different people's check-ins never meet. One file that both
changed always conflicts, in the line of its seal if nowhere else: it is not used before somebody has looked at it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from huddle_tui import cli
from huddle_tui.domain.huddle import CheckIn, Entry, Huddle, Stuck, Turn
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.store.care.doctor import examine
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import MONDAY, small_team
from tests.kit.promises import readable, sound, whole

TUESDAY = MONDAY + timedelta(days=1)
HUDDLE = "huddles/2026/2026-11-23"

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="NOT TESTED: there is no git here to merge two clones")


def git(folder: Path, *command: str, fails: bool = False) -> str:
    """Runs git there, as nobody in particular and with nobody's settings."""
    names = {f"GIT_{who}_{what}": "somebody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *command],
        cwd=folder, env=environment | names, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "saved")


def merge(into: Path, theirs: Path, *, conflicts: bool) -> None:
    commit(theirs)
    commit(into)
    git(into, "fetch", "--quiet", str(theirs), "main")
    git(into, "merge", "--quiet", "--no-edit", "FETCH_HEAD", fails=conflicts)


def said(book: Path, person: str, stuck: str, day: date = MONDAY) -> None:
    """Somebody's turn of that day."""

    def change(huddle: Huddle | None) -> Huddle:
        assert huddle is not None
        return replace(
            huddle, turns=tuple(replace(t, stucks=(Stuck(stuck),)) if t.person == person else t for t in huddle.turns)
        )

    TinyBook(book).change_huddle(day, change)


def held(book: Path, day: date, name: str) -> None:
    """A huddle of that day, with everybody in it."""
    turns = tuple(Turn(person.id, person.name) for person in small_team().people)
    TinyBook(book).change_huddle(day, lambda _: Huddle(day, name, turns=turns))


def stucks(book: Path, day: date = MONDAY) -> dict[str, str]:
    huddle = TinyBook(book).huddle(day)
    assert huddle is not None
    return {turn.person: turn.stuck for turn in huddle.turns if turn.stuck}


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A book in git, with a team and a huddle in it."""
    book = tmp_path / "ours"
    TinyBook(book).change_team(lambda _: small_team())
    held(book, MONDAY, "both")
    git(book, "init", "--quiet")
    commit(book)
    return book


@pytest.fixture
def theirs(ours: Path) -> Path:
    """A clone of it."""
    git(ours.parent, "clone", "--quiet", str(ours), "theirs")
    return ours.parent / "theirs"


def test_what_need_not_be_versioned_is_ignored(ours: Path) -> None:
    assert git(ours, "ls-files").splitlines() == [f"{HUDDLE}.json", "team.json"]
    assert git(ours, "status", "--porcelain", "--ignored").splitlines() == ["!! .huddle/"]


def test_a_clone_without_twins_is_a_whole_book(theirs: Path) -> None:
    assert not (theirs / ".huddle").exists()
    assert TinyBook(theirs).team() == small_team()
    sound(theirs)
    whole(theirs, {})


def test_different_days_and_different_people_meet_without_a_conflict(ours: Path, theirs: Path) -> None:
    mine = CheckIn("sanne", TUESDAY, (Entry("sanne-opgelost", "8"),))
    yours = CheckIn("josé", TUESDAY, (Entry("josé-opgelost", "9"),))
    held(ours, TUESDAY, "ours")
    TinyBook(ours).change_check_in("sanne", TUESDAY, lambda _: mine)
    held(theirs, TUESDAY + timedelta(days=1), "theirs")
    TinyBook(theirs).change_check_in("josé", TUESDAY, lambda _: yours)
    said(theirs, "josé", "printer")
    TinyBook(theirs).change_team(lambda _: small_team("en"))
    merge(ours, theirs, conflicts=False)

    book = TinyBook(ours)
    assert [(h.day, h.team) for h in book.huddles(book.days())] == [
        (MONDAY, "both"), (TUESDAY, "ours"), (TUESDAY + timedelta(days=1), "theirs"),
    ]  # fmt: skip
    assert (book.check_ins("sanne"), book.check_ins("josé")) == ([mine], [yours])
    assert stucks(ours) == {"josé": "printer"}
    assert book.team() == small_team("en")
    assert book.take_notices() == []
    whole(ours, {})
    sound(ours)


def both_spoke(ours: Path, theirs: Path) -> str:
    said(ours, "sanne", "of ours")
    said(theirs, "fatima", "of theirs")
    return HUDDLE


def both_edited_the_team(ours: Path, theirs: Path) -> str:
    def renamed(person: str, name: str) -> Team:
        team = small_team()
        return replace(team, people=tuple(replace(p, role=name) if p.id == person else p for p in team.people))

    TinyBook(ours).change_team(lambda _: renamed("sanne", "of ours"))
    TinyBook(theirs).change_team(lambda _: renamed("fatima", "of theirs"))
    return "team"


def both_checked_in(ours: Path, theirs: Path) -> str:
    for book, day, text in ((ours, MONDAY, "of ours"), (theirs, TUESDAY, "of theirs")):
        TinyBook(book).change_check_in("sanne", day, lambda _, day=day, text=text: CheckIn("sanne", day, stuck=text))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
    return "checkins/sanne"


def values(book: Path, name: str) -> set[str]:
    """What of both clones' is read from that file."""
    store = TinyBook(book)
    if name == HUDDLE:
        found = list(stucks(book).values())
    elif name == "team":
        found = [person.role for person in store.team().people]
    else:
        found = [check_in.stuck for check_in in store.check_ins("sanne")]
    return {text for text in found if text.startswith("of ")}


BOTH = [both_spoke, both_edited_the_team, both_checked_in]


@pytest.mark.parametrize("edit", BOTH, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("way", ["ours", "theirs", "by hand", "repaired"])
def test_one_file_that_both_changed_is_told_and_nothing_is_lost(
    ours: Path, theirs: Path, way: str, edit: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(edit)
    name: str = edit(ours, theirs)
    path = ours / f"{name}.json"
    merge(ours, theirs, conflicts=True)
    assert git(ours, "diff", "--name-only", "--diff-filter=U").split() == [f"{name}.json"]
    marked = path.read_bytes()

    # It is not used, that is told in one sentence, and the doctor names it.
    (notice,) = readable(ours, {}, told=1)
    assert str(notice).startswith(f"{path} cannot be used (it holds the marks of an unfinished merge)")
    assert values(ours, name) == {"of ours"}
    (finding,) = examine(ours, repair=False)
    assert str(finding.sentence).startswith(f"{path} cannot be used (it holds the marks of an unfinished merge)")
    assert cli.main(["doctor", "--data", str(ours), "--lang", "en"]) == 1
    assert str(path) in capsys.readouterr().out
    assert path.read_bytes() == marked

    # And once somebody has chosen, it is read as they chose.
    if way == "by hand":
        stages = {line.split()[2] for line in git(ours, "ls-files", "--unmerged").splitlines()}
        sides = [json.loads(git(ours, "show", f":{n}:{name}.json")) if n in stages else {} for n in ("1", "2", "3")]
        path.write_text(json.dumps(both_sides(*sides), indent=1), encoding="utf-8")
        (notice,) = readable(ours, {}, told=1)
        assert "was changed outside this program" in str(notice)
        assert values(ours, name) == {"of ours", "of theirs"}
    elif way == "repaired":
        sound(ours)
        assert values(ours, name) == {"of ours"}
        assert marked in {kept.read_bytes() for kept in (ours / ".huddle/quarantine").iterdir()}
    else:
        git(ours, "checkout", f"--{way}", f"{name}.json")
        told = readable(ours, {}, told=1 if way == "theirs" else 0)
        assert all("it was put back, or came from another computer" in str(sentence) for sentence in told)
        assert values(ours, name) == {f"of {way}"}
    chosen = values(ours, name)
    whole(ours, {}, told=1 if way in ("by hand", "theirs") else 0)
    commit(ours)
    assert values(ours, name) == chosen
    sound(ours)
    for version, text in (("HEAD^1", "of ours"), ("HEAD^2", "of theirs")):
        assert text in git(ours, "show", f"{version}:{name}.json")


def both_sides(base: Any, ours: Any, theirs: Any) -> Any:
    """What a person makes of it who keeps what either side changed: a row that both added gets a number of its own."""
    merged = {}
    for table in ours | theirs:
        known, mine, yours = ({} if side is None else side.get(table, {}) for side in (base, ours, theirs))
        rows = {}
        for key in mine | yours:
            old, one, other = known.get(key), mine.get(key), yours.get(key)
            rows[key] = one if other in (old, None) else other
            if old is None and one and other and one != other and table != "_meta":
                rows |= {key: one, str(len(mine | yours) + len(rows)): other}
        merged[table] = rows
    return merged


def test_a_conflict_where_there_is_no_twin_is_told_and_mended_by_choosing(ours: Path, theirs: Path) -> None:
    name = both_spoke(ours, theirs)
    commit(ours)
    commit(theirs)
    git(ours.parent, "clone", "--quiet", str(ours), "third")
    third = ours.parent / "third"
    git(third, "fetch", "--quiet", str(theirs), "main")
    git(third, "merge", "--quiet", "--no-edit", "FETCH_HEAD", fails=True)
    with pytest.raises(HuddleError, match=r"unfinished merge\) and no copy .* put a good copy in its place"):
        TinyBook(third).huddle(MONDAY)
    assert TinyBook(third).team() == small_team()
    assert any(f"{name}.json" in str(finding.sentence) for finding in examine(third, repair=False))
    git(third, "checkout", "--theirs", f"{name}.json")
    assert values(third, name) == {"of theirs"}
    whole(third, {})
