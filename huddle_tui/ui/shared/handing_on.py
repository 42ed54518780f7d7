"""What a huddle came to, for people outside the room: on the clipboard as short text, in a file as they want it."""

from datetime import date
from functools import partial
from typing import Final

from huddle_tui.domain.sentence import N_, HuddleError
from huddle_tui.domain.team import Team
from huddle_tui.i18n import _
from huddle_tui.ui import actions
from huddle_tui.ui.base import HuddleScreen
from huddle_tui.ui.terminal import clipboard

_FORMATS: Final = (
    ("text", "txt", N_("Text"), N_("Short enough for a chat or a mail.")),
    ("md", "md", N_("Markdown"), N_("For minutes: every number that was said is in it.")),
    ("html", "html", N_("A page"), N_("To print or to mail, with everything of the Markdown on it.")),
)
"""As what a recap can be saved: format, end of the file's name, what it is called, what it is for."""


class HandingOnScreen(HuddleScreen):
    """A screen of one huddle whose recap can be copied and saved."""

    day: date
    """The day of the huddle."""

    def team_of_recap(self) -> Team | None:
        """The team as it was then; None while the huddle is not read, or cannot be."""
        raise NotImplementedError

    def action_copy(self) -> None:
        """The huddle as short text to the clipboard; what is said of it is what is known."""
        self.work(self._copy, self._copied)

    def action_save(self) -> None:
        """Asks as what it should be saved, in the folder that the program was started in."""
        commands = []
        for kind, ending, title, purpose in _FORMATS:
            name = f"huddle-{self.day}.{ending}"
            save = partial(self.save_as, name, partial(self._recap, kind))
            commands.append(actions.Command(_(title), _(purpose), save, name))
        self.huddle_app.offer(commands, _("Save it as what?"))

    def _recap(self, kind: str) -> list[str]:
        """The recap as `text`, `md` or `html`. Raises HuddleError."""
        from huddle_tui.activities.recapping import recap

        if team := self.team_of_recap():
            return [recap(self.book, team, self.day, self.time.now(), kind)]
        raise HuddleError(N_("There is nothing of this huddle to copy or to save: it is not read yet, or cannot be."))

    def _copy(self) -> str:
        """In a thread: what the terminal has to be sent, where there is no clipboard that takes it."""
        (text,) = self._recap("text")
        return "" if clipboard.put(text) else text

    def _copied(self, left: str) -> None:
        if not left:
            self.tell(_("It is on the clipboard."))
            return
        self.huddle_app.copy_to_clipboard(left)
        key = next(actions.keys_of(a)[0] for a in actions.of(self.AREA) if a.id == "save")
        sent = _("Sent to your terminal, which may keep it from the clipboard: if it is not there, {key} saves it.")
        self.tell(sent.format(key=key))
