"""A real server on a free port with a book of its own, and a client that asks it anything."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from huddle_tui.activities import links
from huddle_tui.activities.hosting import Hosting
from huddle_tui.domain.sentence import Sentence
from huddle_tui.domain.team import Team
from huddle_tui.store.port import Book
from huddle_tui.store.tiny import TinyBook
from huddle_tui.web.serving import Serving, Wish
from tests.kit.fakes import FakeTime, small_team


class Page:
    """What was answered."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.casefold(): value for name, value in response.getheaders()}
        self.body = response.read()
        self.text = self.body.decode("utf-8", "replace")
        self.form = Fields(self.text)

    @property
    def whole(self) -> str:
        """Everything that went over the line."""
        return "\n".join([*(f"{name}: {value}" for name, value in self.headers.items()), self.text])


class Fields(HTMLParser):
    """The fields of the form in a page, as a browser would send them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.marked: list[str] = []
        """The fields that are marked as wrong."""
        self.focus = ""
        """The field that has the cursor."""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag in {"input", "textarea", "select"} and name:
            self.values[name] = found.get("value", "")
            self._inside = name if tag == "textarea" else ""
            if "aria-invalid" in found:
                self.marked.append(name)
            if "autofocus" in found:
                self.focus = name

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.values[self._inside] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._inside = ""


class Served:
    """A book that is served, with a link for each person."""

    def __init__(
        self, book: Book, serving: Serving, time: FakeTime, tokens: Mapping[str, str], said: list[str]
    ) -> None:
        self.book = book
        """The book, as another program has it open."""
        self.serving = serving
        self.time = time
        self.tokens = dict(tokens)
        """Per person the token of their link."""
        self.said = said
        """All that the server told whoever runs it."""
        self.port = int(serving.address.rstrip("/").rpartition(":")[2])

    def path(self, person: str, place: str = "") -> str:
        """The address of that person's page, on the server."""
        return f"/i/{self.tokens[person]}/{place}"

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Page:
        """One request as it is, of somebody who reads English."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {"Accept-Language": "en"} | dict(headers or {}))
            return Page(connection.getresponse())
        finally:
            connection.close()

    def get(self, person: str, place: str = "", **headers: str) -> Page:
        """A page of that person's."""
        return self.ask("GET", self.path(person, place), headers={k.replace("_", "-"): v for k, v in headers.items()})

    def send(self, person: str, fields: Mapping[str, str], **headers: str) -> Page:
        """A form of that person's, as a browser sends it; where it leads is not followed."""
        usual = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        origin = {"Origin": f"http://127.0.0.1:{self.port}"}
        sent = usual | origin | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", self.path(person), urlencode(fields).encode(), sent)

    def fill(self, person: str, page: Page | None = None, /, **typed: str) -> Page:
        """Types in the form of a page (the one that is there now) and sends it: `number__sanne_open="3"`."""
        fields = (page or self.get(person)).form.values
        for name, text in typed.items():
            key = name.replace("__", ".").replace("_", "-")
            assert name == "stuck" or key in fields, f"{key} is no field: {sorted(fields)}"
            fields["stuck." if name == "stuck" else key] = text
        return self.send(person, fields)

    def edit(self, change: Callable[[Team], Team]) -> None:
        """Another program edits the team."""
        self.book.change_team(lambda team: change(team or Team("")))

    def raw(self, request: bytes) -> bytes:
        """What comes back on a connection that sends just that, until it is closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall(request)
            answer = b""
            while piece := line.recv(65536):
                answer += piece
            return answer


@contextmanager
def served(
    folder: Path, team: Team | None = None, wish: Wish | None = None, durable: bool = False,
    tell: Callable[[Sentence | BaseException], None] | None = None,
) -> Iterator[Served]:  # fmt: skip
    """A server with a small team's book in `folder`, stopped afterwards."""
    book, time, said = TinyBook(folder / "book", durable=durable), FakeTime(), list[str]()
    team = team or small_team()
    tokens = {person.id: links.new_token() for person in team.members}
    team = links.all_linked(team, tokens)
    book.change_team(lambda _: team)

    def note(what: Sentence | BaseException) -> None:
        said.append(str(what) if isinstance(what, Sentence) else repr(what))

    own = TinyBook(folder / "book", durable=durable)
    serving = Serving(own, time, wish or Wish(port=0), tell or note)
    try:
        yield Served(book, serving, time, tokens, said)
    finally:
        serving.stop()


def begin(served: Served) -> Hosting:
    """Begins today's huddle in another program; the first person speaks."""
    hosting = Hosting(served.book, served.time)
    hosting.claim()
    hosting.do(lambda r: r.start(served.time.monotonic(), served.time.now()))
    hosting.save()
    return hosting
