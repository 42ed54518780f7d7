"""From nothing to a first huddle: keyboard only, 80×24, both languages, and on again after an interruption."""

from __future__ import annotations

import pytest

from huddle_tui import i18n
from huddle_tui.domain.judging import Direction
from huddle_tui.domain.team import Timing
from huddle_tui.domain.workdays import Period
from huddle_tui.ui.doors import screen_of
from huddle_tui.ui.home.home import HomeScreen
from huddle_tui.ui.home.welcome import WelcomeScreen
from huddle_tui.ui.places import Home, NameNumbers, Welcome
from huddle_tui.ui.round.round import RoundScreen
from huddle_tui.ui.team.guide import NumbersStep, PeopleStep, TeamStep, next_step
from huddle_tui.ui.team.ready import ReadyStep
from tests.kit.team_table import Hands, opened

FIVE = ("Sanne", "José", "Fatima", "Bram", "Zoë")


async def make_team(hands: Hands, name: str) -> None:
    """From the welcome screen up to the people."""
    await hands.press("m")
    hands.on(TeamStep)
    await hands.type(f"{name}||")
    hands.on(PeopleStep)


async def make_number(hands: Hands, name: str, promise: str, leading: bool) -> None:
    """A number per day: name, promise, more is better, day, leading or lagging."""
    await hands.type(f"{name}|{promise}|||")
    if leading:
        await hands.press("left")
    await hands.type("|")


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_team_of_five_with_four_numbers_each_and_a_first_huddle(language: str) -> None:
    promise, exact = ("12,5", "12.5") if language == "nl" else ("12.5", "12.5")
    async with opened(None, lambda app: screen_of(Welcome(), app), language=language) as hands:
        await make_team(hands, "De ploeg")
        for name in FIVE:
            await hands.type(f"{name}|Directeur|")
        await hands.type("|")
        for name in FIVE:
            assert hands.on(NumbersStep).heading()[1].startswith(name)
            for n in range(4):
                await make_number(hands, f"Getal {n}", promise, leading=n == 1)
        hands.on(ReadyStep)
        team = hands.team
        assert (team.name, team.locale) == ("De ploeg", language)
        assert [p.name for p in team.members] == list(FIVE)
        for person in team.members:
            kpis = team.kpis_of(person.id)
            assert [(k.name, str(k.promise)) for k in kpis] == [(f"Getal {n}", exact) for n in range(4)]
            assert [k.most_important for k in kpis] == [True, False, False, False]
            assert [k.timing for k in kpis].count(Timing.LEADING) == 1
            assert {k.period for k in kpis} == {Period.DAY}
            assert {k.direction for k in kpis} == {Direction.AT_LEAST}
        await hands.press("enter")
        await hands.until(lambda: isinstance(hands.app.screen, RoundScreen))
        assert any(isinstance(screen, HomeScreen) for screen in hands.app.screen_stack)
        assert not any(isinstance(screen, WelcomeScreen) for screen in hands.app.screen_stack)


async def test_a_program_that_began_with_the_welcome_comes_to_its_first_huddle_and_home() -> None:
    async with opened(None, Welcome()) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne|||")
        await make_number(hands, "Bezoeken", "8", leading=True)
        await hands.type("|")
        hands.on(ReadyStep)
        await hands.press("enter")
        await hands.until(lambda: isinstance(hands.app.screen, RoundScreen))
        await hands.press("escape")
        hands.on(HomeScreen)
        await hands.press("escape")
        hands.on(HomeScreen)


@pytest.mark.quick
async def test_interrupted_it_goes_on_where_it_stopped() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne||Bram||")
        await hands.press("escape")
        assert "De ploeg" in hands.text()
        await hands.press("m")
        hands.on(PeopleStep)  # nobody has a number yet: perhaps not everybody was named
        assert "Sanne, Bram" in hands.told("example")
        await hands.type("|")
        await make_number(hands, "Klachten", "8", leading=False)
        await hands.press("escape")
        setting_up = hands.app.setting_up
        assert isinstance(next_step(setting_up), NameNumbers)
        await hands.press("m")
        assert hands.on(NumbersStep).heading()[1].startswith("Sanne")
        assert "Klachten" in hands.told("history")


async def test_home_offers_to_go_on_until_a_huddle_was_held() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne|||")
        await make_number(hands, "Klachten", "8", leading=False)
        team = hands.team
    async with opened(team, lambda app: screen_of(Home(), app), language="en") as hands:
        await hands.until(lambda: "Go on making the team" in hands.text())
        await hands.press("m")
        hands.on(NumbersStep)


async def test_an_empty_name_goes_on_to_the_next_person_and_then_to_the_huddle() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne||Bram|||")
        await hands.type("|")
        assert hands.on(NumbersStep).heading()[1].startswith("Bram")
        await hands.press("ctrl+n")
        hands.on(ReadyStep)


async def test_nobody_goes_on_without_who_is_half_entered() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        await make_team(hands, "The team")
        await hands.type("Sanne||Bram|Sales")
        await hands.press("ctrl+n")
        hands.on(PeopleStep)
        assert "Bram is not saved yet" in hands.wrong("name")
        await hands.press("ctrl+z", "down")
        await hands.type("Sales")
        await hands.press("up")
        await hands.type("|")
        hands.on(PeopleStep)
        assert "without a name" in hands.wrong("name")
        await hands.press("ctrl+z")
        await hands.type("|")
        hands.on(NumbersStep)
        assert [p.name for p in hands.team.people] == ["Sanne"]
        await hands.type("Calls|8")
        await hands.press("ctrl+n")
        hands.on(NumbersStep)
        assert "Calls is not saved yet" in hands.wrong("name")


async def test_there_is_a_way_back_to_the_person_before_and_to_the_names() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne||Bram|||")
        await hands.press("ctrl+n")
        assert hands.on(NumbersStep).heading()[1].startswith("Bram")
        await hands.press("ctrl+b")
        assert hands.on(NumbersStep).heading()[1].startswith("Sanne")
        await hands.press("ctrl+b")
        hands.on(PeopleStep)


async def test_a_draft_that_is_kept_comes_back() -> None:
    """Also where the path would go on elsewhere."""
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne||Bram|||")
        await make_number(hands, "Klachten", "8", leading=False)
        await hands.press("ctrl+b")
        await hands.type("Joris")
        await hands.press("escape", "m")
        assert hands.on(PeopleStep).field("name").value == "Joris"
        await hands.press("ctrl+z")
        await hands.type("|")
        await hands.press("ctrl+n")
        await hands.type("Bezoeken")
        await hands.press("escape", "m")
        step = hands.on(NumbersStep)
        assert step.heading()[1].startswith("Bram")
        assert step.field("name").value == "Bezoeken"


async def test_the_summary_names_who_reads_out_nothing() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        await make_team(hands, "The team")
        await hands.type("Sanne||Bram|||")
        await make_number(hands, "Complaints", "8", leading=False)
        await hands.press("ctrl+n", "ctrl+n")
        hands.on(ReadyStep)
        assert "reads out nothing yet" in next(line for line in hands.text().splitlines() if "Bram" in line)
        assert "reads out nothing yet" not in next(line for line in hands.text().splitlines() if "Sanne" in line)


async def test_a_promise_takes_what_a_number_takes() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        await make_team(hands, "The team")
        await hands.type("Sanne|||")
        await make_number(hands, "Happiness", "8/10", leading=False)
        (kpi,) = hands.team.kpis
        assert (str(kpi.promise), kpi.unit) == ("8", "/10")


async def test_a_team_needs_somebody() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        await make_team(hands, "The team")
        await hands.type("|")
        hands.on(PeopleStep)
        assert "at least one person" in hands.wrong("name")
        await hands.type("Sanne||sanne||")
        assert "already somebody called sanne" in hands.wrong("name")
        assert [p.name for p in hands.team.people] == ["Sanne"]


async def test_the_last_name_is_taken_back() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne||Brem||")
        await hands.press("ctrl+z")
        await hands.until(lambda: len(hands.team.people) == 1)
        await hands.type("Bram||")
        assert [p.name for p in hands.team.people] == ["Sanne", "Bram"]


async def test_a_nameless_team_is_refused() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        await hands.press("m")
        await hands.type("||")
        assert "needs a name" in hands.wrong("name")
        assert not hands.book.exists()


async def test_the_other_language_from_the_first_screen() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        assert "Make a team" in hands.text()
        await hands.press("l")
        assert i18n.language() == "nl"
        await hands.press("m")
        await hands.type("Ploeg|")
        await hands.press("right")
        await hands.type("|")
        assert (hands.team.locale, i18n.language()) == ("en", "en")


async def test_an_example_is_taken_and_made_ones_own() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app), language="en") as hands:
        await make_team(hands, "The team")
        await hands.type("Sanne|||")
        await hands.press("ctrl+l", "down", "enter")
        assert hands.field("promise").value == "40"
        await hands.press("backspace", "backspace")
        await hands.type("45||||||")
        [kpi] = hands.team.kpis
        assert (kpi.name, kpi.unit, str(kpi.promise), kpi.period) == (
            "Enquiries that became an appointment", "%", "45", Period.WEEK,
        )  # fmt: skip


async def test_a_unit_typed_along_with_the_promise() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await make_team(hands, "De ploeg")
        await hands.type("Sanne|||")
        await make_number(hands, "Omzet", "€ 12,5k", leading=False)
        await make_number(hands, "Op tijd", "95%", leading=False)
        assert [(k.unit, str(k.promise)) for k in hands.team.kpis] == [("€", "12500"), ("%", "95")]


async def test_the_example_team_is_opened_by_the_command_line() -> None:
    async with opened(None, lambda app: screen_of(Welcome(), app)) as hands:
        await hands.press("e")
        assert hands.app.afterwards == "demo"
        assert hands.app._exit
