"""What an export is made of; every function that writes one takes it."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from huddle_tui.domain.history import Past, gather, page
from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.summary import Summary
from huddle_tui.domain.team import Team


class Asked(msgspec.Struct, frozen=True):
    """A team, some of its huddles, and which days were chosen."""

    team: Team
    """The team as it is now."""
    huddles: Iterable[Huddle]
    """Those that were held, oldest first, read one by one."""
    now: datetime
    """This moment, on the clocks of the team."""
    first: date | None = None
    """The first day, where somebody chose one."""
    last: date | None = None
    """The last day, where somebody chose one."""
    summaries: Iterable[Summary] = ()
    """Those of the whole book, oldest first: they tell what was open from huddles that are not among these."""

    @property
    def chosen(self) -> bool:
        """Whether somebody chose the period: then an export has all of it."""
        return self.first is not None or self.last is not None

    def past(self) -> Past:
        """Its huddles, read and gathered to look back on."""
        return gather(self.team, (), map(page, self.huddles), complete=True)
