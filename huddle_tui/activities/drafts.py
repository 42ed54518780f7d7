"""What forms hold that was not saved, per book and form: it is there again when the form is opened again, also by
another program of this account. One small JSON file; nothing depends on it.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from platformdirs import user_state_path

from huddle_tui.activities.books import place_of
from huddle_tui.files import make_folder, replace
from huddle_tui.store.port import Book


def drafts_path() -> Path:
    """Where this account's drafts are kept on this platform."""
    return user_state_path("huddle-tui", appauthor=False) / "drafts.json"


class FormDrafts(dict[str, dict[str, str]]):
    """Per form what was typed in its fields."""

    def __init__(self, book: Book) -> None:
        """Those of that book; of one that is in no lasting place they last as long as the program."""
        self._place = place_of(book)
        found = _read().get(self._place) if self._place else None
        super().__init__(found or {})
        self._kept = dict(self)
        self._guard = threading.Lock()  # kept while it is typed and when the form goes: the last word is the last

    def put(self, form: str, typed: Mapping[str, str]) -> None:
        """What stands in that form now; nothing is no draft."""
        if typed:
            self[form] = dict(typed)
        else:
            self.pop(form, None)

    def keep(self) -> None:
        """Puts those on disk that changed, beside what other programs keep; where that cannot be they last as long as
        the program.
        """
        import json  # a round that opens does not wait for it

        with self._guard:
            mine = dict(self)
            if not self._place or mine == self._kept:
                return
            changed = {form for form in mine.keys() | self._kept.keys() if mine.get(form) != self._kept.get(form)}
            self._kept = mine
            every, path = _read(), drafts_path()
            others = {form: typed for form, typed in every.pop(self._place, {}).items() if form not in changed}
            here = others | {form: mine[form] for form in changed if form in mine}
            with suppress(OSError):
                make_folder(path.parent)
                replace(path, [json.dumps(every | ({self._place: here} if here else {}), indent=1)], alone=True)


def _read() -> dict[str, dict[str, dict[str, str]]]:
    """All drafts of this account; none where the file is not there, or is not ours."""
    try:
        return _drafts.decode(drafts_path().read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}


_drafts = msgspec.json.Decoder(dict[str, dict[str, dict[str, str]]])
