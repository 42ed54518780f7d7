"""What the coach says of the last thirteen weeks: numbers that are always kept, never, or by luck (METHOD 10). Pure."""

from collections.abc import Iterator
from typing import Final

from huddle_tui.domain.behaviour import Assurance
from huddle_tui.domain.coach import Advice
from huddle_tui.domain.history import Past
from huddle_tui.domain.promises import Account, Tally, account
from huddle_tui.domain.scorecard import order
from huddle_tui.domain.sentence import N_, Sentence
from huddle_tui.domain.team import Kpi
from huddle_tui.domain.voice import voice

ENOUGH: Final = 12
"""Of so many promises on one number the coach speaks."""


def thirteen_weeks(past: Past) -> Account:
    """What became of the promises of the last thirteen weeks; worked out once for each past."""
    return past.once("thirteen weeks", lambda: account(past, order(past, retired=True)))


def advise_on(past: Past) -> list[Advice]:
    """Everything the coach has to say of the past: number by number in the order of the team, then the team."""
    told, team = thirteen_weeks(past), past.team
    tallies, kept = dict(told.kpis), told.team
    known = filter(None, map(team.kpi, order(past)))
    said = [advice for kpi in known for advice in about_number(past, kpi, tallies.get(kpi.id, Tally()))]
    if kept.easy:
        text = N_("{team} kept {kept} of {n} promises in thirteen weeks: are the promises easy?")
        sentence = Sentence(text, {"team": team.name, "kept": kept.kept, "n": kept.due})
        said.append(Advice("too-easy", team.name, sentence))
    return said


def about_number(past: Past, kpi: Kpi, kept: Tally) -> list[Advice]:
    """What the coach says of one number that is read out, and of what became of its promises in thirteen weeks.

    `hit-and-miss` is not said beside `always-kept`, which asks for the opposite.
    """
    owner = past.owner_name(kpi.id)
    return [Advice(id, owner, sentence) for id, sentence in _of_number(past, kpi, owner, kept)]


def _of_number(past: Past, kpi: Kpi, owner: str, kept: Tally) -> Iterator[tuple[str, Sentence]]:
    values = {"kpi": kpi.name, "person": owner, "kept": kept.kept, "n": kept.due}
    always = kept.due >= ENOUGH and kept.kept == kept.due
    if always:
        text = N_(
            "“{kpi}” of {person} was kept {kept} times out of {n} in thirteen weeks: raise it, or give it up for "
            "another."
        )
        yield "always-kept", Sentence(text, values)
    if kept.due >= ENOUGH and kept.kept <= 1:
        once = N_("“{kpi}” of {person} was kept once out of {n} times in thirteen weeks: mend it or drop it.")
        never = N_("“{kpi}” of {person} was kept {kept} times out of {n} in thirteen weeks: mend it or drop it.")
        yield "never-kept", Sentence(once, values, never, kept.kept)
    if voice(past, kpi.id).behaviour.assurance is Assurance.HIT_AND_MISS and not always:
        text = N_(
            "The promise on “{kpi}” of {person} lies inside its natural limits, so that it is kept or missed by "
            "chance: change the process, not the person."
        )
        yield "hit-and-miss", Sentence(text, values)
