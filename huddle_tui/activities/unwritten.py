"""What was said in a huddle and is not on disk: for the terminal that is left when the program ends on a full disk."""

from __future__ import annotations

from collections.abc import Iterator

from huddle_tui.domain.huddle import Huddle
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.i18n import locale
from huddle_tui.words import amount


def unwritten(running: Huddle, stored: Huddle | None) -> Iterator[Sentence]:
    """A sentence for every number, stuck, action and subject of `running` that `stored` does not hold."""
    for turn in running.turns:
        there = stored.turn(turn.person) if stored is not None else None
        for reading in turn.readings:
            if reading.actual is not None and (there is None or reading not in there.readings):
                said = amount(reading.actual, reading.unit, locale(), reading.decimals)
                template = N_("Not on disk: {name} said {value} for “{kpi}”.")
                yield Sentence(template, {"name": turn.name, "value": said, "kpi": reading.name})
        for stuck in turn.stucks:
            if there is None or stuck not in there.stucks:
                yield Sentence(N_("Not on disk: {name} is stuck on “{what}”."), {"name": turn.name, "what": stuck.text})
    for action in running.actions:
        if stored is None or action not in stored.actions:
            yield Sentence(N_("Not on disk: {name} will do “{what}”."), {"name": action.who, "what": action.what})
    for subject in running.offline:
        if stored is None or subject not in stored.offline:
            yield Sentence(N_("Not on disk: “{what}” to talk about afterwards."), {"what": subject.what})
