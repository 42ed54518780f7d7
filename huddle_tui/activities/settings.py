"""A person's own settings on this machine: language, theme, keys, the books that were opened.

One small TOML file, read forgivingly. Unknown keys (a newer version's, say) are kept when it is written; a wrong value
falls back to the default and is told in one sentence.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from platformdirs import user_config_path

from huddle_tui.domain.sentence import N_, HuddleError, Sentence, reason


class KnownBook(msgspec.Struct, frozen=True):
    """A book that this account has opened."""

    place: str
    """Where it is, as `--data` names it: a whole path."""
    name: str
    """The name of its team when it was last opened."""


class Settings(msgspec.Struct, frozen=True):
    """What the settings file holds."""

    language: str | None = None
    """`en` or `nl`; None follows the team."""
    theme: str | None = None
    """The name of a theme; None is the default one."""
    keys: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Other keys for actions: `area.action` to key names separated by commas; checked by the action registry."""
    books: tuple[KnownBook, ...] = ()
    """The books that were opened, the one used last first."""
    notices: tuple[Sentence, ...] = ()
    """What was wrong in the file, a sentence each."""


def settings_path() -> Path:
    """Where the settings of this account live on this platform."""
    return user_config_path("huddle-tui", appauthor=False) / "settings.toml"


def load(path: Path) -> Settings:
    """The settings in `path`; defaults where there is no such file."""
    try:
        raw = path.read_text("utf-8")
        import tomllib

        document = tomllib.loads(raw)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        text = N_("The settings in {path} cannot be read, so the defaults are used: {why}.")
        return Settings(notices=(Sentence(text, {"path": path, "why": _why(error)}),))
    found: dict[str, Any] = {}
    notices: list[Sentence] = []
    if isinstance(keys := document.get("keys"), dict):
        for ref in [ref for ref, typed in keys.items() if not isinstance(typed, str)]:
            notices.append(Sentence(_NO_KEY, {"path": path, "ref": ref, "value": keys.pop(ref)}))
    for key, (name, of, wrong) in _KEYS.items():
        try:
            found |= {name: msgspec.convert(document[key], of)} if key in document else {}
        except msgspec.ValidationError:
            notices.append(Sentence(wrong, {"path": path, "key": key, "value": document[key]}))
    return Settings(**found, notices=tuple(notices))


_CANNOT_BE: Final = N_("{path}: {key} cannot be {value}; the default is used.")
_NO_KEYS: Final = N_('{path}: [keys] needs lines such as "round.skip" = "ctrl+k"; the default keys are used.')
_NO_KEY: Final = N_(
    '{path}: [keys] {ref} cannot be {value}: write a line such as "round.skip" = "ctrl+k"; its default keys are used.'
)
_NO_BOOKS: Final = N_("{path}: each [[book]] needs a place and a name between quotes; no book is known.")
_KEYS: Final[Mapping[str, tuple[str, Any, str]]] = {
    "language": ("language", Literal["en", "nl"], _CANNOT_BE),
    "theme": ("theme", str, _CANNOT_BE),
    "keys": ("keys", dict[str, str], _NO_KEYS),
    "book": ("books", tuple[KnownBook, ...], _NO_BOOKS),
}
"""Of each key in the file which setting it is, its type, and what is said of a wrong value."""


def _why(error: Exception) -> Sentence:
    """Why a file could not be read or written, in the language that is spoken."""
    if isinstance(error, OSError):
        return reason(error)
    at = re.search(r"line ([0-9]+)", str(error))
    return Sentence(N_("line {line} of it is no TOML"), {"line": at[1]}) if at else Sentence(N_("it is no TOML"))


def save(path: Path, **changes: object) -> None:
    """Writes these settings into `path`, leaving everything else in it as it was. Raises HuddleError."""
    import tomlkit  # keeps comments and order, and is loaded only where something is written
    from tomlkit.exceptions import TOMLKitError

    from huddle_tui.files import make_folder, replace

    try:
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        for key, value in changes.items():
            document[key] = value
        make_folder(path.parent)
        replace(path, [tomlkit.dumps(document)], alone=True)
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise HuddleError(N_("The settings in {path} cannot be written: {why}."), path=path, why=_why(error)) from error
