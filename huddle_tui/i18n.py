"""The language the program speaks and the locale its numbers are written in: one place, both switchable while it runs.

Texts are marked where they stand with `_("…")` (translated at once) or `N_("…")` (translated when shown), in English,
and live in gettext catalogues under `locale/`. Nothing below this module's callers knows a language: the domain
speaks in `Sentence`s, which `say` renders.
"""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from huddle_tui.domain import numbers
from huddle_tui.domain.sentence import N_, Sentence

__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "N_", "_", "language", "locale", "ngettext", "say", "speaking", "use"]

LANGUAGES = ("en", "nl")
"""The languages that have a complete catalogue."""
LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}
"""What each calls itself."""

_CATALOGUES = Path(__file__).parent / "locale"


class _Speech(NamedTuple):
    """A language with its texts, and the locale of the numbers in them."""

    translations: _gettext.NullTranslations
    language: str
    locale: str


_program = _Speech(_gettext.NullTranslations(), "en", "en")
_here: ContextVar[_Speech | None] = ContextVar("_here", default=None)


@cache
def _texts(language: str) -> _gettext.NullTranslations:
    english = language == "en"  # is what the texts are marked in
    return _gettext.NullTranslations() if english else _gettext.translation("huddle", _CATALOGUES, [language])


def _speech(language: str, locale: str | None) -> _Speech:
    language = language if language in LANGUAGES else "en"
    return _Speech(_texts(language), language, locale if locale in numbers.LOCALES else language)


def use(language: str, locale: str | None = None) -> None:
    """Speak `language` from now on, and write numbers and dates as `locale` (the team's; default: the language)."""
    global _program
    _program = _speech(language, locale)


@contextmanager
def speaking(language: str, locale: str | None = None) -> Iterator[None]:
    """The same within a block, for the thread or task that it is in alone: for a reader with another language."""
    token = _here.set(_speech(language, locale))
    try:
        yield
    finally:
        _here.reset(token)


def _now() -> _Speech:
    return _here.get() or _program


def language() -> str:
    """The language spoken now: `en` or `nl`."""
    return _now().language


def locale() -> str:
    """The locale in which numbers are read and written now: `en` or `nl`."""
    return _now().locale


def _(text: str) -> str:
    """`text` in the language spoken now. The empty text stays empty."""
    return _now().translations.gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The form that `n` asks for, in the language spoken now."""
    return _now().translations.ngettext(one, many, n)


def say(sentence: Sentence) -> str:
    """A sentence of the domain in the language spoken now; exact decimals in it are written in the locale."""
    # Both forms are marked with `N_`, each a text of its own; our languages agree on when there are several.
    template = _(sentence.plural if sentence.plural and sentence.n != 1 else sentence.template)
    return template.format(**{name: _shown(value) for name, value in sentence.values.items()})


def _shown(value: object) -> str:
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, Decimal):
        return numbers.show(value, locale())
    return str(value)
