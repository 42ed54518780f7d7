"""Lines of keys and tables, in every notation that TOML has."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given

from huddle_tui.domain.team import Team
from huddle_tui.exchange.reading.toml_lines import Lines
from huddle_tui.exchange.writing.team import as_toml
from tests.kit.teams import teams

TRICKY = '''# comment = 1
top = """
[no.table]
key = \\""" "" """""
'a b' . "c\\t[d]" = 'x # no comment' # a comment with ] and "

[one.two]   # header
list = [ # opens
  1, 2,

  {a = "}", b = [3, "]"]},
  2026-12-25 09:00:00,
]
last = {}
[[many]]
x = \'\'\'
[[many]]
'\'\'\'
  [[many.deep]]
  y = 1
  [[many.deep]]
  y = -inf
[many.deep.sub]
z = true
[[many]]
[many.sub]
w = """"quoted""""
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("a b",), 5),
        (("a b", "c\t[d]"), 5),
        (("one",), 7),
        (("one", "two"), 7),
        (("one", "two", "list"), 8),
        (("one", "two", "list", 1), 9),
        (("one", "two", "list", 2, "b", 1), 11),
        (("one", "two", "list", 3), 12),
        (("one", "two", "last"), 14),
        (("many",), 15),
        (("many", 0, "x"), 16),
        (("many", 0, "deep", 1), 21),
        (("many", 0, "deep", 1, "y"), 22),
        (("many", 0, "deep", 1, "sub", "z"), 24),
        (("many", 1), 25),
        (("many", 1, "sub", "w"), 27),
        (("many", 1, "sub", "nowhere"), 26),
        (("nowhere",), 1),
    ],
)
def test_where_things_stand(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TRICKY)
    assert Lines(TRICKY).of(*path) == line


@given(teams())
def test_every_key_of_a_team_file_stands_where_it_is_written(team: Team) -> None:
    source = "".join(as_toml(team))
    lines, written = Lines(source), source.splitlines()
    for kind, tables in tomllib.loads(source).items():
        for place, table in enumerate(tables if isinstance(tables, list) else [None]):
            path = (kind,) if table is None else (kind, place)
            assert written[lines.of(*path) - 1].strip("[]") == kind
            for key in table or tables:
                assert written[lines.of(*path, key) - 1].startswith(f"{key} = ")
