"""Help for a screen: what it is for and every key that works on it."""

from itertools import groupby

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from huddle_tui.domain.sentence import N_
from huddle_tui.i18n import _
from huddle_tui.ui import actions
from huddle_tui.ui.base import HuddleScreen


class HelpScreen(HuddleScreen):
    """The keys of the screen it was called from."""

    ABOUT = N_("The keys that work on the screen you came from.")
    DEFAULT_CSS = """
    HelpScreen VerticalScroll { margin-top: 1; scrollbar-size-vertical: 1; }
    HelpScreen .area { margin-top: 1; color: $accent; text-style: bold; }
    HelpScreen .key { height: auto; }
    HelpScreen .keys { width: 17; color: $footer-key-foreground; text-style: bold; }
    HelpScreen .does { width: 1fr; }
    """

    def __init__(self, known: tuple[actions.UserAction, ...], about: str) -> None:
        super().__init__()
        self._known, self._about = known, about

    def body(self) -> ComposeResult:
        """What the screen is for, then its keys, then the keys that work everywhere."""
        self.show_bar(_("Help"), *(_(actions.AREAS[action.area].title) for action in self._known[:1]))
        with VerticalScroll():
            yield Static(Content(actions.keyed(_(self._about))), id="about")
            for area, listed in groupby((*self._known, *actions.of(actions.EVERYWHERE)), lambda action: action.area):
                yield Static(Content(_(actions.AREAS[area].title)), classes="area")
                for action in listed:
                    keys = " · ".join(actions.keys_of(action))
                    yield Horizontal(
                        Static(Content(keys), classes="keys"),
                        Static(Content(_(action.help)), classes="does"),
                        classes="key",
                    )

    def footer_actions(self) -> list[actions.UserAction]:
        """Help on help would help nobody: the way back."""
        return [action for action in actions.of(actions.EVERYWHERE) if action.id == "back"]
