"""`huddle links` and `huddle serve`: what they print, what they refuse, and that the server stops when it is told."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace

from huddle_tui import cli
from huddle_tui.activities import links
from huddle_tui.store.tiny import TinyBook
from tests.kit.fakes import small_team

LINK = re.compile(r"(http\S+/)i/([A-Za-z0-9_-]{22})/")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TinyBook:
    monkeypatch.setenv("HUDDLE_DATA", str(tmp_path / "book"))
    monkeypatch.setenv("HUDDLE_TODAY", "2026-11-23")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    made = TinyBook(tmp_path / "book")
    made.change_team(lambda _: small_team("en"))
    return made


def owner(book: TinyBook, token: str) -> str:
    """Whose link that token is, by the book."""
    found = links.owner(book.team(), token)
    return found.name if found else ""


def test_a_link_is_made_once_shown_renewed_and_revoked(book: TinyBook, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["links", "sanne", "--url", "https://huddle.example.org/team"]) == 0
    name, link = capsys.readouterr().out.strip().split("\t")
    found = LINK.fullmatch(link)
    assert found
    assert (name, found[1]) == ("Sanne", "https://huddle.example.org/team/")
    assert owner(book, found[2]) == "Sanne"

    assert cli.main(["links", "Sanne"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Sanne has a link already" in said.err
    assert owner(book, found[2]) == "Sanne"

    assert cli.main(["links", "Sanne", "--new"]) == 0
    again = LINK.search(capsys.readouterr().out)
    assert again
    assert (owner(book, found[2]), owner(book, again[2])) == ("", "Sanne")

    assert cli.main(["links", "Sanne", "--revoke"]) == 0
    assert owner(book, again[2]) == ""
    assert cli.main(["links", "Sanne", "--revoke"]) == 0
    assert "Sanne has no link." in capsys.readouterr().err


@pytest.mark.parametrize("command", [["links", "sanne"], ["links", "SANNE", "--revoke"], ["checkin", "--as", "Sanne"],
                                     ["checkin", "--as", "José", "--for", "Sanne"]])  # fmt: skip
def test_a_name_that_two_people_have_picks_neither(
    book: TinyBook, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """No screen lets that happen; a hand edit and a merge do."""
    team = book.team()
    twice = replace(team.people[0], id="another", link="")
    book.change_team(lambda _: replace(team, people=(*team.people, twice)))
    assert cli.main(command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Two people in the team are called Sanne: give one of them another name")
    assert not any(person.link for person in book.team().people)


def test_without_a_name_everybody_who_has_none_gets_one(book: TinyBook, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["links", "Sanne"])
    capsys.readouterr()
    assert cli.main(["links"]) == 0
    said = capsys.readouterr()
    assert [line.split("\t")[0] for line in said.out.splitlines()] == ["José", "Fatima"]
    assert "Sanne has a link already" in said.err
    assert [owner(book, found[1]) for found in LINK.findall(said.out)] == ["José", "Fatima"]


def test_links_begin_as_the_environment_says(
    book: TinyBook, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUDDLE_URL", "https://huddle.example.org")
    cli.main(["links", "Sanne"])
    assert "https://huddle.example.org/i/" in capsys.readouterr().out


def test_a_variable_that_says_nothing_usable_is_named(
    book: TinyBook, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUDDLE_URL", "huddle")
    assert cli.main(["links", "Sanne"]) == 1
    assert capsys.readouterr().err.startswith("HUDDLE_URL: huddle is not an address: ")
    monkeypatch.setenv("HUDDLE_TODAY", "soon")
    assert cli.main(["status"]) == 1
    assert capsys.readouterr().err.startswith("HUDDLE_TODAY: soon is not a moment: ")


@pytest.mark.parametrize(
    "url", ["huddle.example.org", "ftp://x/", "https://", "https://a@b/", "https://x/?y", "http://[::1", "http://a b/"]
)
def test_an_address_that_is_none_is_wrong_usage(book: TinyBook, capsys: pytest.CaptureFixture[str], url: str) -> None:
    assert cli.main(["links", "Sanne", "--url", url]) == 2
    assert "is not an address" in capsys.readouterr().err
    assert all(not person.link for person in book.team().members)


def picture(lines: Sequence[str]) -> tuple[bytes, int, int]:
    """Drawn lines as pixels: what is in front is the upper half, black or white by the colours that were named."""
    rows: list[list[int]] = []
    for line in lines:
        cells = re.findall(r"\x1b\[38;5;(16|231);48;5;(16|231)m▀", line)
        rows += [
            [0 if upper == "16" else 255 for upper, _ in cells],
            [0 if lower == "16" else 255 for _, lower in cells],
        ]
    scale = 4
    pixels = bytes(v for row in rows for _ in range(scale) for v in row for _ in range(scale))
    return pixels, len(rows[0]) * scale, len(rows) * scale


def test_the_drawn_code_is_read_by_a_reader_as_the_link(
    book: TinyBook, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huddle_tui.cli.serving.is_terminal", lambda _: True)
    assert cli.main(["links", "Sanne", "--qr", "--url", "http://192.168.1.20:8907/"]) == 0
    first, *drawn = capsys.readouterr().out.splitlines()
    pixels, width, height = picture(drawn)
    image = memoryview(pixels).cast("B", shape=[height, width])
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [first.split("\t")[1]]
    assert max(len(re.findall("▀", line)) for line in drawn) <= 41


def test_without_colour_it_is_drawn_with_characters(book: TinyBook, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["links", "Sanne", "--qr"]) == 0
    _first, *drawn = capsys.readouterr().out.splitlines()
    assert set("".join(drawn)) == set("█▀▄ ")


def test_a_certificate_needs_its_key(book: TinyBook, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "--cert", "x.pem"]) == 2
    assert "--cert and --key go together" in capsys.readouterr().err


def test_what_cannot_be_served_is_one_sentence(book: TinyBook, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 1
    told = f"Nobody can listen on http://127.0.0.1:{port}/ (another program listens there): name another --host or"
    assert told in capsys.readouterr().err
    assert cli.main(["serve", "--port", "0", "--host", "203.0.113.7"]) == 1
    assert "(this machine has no such address): name another" in capsys.readouterr().err
    assert cli.main(["serve", "--port", "0", "--cert", "not-there.pem", "--key", "not-there.key"]) == 1
    assert "cannot be used: there is no such file or folder" in capsys.readouterr().err
    assert cli.main(["serve", "--port", "70000"]) == 2


@pytest.mark.parametrize("command", [["serve"], ["links", "Sanne", "--qr"]], ids=["serve", "links"])
def test_without_the_extra_it_says_how_to_get_it(book: TinyBook, command: list[str]) -> None:
    missing = "import sys; sys.modules.update(aiohttp=None, segno=None); from huddle_tui import cli; "
    done = subprocess.run(
        [sys.executable, "-c", f"{missing}sys.exit(cli.main({command!r}))"],
        env=dict(os.environ), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.endswith("`pip install 'huddle-tui[serve]'` adds them.\n")
    assert all(not person.link for person in book.team().members)


@pytest.fixture
def started(book: TinyBook) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and where it listens."""
    program = subprocess.Popen(
        [sys.executable, "-m", "huddle_tui", "serve", "--port", "0"], env=dict(os.environ),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    try:
        yield program, program.stdout.readline().strip()
    finally:
        program.kill()
        program.communicate()


@pytest.mark.skipif(os.name != "posix", reason="NO SIGNALS HERE: that it stops when told is not tested")
@pytest.mark.parametrize("signals", [signal.SIGINT, signal.SIGTERM], ids=["ctrl+c", "service stopped"])
def test_it_serves_until_it_is_stopped(
    book: TinyBook, started: tuple[subprocess.Popen[str], str], signals: signal.Signals
) -> None:
    program, address = started
    token = links.new_token()
    book.change_team(lambda team: links.linked(team or small_team(), "sanne", token))
    with urllib.request.urlopen(links.address(address, token)) as page:
        assert "Check-in of Sanne" in page.read().decode()
    program.send_signal(signals)
    out, told = program.communicate(timeout=20)
    assert (program.returncode, out) == (0, "")
    assert f"Listening on {address}" in told
    assert token not in told
    assert "Sanne" not in told
