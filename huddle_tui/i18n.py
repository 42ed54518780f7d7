"""The language the program speaks and the locale its numbers are written in: one place, both switchable while it runs.

Texts are marked where they stand with `_("…")` (translated at once) or `N_("…")` (translated when shown), in English,
and live in gettext catalogues under `locale/`. Nothing below this module's callers knows a language: the domain
speaks in `Sentence`s, which `say` renders.
"""

from __future__ import annotations

import gettext as _gettext
from decimal import Decimal
from pathlib import Path

from huddle_tui.domain import numbers
from huddle_tui.domain.sentence import N_, Sentence

__all__ = ["LANGUAGES", "N_", "_", "language", "locale", "ngettext", "say", "use"]

LANGUAGES = ("en", "nl")
"""The languages that have a complete catalogue."""

_CATALOGUES = Path(__file__).parent / "locale"
_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"
_locale = "en"


def use(language: str, locale: str | None = None) -> None:
    """Speak `language` from now on, and write numbers and dates as `locale` (the team's; default: the language)."""
    global _translations, _language, _locale
    _language = language if language in LANGUAGES else "en"
    _locale = locale if locale in numbers.LOCALES else _language
    if _language == "en":  # is what the texts are marked in
        _translations = _gettext.NullTranslations()
    else:
        _translations = _gettext.translation("huddle", _CATALOGUES, [_language])


def language() -> str:
    """The language spoken now: `en` or `nl`."""
    return _language


def locale() -> str:
    """The locale in which numbers are read and written now: `en` or `nl`."""
    return _locale


def _(text: str) -> str:
    """`text` in the language spoken now. The empty text stays empty."""
    return _translations.gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The form that `n` asks for, in the language spoken now."""
    return _translations.ngettext(one, many, n)


def say(sentence: Sentence) -> str:
    """A sentence of the domain in the language spoken now; exact decimals in it are written in the locale."""
    # Both forms are marked with `N_`, each a text of its own; our languages agree on when there are several.
    template = _(sentence.plural if sentence.plural and sentence.n != 1 else sentence.template)
    return template.format(**{name: _shown(value) for name, value in sentence.values.items()})


def _shown(value: object) -> str:
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, Decimal):
        return numbers.show(value, _locale)
    return str(value)
