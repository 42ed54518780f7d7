"""Where keys and tables stand in a TOML text. The standard reader gives values, and no positions to go with them."""

import bisect
import re
import tomllib

Path = tuple[str | int, ...]
"""The way to a value: names of keys and tables, and places in arrays."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_SCALAR = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}|\'\'\'[\s\S]*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[^,\]}#\r\n]+'
)


class Lines:
    """The lines of a TOML text that is known to be valid."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._ends = [found.start() for found in re.finditer("\n", source)]
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._at = 0
        self._document()

    def of(self, *path: str | int) -> int:
        """The line, counted from 1, where `path` stands; what has no line of its own stands where its parent does."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _document(self) -> None:
        table: Path = ()
        while self._skip(_BLANK) < len(self._source):
            start = self._at
            if self._source.startswith("[[", start):
                self._at += 2
                table = self._table(self._key(), several=True)
                self._at += 2
                self._note(table, start)
            elif self._source.startswith("[", start):
                self._at += 1
                table = self._table(self._key(), several=False)
                self._at += 1
                self._note(table, start)
            else:
                self._pair(table)

    def _table(self, names: Path, *, several: bool) -> Path:
        """The path of a table's header: arrays of tables on the way stand at their newest one."""
        path: Path = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if several and place == len(names) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        path = (*table, *self._key())
        self._note(path, start)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> Path:
        """A key, dotted or not; stops at what comes behind it."""
        names: list[str | int] = []
        while True:
            self._skip(_SPACE)
            part = self._take(_KEY)
            names.append(tomllib.loads(f"key = {part}")["key"] if part[0] in "\"'" else part)
            self._skip(_SPACE)
            if not self._source.startswith(".", self._at):
                return tuple(names)
            self._at += 1

    def _value(self, path: Path) -> None:
        opens = self._source[self._at]
        if opens not in "[{":
            self._take(_SCALAR)
            return
        closes, place = {"[": "]", "{": "}"}[opens], 0
        self._at += 1
        while self._source[self._skip(_BLANK)] != closes:
            if self._source[self._at] == ",":
                self._at += 1
            elif opens == "{":
                self._pair(path)
            else:
                self._note((*path, place), self._at)
                self._value((*path, place))
                place += 1
        self._at += 1

    def _note(self, path: Path, start: int) -> None:
        """What has no header of its own stands where it is first spoken of."""
        line = bisect.bisect_left(self._ends, start) + 1
        for length in range(1, len(path)):
            self._lines.setdefault(path[:length], line)
        self._lines[path] = line

    def _skip(self, pattern: re.Pattern[str]) -> int:
        self._take(pattern)
        return self._at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._at)
        assert found is not None, f"no TOML at {self._at}"
        self._at = found.end()
        return found[0]
