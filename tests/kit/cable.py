"""A cable to a server on this machine, which can be pulled out and put back."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Cable:
    """Passes on what goes to and fro between a port of its own and that of the server, while it is plugged in."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._plugged = True
        self._ends: list[socket.socket] = []
        self._guard = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @contextlib.contextmanager
    def pulled(self) -> Iterator[None]:
        """Pulled out: every line ends, and no new one comes about."""
        with self._guard:
            self._plugged = False
        self._hang_up()
        try:
            yield
        finally:
            with self._guard:
                self._plugged = True

    def close(self) -> None:
        """Takes it away."""
        self._listener.close()
        self._hang_up()

    def _hang_up(self) -> None:
        with self._guard:
            ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # it was taken away
            while True:
                near, _address = self._listener.accept()
                with self._guard:
                    plugged = self._plugged
                if not plugged:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                with self._guard:
                    self._ends += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
