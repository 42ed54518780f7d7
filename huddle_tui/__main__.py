"""`python -m huddle_tui` is `huddle`."""

from huddle_tui.cli import entry

entry()
