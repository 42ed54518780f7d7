"""What the terminal sends that is no UTF-8 must not end the program.

Textual's drivers decode strictly and stop at the first invalid byte, which a wrong paste or a serial line can send.
Until they offer the choice, their decoder is replaced by one that turns such bytes into the replacement character.
"""

from __future__ import annotations

import codecs
import functools
import sys
from collections.abc import Callable


def tolerate_any_bytes() -> None:
    """Makes the drivers of this process decode with `errors="replace"`."""
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver, linux_inline_driver

    def tolerant(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
        return functools.partial(codecs.getincrementaldecoder(encoding), errors="replace")

    for driver in (linux_driver, linux_inline_driver):
        driver.getincrementaldecoder = tolerant  # type: ignore[attr-defined]  # the module's own import
