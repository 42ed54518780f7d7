"""Eight people in one huddle: a laptop in the room, three phones, two terminals elsewhere, one of them offline.

One database, a server of pages, and programs that know nothing of each other: every number is said once, by its owner,
and nobody could read another's before it was said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from huddle_tui.activities import links
from huddle_tui.activities.checking_in import CheckingIn
from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.huddle import Asking, Stage, TurnState
from huddle_tui.domain.team import Kpi, Team
from huddle_tui.store.address import parse
from huddle_tui.store.postgres.database_texts import DatabaseTexts
from huddle_tui.store.postgres.opening import merge
from huddle_tui.store.postgres.outbox import Outbox
from huddle_tui.store.texts import TextBook
from huddle_tui.ui.app import HuddleApp
from huddle_tui.ui.places import RunHuddle
from huddle_tui.web.serving import Serving, Wish
from tests.kit.cable import Cable
from tests.kit.driven import on_screen, until
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.postgres import new_database, running
from tests.kit.served import Served

PHONES = ("joris", "meike", "wouter")
TERMINAL, OFFLINE = "josé", "fatima"


def number(team: Team, kpi: Kpi) -> Decimal:
    """What is said of that number: kept, and unlike anybody else's."""
    part = Decimal(f"0.{team.kpis.index(kpi):02}7")
    return kpi.promise - part if "open" in kpi.id else kpi.promise + 1 + part


@contextmanager
def opened(address: str, folder: Path, name: str) -> Iterator[tuple[Outbox, TextBook]]:
    """The book as a machine of its own has it open, with what its outbox holds."""
    outbox = Outbox(DatabaseTexts(parse(address)), folder / name, partial(merge, lambda: datetime.now(UTC), name))
    with closing(TextBook(outbox)) as book:
        yield outbox, book


def checks_in(book: TextBook, time: FakeTime, team: Team, person: str) -> CheckingIn:
    """That person enters every number in a terminal."""
    checking = CheckingIn(book, time, person, person)
    for kpi in team.kpis_of(person):
        checking.commit(kpi.id, str(number(team, kpi)).replace(".", ","), sure=True)
    checking.close()
    checking.save()
    return checking


@pytest.mark.slow
def test_one_huddle_from_everybodys_place(tmp_path: Path) -> None:
    time, team = FakeTime(), small_team(people=8)
    tokens = {person: links.new_token() for person in PHONES}
    team = links.all_linked(team, tokens)
    with running() as server, ExitStack() as machines:
        address = new_database(server.address, "leadership")
        cable = Cable(server.port)
        machines.callback(cable.close)
        elsewhere = address.replace(f":{server.port}/", f":{cable.port}/")
        _, room = machines.enter_context(opened(address, tmp_path, "room"))
        _, served = machines.enter_context(opened(address, tmp_path, "server"))
        _, terminal = machines.enter_context(opened(address, tmp_path, "terminal"))
        outbox, offline = machines.enter_context(opened(elsewhere, tmp_path, "offline"))
        room.change_team(lambda _: team)
        said: list[str] = []
        serving = Serving(served, time, Wish(port=0), lambda what: said.append(str(what)))
        machines.callback(serving.stop)
        phones = Served(room, serving, time, tokens, said)

        # before the huddle: everybody at their own place
        offline.team()
        offline.huddle(MONDAY)
        with cable.pulled():
            checks_in(offline, time, team, OFFLINE)
            assert outbox.unsent == 1
            checks_in(terminal, time, team, TERMINAL)
            for person in PHONES:
                typed = {f"number.{kpi.id}": str(number(team, kpi)).replace(".", ",") for kpi in team.kpis_of(person)}
                fields = phones.get(person).form.values | typed
                assert phones.send(person, fields).status in {200, 303}
            secrets = {
                person: [str(number(team, kpi)).replace(".", ",") for kpi in team.kpis_of(person)]
                for person in (*PHONES, TERMINAL)
            }
            for reader in PHONES:
                pages = [phones.get(reader, place).whole for place in ("", "numbers", "huddles", "scorecard")]
                for owner, hidden in secrets.items():
                    for value in hidden:
                        assert owner == reader or not any(value in page for page in pages)

            # the huddle in the room
            hosting = Hosting(room, time)
            assert hosting.claim()
            hosting.adopt(hosting.look())
            assert set(hosting.check_ins) == {*PHONES, TERMINAL}
            hosting.do(lambda r: r.start(time.monotonic(), time.now()))
            hosting.save()
            hold_the_round(hosting, team, time)
            hosting.release()

        # the one who was away comes back
        outbox.deliver()
        assert outbox.unsent == 0
        huddle = terminal.huddle(MONDAY)
        assert huddle is not None
        assert huddle.stage is Stage.ENDED
        assert [turn.state for turn in huddle.turns] == [TurnState.DONE] * 8
        everything = [(turn.person, r) for turn in huddle.turns for r in turn.readings]
        assert sorted(r.kpi for _, r in everything) == sorted(kpi.id for kpi in team.kpis)
        for person, reading in everything:
            kpi = team.kpi(reading.kpi)
            assert kpi is not None
            assert kpi.owner == person
            assert reading.actual == number(team, kpi)
            assert not reading.by_proxy
            assert reading.checked_in == (person in {*PHONES, TERMINAL})
            assert reading.corrections == ()
        assert [check_in.answered for check_in in room.check_ins(OFFLINE)] == [4], "what was typed offline is not lost"
        assert said == []


@pytest.mark.slow
async def test_what_a_phone_sends_is_on_the_shared_screen_of_another_machine(tmp_path: Path) -> None:
    """Told by the database, without which the screen asks for nothing: the check-in counts in the opening."""
    time, tokens = FakeTime(), {"sanne": links.new_token()}
    with running() as server, ExitStack() as machines:
        address = new_database(server.address, "leadership")
        _, room = machines.enter_context(opened(address, tmp_path, "room"))
        _, served = machines.enter_context(opened(address, tmp_path, "server"))
        team = room.change_team(lambda _: links.all_linked(small_team(), tokens))
        serving = Serving(served, time, Wish(port=0), lambda _: None)
        machines.callback(serving.stop)
        phone = Served(room, serving, time, tokens, [])
        typed = {f"number.{kpi.id}": str(number(team, kpi)).replace(".", ",") for kpi in team.kpis_of("sanne")}
        async with HuddleApp(room, time, RunHuddle()).run_test(size=(110, 34), notifications=True) as pilot:
            await until(pilot, lambda: "0 of 3 checked in" in "\n".join(on_screen(pilot.app)))
            fields = await asyncio.to_thread(phone.get, "sanne")
            await asyncio.to_thread(phone.send, "sanne", fields.form.values | typed)
            await until(pilot, lambda: "1 of 3 checked in" in "\n".join(on_screen(pilot.app)))


def hold_the_round(hosting: Hosting, team: Team, time: FakeTime) -> None:
    """Digits and Enter: what was checked in is uncovered, the rest is typed as it is said."""
    while (turn := hosting.round.speaking) is not None:
        kpi = hosting.round.kpi_at_hand()
        if kpi is None or turn.asking is Asking.STUCK or turn.covered(kpi.id):
            hosting.say("")
        else:
            hosting.do(lambda r, kpi=kpi: r.say(number(team, kpi), time.monotonic()))  # type: ignore[misc]
        hosting.save()
    hosting.do(lambda r: r.end(8, time.monotonic(), time.now()))
    hosting.save()
    hosting.settle()
