"""Both languages are complete, and the compiled catalogues are those of the sources."""

from __future__ import annotations

import functools
import gettext
import importlib.util
import string
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "huddle_tui" / "locale"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that renews the catalogues."""
    spec = importlib.util.spec_from_file_location("make_catalogues", ROOT / "data" / "make_catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.marked = functools.cache(module.marked)  # type: ignore[attr-defined]  # all sources are read once
    return module


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_marked_text_is_translated(maker: ModuleType, language: str) -> None:
    assert maker.missing(maker.renewed(language, [])) == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_stored_catalogue_is_not_stale(maker: ModuleType, language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "huddle.po").open("rb") as file:
        stored = {maker._key(m): m.string for m in read_po(file, locale=language) if m.id}
    assert stored == {maker._key(m): m.string for m in maker.renewed(language, []) if m.id}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_compiled_catalogue_is_the_stored_one(maker: ModuleType, language: str) -> None:
    compiled = gettext.translation("huddle", LOCALES, [language])
    for message in maker.renewed(language, []):
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string
        elif message.id:
            one, many = message.id
            assert (compiled.ngettext(one, many, 1), compiled.ngettext(one, many, 2)) == tuple(message.string)


def places(text: str) -> set[str]:
    """The named places of a sentence."""
    return {name.split("!")[0] for _t, name, _f, _c in string.Formatter().parse(text) if name is not None}


def test_a_translation_has_the_places_of_its_sentence(maker: ModuleType) -> None:
    for message in maker.renewed("nl", []):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        for text in texts:
            if message.id:
                assert places(text) <= set().union(*map(places, ids)), message.id
                assert places(text) or not places(ids[-1]) or "n" in places(ids[-1]), message.id
