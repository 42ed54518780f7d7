"""What `huddle doctor` does: reads everything a book holds, says what is wrong, mends what can be mended without loss.

A file is mended as any save would mend it: what is read now is written again, with its twin, and the bytes that lay
there go to quarantine. What would need a guess is said and left to a person.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from huddle_tui.domain.corrections import judged_again
from huddle_tui.domain.huddle import CheckIn, Huddle
from huddle_tui.domain.sentence import N_, HuddleError, Sentence
from huddle_tui.domain.team import Team
from huddle_tui.store.care.references import Mention, dangling, mentions
from huddle_tui.store.care.strays import (
    ConflictCopy,
    files,
    huddle_name,
    is_proper,
    may_be_there,
    owner,
    says_the_same,
    strays,
)
from huddle_tui.store.care.taking_in import take_in
from huddle_tui.store.disk.durable import TEMPORARY, is_there
from huddle_tui.store.disk.listing import Folders
from huddle_tui.store.disk.reading import BookFile, Found, find, read_file
from huddle_tui.store.disk.saving import changing, lock, put_away, renew_twin, save
from huddle_tui.store.errors import Newer, SaveFailed, explained
from huddle_tui.store.schema.documents import reader, write_in
from huddle_tui.store.schema.sealed import Unreadable, pack, unpack

FOLDERS: Final = ("twins", "backups", "quarantine", "bin")
"""What keeps a book safe beside its lock."""
_IN_THE_WAY: Final = N_("{path} is in the way of what the program keeps there: move it elsewhere.")
PATIENCE: Final = 10.0
"""Seconds to wait for a program that keeps saving."""


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it should be."""

    sentence: Sentence
    """What, where, and what was done or can be done about it."""
    repaired: bool
    """Whether it was mended, so that nothing is left to do."""


class _Trouble(msgspec.Struct, frozen=True):
    """What a look at one thing found."""

    sentence: Sentence
    """What is wrong, and where a person has to choose, what to do."""
    mend: Callable[[], list[Sentence] | None] | None = None
    """Mends it under the book's lock, and says what else should be known, if anything; None where it takes a person."""


def examine(folder: Path, *, repair: bool) -> list[Finding]:
    """Everything that is wrong with the book in `folder`; with `repair`, mended where nothing is lost by it.

    Without `repair` nothing is written. Raises HuddleError where there is no book, or while others keep saving it.
    """
    return _Examination(folder, repair).findings()


def _in_the_way(safe: Path) -> list[Path]:
    """What lies where a folder of copies should be, or the lock: nothing can be kept there, or nothing saved."""
    found = []
    for part in (*FOLDERS, "lock"):
        place = safe / part
        with suppress(OSError):  # of what may not be looked at those tell who use it
            if is_there(place) and (place.is_dir() == (part == "lock") or not place.exists()):
                found.append(place)
    return found


def not_writable(folder: Path) -> Sentence | None:
    """That nothing can be saved in the book in `folder`, however well it reads; None where it can."""
    for place in (folder, folder / ".huddle"):
        if os.access(place, os.R_OK | os.X_OK) and not os.access(place, os.W_OK):
            text = N_("{path} may not be written here: the book can be read, and nothing is saved in it.")
            return Sentence(text, {"path": place})
    return None


class _Examination:
    """One walk through a book."""

    def __init__(self, root: Path, repair: bool) -> None:
        self._root = root
        self._repair = repair
        self._team: Team | None = None
        self._mentioned: dict[Mention, list[date]] = {}
        self._lone: list[BookFile] = []

    def findings(self) -> list[Finding]:
        """The team first, then check-ins and huddles, then what they refer to and what lies around."""
        unlisted: list[Sentence] = []
        around = strays(self._root, unlisted)
        folders = Folders(self._root)
        check_ins = [f"checkins/{name}" for name in folders.check_ins(unlisted)]
        known = [*filter(is_proper, check_ins), *map(huddle_name, folders.days(unlisted))]
        if not (known or around or any(may_be_there(self._root / place) for place in ("team.json", ".huddle"))):
            raise HuddleError(N_("There is no book in {folder}: nothing was examined."), folder=self._root)
        places = [BookFile(self._root, name) for name in ("team", *known)]
        safe = places[0].safe
        looks: list[Callable[[], list[_Trouble]]] = [
            lambda: [_Trouble(sentence) for sentence in unlisted],
            lambda: [_Trouble(Sentence(_IN_THE_WAY, {"path": path})) for path in _in_the_way(safe)],
            *(partial(self._file, place) for place in places if place.path not in around),
            self._twinless,
            lambda: [_Trouble(s) for s in dangling(self._team, self._mentioned, places[0].path)] if self._team else [],
            *(partial(self._stray, path) for path in around),
            *(partial(self._copy, path) for part in ("backups", "quarantine") for path in files(safe / part)),
        ]
        return [finding for look in looks for finding in self._settled(look)]

    def _settled(self, look: Callable[[], list[_Trouble]]) -> list[Finding]:
        """What `look` finds and still finds under the lock: what another program is saving just now is no trouble."""
        if not look():
            return []
        with self._lock():
            return [finding for trouble in look() for finding in self._outcome(trouble)]

    def _lock(self) -> AbstractContextManager[object]:
        place = BookFile(self._root, "team")
        if not self._repair and not may_be_there(place.safe / "lock"):
            return nullcontext()
        try:
            return lock(place, PATIENCE)
        except SaveFailed:
            if self._repair:
                raise
            return nullcontext()  # on read-only media nobody else saves either

    def _outcome(self, trouble: _Trouble) -> list[Finding]:
        if trouble.mend is None:
            return [Finding(trouble.sentence, False)]
        if not self._repair:
            template = N_("{problem} `huddle doctor --repair` mends it, and keeps what is replaced.")
            return [Finding(Sentence(template, {"problem": trouble.sentence}), False)]
        try:
            with explained(self._root):
                others = trouble.mend() or []
        except HuddleError as error:
            template = N_("{problem} It was not mended: {reason}")
            values: dict[str, object] = {"problem": trouble.sentence, "reason": error.sentence}
            return [Finding(Sentence(template, values), False)]
        values = {"problem": trouble.sentence, "quarantine": BookFile(self._root, "team").quarantine}
        mended = Sentence(N_("{problem} It is mended; what was replaced is kept in {quarantine}."), values)
        return [Finding(mended, True), *(Finding(sentence, False) for sentence in others)]

    # Files

    def _file(self, place: BookFile) -> list[_Trouble]:
        """A file that people read, and its twin."""
        try:
            found = find(place, reader(place.name))
            if found is None:
                template = N_("{path} is missing and there is no copy of it: put back a backup of it.")
                return [_Trouble(Sentence(template, {"path": place.path}))] if place.name == "team" else []
            self._note(found.value)
        except HuddleError as error:
            return [_Trouble(error.sentence)]
        if found.reason is not None:
            values: dict[str, object] = {"path": place.path, "reason": found.reason, "copy": found.copy}
            template = N_("{path} cannot be used ({reason}); {copy} is read in its place.")
            return [_Trouble(Sentence(template, values), partial(_rewrite, place, found))]
        if isinstance(found.value, Huddle) and judged_again(found.value) != found.value:
            template = N_("{path} has a status that does not go with its number and its promise: it is judged again.")
            return [_Trouble(Sentence(template, {"path": place.path}), partial(_judge_again, place))]
        if not found.contents.sealed:
            template = N_("{path} was changed outside this program: it is used as it is.")
            return [_Trouble(Sentence(template, {"path": place.path}), partial(_rewrite, place, found))]
        return self._twin(place, found)

    def _note(self, value: Team | Huddle | list[CheckIn]) -> None:
        """Takes note of what a file says."""
        if isinstance(value, Team):
            self._team = value
            return
        for mention, day in mentions(value):
            self._mentioned.setdefault(mention, []).append(day)

    def _twin(self, place: BookFile, found: Found[Any]) -> list[_Trouble]:
        try:
            twin, _ = read_file(place.twin)
        except FileNotFoundError:
            self._lone.append(place)
            return []
        except (OSError, Unreadable):  # not readable, or a folder: it is renewed like one that differs
            twin = b""
        if twin == found.raw.replace(b"\r\n", b"\n"):
            return []
        template = N_(
            "{path} and its twin {twin} are not the same: the file was put back by hand or by another computer, "
            "or a save was cut short. The file counts."
        )
        values = {"path": place.path, "twin": place.twin}
        return [_Trouble(Sentence(template, values), partial(renew_twin, place, found))]

    def _twinless(self) -> list[_Trouble]:
        """One sentence for all, as a book that was cloned or copied has no twins at all."""
        lone = [place for place in self._lone if not may_be_there(place.twin)]
        if not lone:
            return []

        def mend() -> None:
            for place in lone:
                if (found := find(place, reader(place.name))) is not None:
                    renew_twin(place, found)

        template = N_("There is only one copy of files of this book ({count}, the first is {path}).")
        return [_Trouble(Sentence(template, {"count": len(lone), "path": lone[0].path}), mend)]

    # What lies around

    def _stray(self, path: Path) -> list[_Trouble]:
        if not may_be_there(path):
            return []
        aside = partial(self._put_aside, path)
        values: dict[str, object] = {"path": path}
        if TEMPORARY.fullmatch(path.name):
            template = N_("{path} was left half-written by a program that was stopped; nobody reads it.")
            return [_Trouble(Sentence(template, values), aside)]
        name = owner(path)
        if name is None:
            template = N_("{path} is no file of this book and nobody reads it: keep it elsewhere, or delete it.")
            return [_Trouble(Sentence(template, values))]
        place = BookFile(self._root, name)
        values["original"] = place.path
        if says_the_same(path, place):
            return [_Trouble(Sentence(N_("{path} is a copy of {original} and says the same."), values), aside)]
        conflict = ConflictCopy(path, place.path, name)
        template = N_("{path} is another version of {original}, as sync tools leave behind when two computers save.")
        mend = partial(take_in, self._root, conflict, datetime.now(UTC), path.name)
        return [_Trouble(Sentence(template, values), mend)]

    def _copy(self, path: Path) -> list[_Trouble]:
        """A backup, or something in quarantine: the first must be whole, the other only readable."""
        inside = path.relative_to(self._root / ".huddle").parts
        values: dict[str, object] = {"path": path}
        try:
            raw, _ = read_file(path)
            if inside[0] == "backups":
                unpack(raw, "/".join(inside[2:]).removesuffix(".json"), path)
        except (FileNotFoundError, Newer):
            return []
        except OSError as error:
            values["reason"] = error.strerror or type(error).__name__
            return [_Trouble(Sentence(N_("{path} cannot be opened ({reason}): check the disk."), values))]
        except Unreadable as error:
            if inside[0] != "backups":  # is kept as it was found, whatever it is
                return []
            values["reason"] = error.reason
            template = N_("The backup {path} cannot be used ({reason}).")
            return [_Trouble(Sentence(template, values), partial(self._put_aside, path))]
        return []

    def _put_aside(self, path: Path) -> None:
        put_away(path, BookFile(self._root, path.relative_to(self._root).as_posix().removesuffix(".json")), True)
        path.unlink(missing_ok=True)  # what cannot be read is moved, not copied


def _judge_again(place: BookFile) -> list[Sentence]:
    with changing(place, reader(place.name)) as change:
        assert change.found is not None
        write_in(judged_again(change.found.value), change.db, change.found.value)
        change.save(twice=True)
        known = change.found.notice(place)
    return [notice for notice in change.notices if notice != known]


def _rewrite(place: BookFile, found: Found[Any]) -> list[Sentence]:
    """Saves what was found as every change does: file and twin, and what lay there in quarantine."""
    found.may_be_saved_on()
    return save(place, pack(found.contents.tables(), place.name), found, durable=True)
