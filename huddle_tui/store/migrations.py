"""The version of what the files hold, and the way from each older version to the next.

To add one: raise `SCHEMA` to n + 1 and put a pure function under n in `MIGRATIONS` that takes the tables as version n
wrote them and gives them back as version n + 1 wants them, leaving alone every field it does not know. Keep a file of
version n among the fixtures of the tests for ever. Two things never change with a version: the row `_meta.file` and
the way a file is sealed (`sealed`), because a program too old for a file recognises it by those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Row = dict[str, Any]
"""One document: JSON values under names."""
Tables = dict[str, dict[str, Row]]
"""What one file holds: tables of documents, each under an id of our own."""

SCHEMA = 1
"""The version that this program writes."""
MIGRATIONS: Mapping[int, Callable[[Tables], Tables]] = {}
"""From version n, the key, to n + 1; one for every version below `SCHEMA`."""
