"""Reading along: a huddle with what was put right in it, and with what earlier ones had left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from huddle_tui import i18n
from huddle_tui.activities.correcting import Correcting
from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.huddle import Action
from huddle_tui.domain.open_ends import End
from tests.kit.fakes import MONDAY, FakeTime, small_team
from tests.kit.served import Served, served

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    """Monday: Sanne said 7 of 8 and is stuck on the printer, José calls. Tuesday: nothing new; the call was made."""
    i18n.use("en", "nl")
    with served(tmp_path) as running:
        time = running.time
        monday = Hosting(running.book, time)
        monday.do(lambda r: r.start(time.monotonic(), time.now()))
        monday.say("7")
        monday.say("Bellen", 5)
        monday.do(lambda r: r.agree(Action("bel", "José", "bellen", TUESDAY)))
        monday.do(lambda r: r.agree(Action("mail", "Fatima", "<b>mailen</b>")))
        monday.do(lambda r: r.stuck("printer", time.monotonic()))
        end(monday, time)
        time.seconds += 24 * 3600
        tuesday = Hosting(running.book, time)
        tuesday.do(lambda r: r.start(time.monotonic(), time.now()))
        tuesday.close_end(End(MONDAY, action="bel"))
        end(tuesday, time)
        yield running


def end(hosting: Hosting, time: FakeTime) -> None:
    """The others pass, and it is closed."""
    while hosting.round.speaking:
        hosting.do(lambda r: r.next(time.monotonic()))
    hosting.do(lambda r: r.end(8, time.monotonic(), time.now()))
    hosting.save()


def test_a_reading_stands_with_the_promise_of_its_day_and_why_it_was_missed(site: Served) -> None:
    for place in (f"huddles/{MONDAY}", "numbers"):
        page = site.get("sanne", place).text
        for told in ("promised at least 8", "the customer", "Bellen"):
            assert f'class="plan">{told}<' in page, place


def test_what_was_put_right_shows_what_it_was_who_and_when(site: Served) -> None:
    bram = Correcting(site.book, site.time)
    bram.name("Bram & <i>")
    bram.number(MONDAY, "sanne", "sanne-opgelost", "8", "verteld")
    bram.stuck(MONDAY, "sanne", "printer", "de printer")
    bram.action(MONDAY, "bel", "Fatima", "bellen", "")
    page = site.get("sanne", f"huddles/{MONDAY}").text
    assert "was 7, Bram &amp; &lt;i&gt; on 24 nov. 2026: verteld" in page
    assert "de printer · was printer, Bram &amp; &lt;i&gt; on 24 nov. 2026" in page
    assert "who was José, Bram &amp; &lt;i&gt; on 24 nov. 2026" in page
    assert "<i>" not in page
    assert "was 7, Bram &amp; &lt;i&gt; on 24 nov. 2026: verteld" in site.get("sanne", "numbers").text


def test_what_earlier_huddles_left_open_stands_below_with_its_age(site: Served) -> None:
    page = site.get("sanne", f"huddles/{TUESDAY}", Accept_Language="nl").text
    still, closed = "Nog open uit eerdere huddles", "Uit eerdere huddles, en op deze dag afgerond"
    assert page.index(still) < page.index("Sanne: printer · ronde 2") < page.index(closed)
    assert page.index("Fatima: &lt;b&gt;mailen") < page.index(closed) < page.index("✔ José: bellen")
    assert still not in site.get("sanne", f"huddles/{MONDAY}", Accept_Language="nl").text


def test_a_check_in_says_what_its_owner_was_stuck_on(site: Served) -> None:
    assert "Still open: printer." in site.get("sanne").text
    assert "Still open" not in site.get("fatima").text


def test_a_scorecard_without_a_number_says_what_to_do(site: Served) -> None:
    site.book.change_team(lambda team: replace(team, kpis=()) if team else small_team())
    page = site.get("sanne", "scorecard").text
    assert "<p>Nobody in the team reads out a number now: `huddle team` is where people get theirs.</p>" in page
    assert "<table" not in page


def test_the_scorecard_says_what_else_there_was_beside_kept(site: Served) -> None:
    assert 'class="lead">0 of 1 promise kept; 1 missed<' in site.get("sanne", "scorecard").text
