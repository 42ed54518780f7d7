"""Renews the translation catalogues from the marks in the code: `python data/make_catalogues.py [FILE.po …]`.

Reads every `_("…")`, `N_("…")` and `ngettext("…", "…", n)` under `huddle_tui/`, keeps the translations that stand,
takes in those of the files named, and writes `huddle.po` and `huddle.mo` per language. Says what is not translated.
"""

from __future__ import annotations

import ast
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).parent.parent / "huddle_tui"
LOCALES = ROOT / "locale"
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""A catalogue says nothing of when it was made, so that making it twice changes nothing."""
MARKS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a text, and how many texts it takes."""


def marked() -> Catalog:
    """Every text that is marked in the code and in the pages, without places, so that moving code changes no catalogue.

    Read from the syntax tree: also what stands inside an f-string is found, on every Python.
    """
    found = Catalog(project="huddle-tui", charset="utf-8")
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                wanted = MARKS[node.func.id]
                texts = [
                    a.value for a in node.args[:wanted] if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                if len(texts) == wanted:
                    found.add(texts[0] if wanted == 1 else tuple(texts))
    for path in sorted(ROOT.rglob("*.html")):
        for _line, _mark, text in extract_from_ast(Environment().parse(path.read_text("utf-8")), tuple(MARKS)):
            if text:
                found.add(text if isinstance(text, str) else tuple(map(str, text[: MARKS["ngettext"]])))
    return found


def renewed(language: str, extra: list[Path]) -> Catalog:
    """The catalogue of a language: what is marked now, translated as the stored file and `extra` say."""
    known: dict[str | tuple[str, ...], str | tuple[str, ...] | list[str] | None] = {}
    stored = LOCALES / language / "LC_MESSAGES" / "huddle.po"
    for path in (*extra, stored):
        if path.exists():
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    if message.id and any(message.string if isinstance(message.string, tuple) else [message.string]):
                        known.setdefault(_key(message), message.string)
    catalogue = Catalog(
        locale=language, project="huddle-tui", version="", charset="utf-8", fuzzy=False, header_comment="# huddle-tui",
        last_translator="huddle-tui", language_team=language, creation_date=_FIXED, revision_date=_FIXED,
        msgid_bugs_address="", copyright_holder="huddle-tui",
    )  # fmt: skip
    for message in sorted(marked(), key=lambda m: str(_key(m))):
        if message.id:
            text = message.id if language == "en" else known.get(_key(message), "")
            if message.pluralizable:
                text = text if isinstance(text, tuple | list) else ("", "")
            elif isinstance(text, tuple | list):
                text = text[0]
            catalogue.add(message.id, string=text)
    return catalogue


def _key(message: Message) -> str | tuple[str, ...]:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def missing(catalogue: Catalog) -> list[str]:
    """What has no translation."""
    return [
        str(_key(m))
        for m in catalogue
        if m.id and not all(m.string if isinstance(m.string, tuple | list) else [m.string])
    ]


def main(extra: list[Path]) -> int:
    """Writes the catalogues; 1 where a translation is missing."""
    lacking = 0
    for language in ("en", "nl"):
        catalogue = renewed(language, extra if language == "nl" else [])
        folder = LOCALES / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "huddle.po").open("wb") as file:
            write_po(file, catalogue, width=0, sort_output=False, omit_header=False)
        with (folder / "huddle.mo").open("wb") as file:
            write_mo(file, catalogue)
        for text in missing(catalogue):
            lacking += 1
            print(f"{language}: not translated: {text!r}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
