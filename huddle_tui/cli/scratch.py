"""A folder for as long as the program lives, and not a moment longer."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CLEAR = "import shutil, sys; sys.stdin.read(); shutil.rmtree(sys.argv[1], ignore_errors=True)"


@contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """A temporary folder that is gone when the program is, however it ends, a `kill -9` too.

    Another process reads a line that nothing is ever written to: its end is the end of this one, and then it clears.
    """
    folder = tempfile.mkdtemp(prefix=prefix)
    try:
        with subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _CLEAR, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(folder).parent,
            start_new_session=True,
        ):
            yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
