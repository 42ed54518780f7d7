"""Renews `docs/keys.md` from the registry of actions: `python data/make_keys.py` (`--check` says if it is stale)."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from huddle_tui.ui.actions import AREAS, table

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"
HEAD = """# Keys

Made from the registry of actions (`huddle_tui/ui/actions.py`) by `python data/make_keys.py`; `huddle keys` prints the
same table. The name in the last column is what the settings file calls an action: under `[keys]`, a line such as
`"round.skip" = "ctrl+k"` gives it another key.
"""


def page() -> str:
    """The page as it should be."""
    parts = [HEAD]
    for area, rows in groupby(table(), key=lambda row: row[0]):
        parts.append(f"\n## {AREAS[area].title}\n\n| key | does | |\n|---|---|---|\n")
        parts += [f"| {keys} | {sentence} | `{ref}` |\n" for _area, keys, _label, sentence, ref in rows]
    return "".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(page() != PAGE.read_text("utf-8"))
    PAGE.write_text(page(), "utf-8")
