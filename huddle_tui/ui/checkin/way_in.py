"""Whose check-in is gone into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huddle_tui.activities.identity import Identity, named
from huddle_tui.domain.sentence import HuddleError
from huddle_tui.ui.places import CheckInOf, Place, WhoAmI

if TYPE_CHECKING:
    from huddle_tui.ui.app import HuddleApp


def check_in(app: HuddleApp, name: str | None = None, for_name: str | None = None) -> Place:
    """The check-in of who is named, of who is remembered, or the question who it is. Raises HuddleError.

    `for_name` is whose numbers they are where somebody else types them: by proxy, for ever.
    """
    team = app.book.team()
    identity = Identity.of(app.book)
    me = named(team, name) if name else identity.remembered(team)
    if me is None:
        return WhoAmI(for_name)
    if name and me != identity.remembered(team):
        try:
            identity.remember(me)
        except HuddleError as error:
            app.tell(error)
    whose = named(team, for_name) if for_name else me
    return CheckInOf(whose.id, me.id)
