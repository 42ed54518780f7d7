"""What a huddle came to, in the few figures that are read first."""

from __future__ import annotations

from huddle_tui.domain.huddle import Huddle, Stage, TurnState
from huddle_tui.domain.judging import Status
from huddle_tui.domain.outcomes import tally_of
from huddle_tui.i18n import _
from huddle_tui.ui.kit.tiles import Tile
from huddle_tui.ui.shared import phrases
from huddle_tui.ui.shared.status import BLOCKS


def figures(huddle: Huddle) -> list[Tile]:
    """What the huddle came to: kept, red flags, time used, temperature."""
    there = [r for t in huddle.turns if t.state is not TurnState.ABSENT for r in t.readings]
    kept, red = tally_of(there), sum(r.status is Status.RED for r in there)
    late = huddle.watch.used > huddle.time_box
    tiles = [
        Tile(
            _("promises kept") if huddle.stage is Stage.ENDED else _("kept so far"),
            str(kept.kept),
            _("of {judged}").format(judged=kept.due),
            BLOCKS[Status.GREEN],
            _("of {judged} kept").format(judged=kept.due),
        ),
        Tile(
            f"{Status.RED.glyph} {_('red flags')}",
            str(red),
            style=BLOCKS[Status.RED] if red else "$foreground on $surface",
        ),
        Tile(
            _("time used"),
            phrases.clock(huddle.watch.used),
            _("of {box}").format(box=phrases.clock(huddle.time_box)),
            BLOCKS[Status.YELLOW] if late else "$foreground on $surface",
            _("of {box}").format(box=phrases.clock(huddle.time_box)),
        ),
    ]
    if huddle.temperature is not None:
        tiles.append(
            Tile(_("temperature"), str(huddle.temperature), _("of {most}").format(most=10), brief=_("temperature"))
        )
    return tiles
