"""The log of what went wrong in the program itself: where, without the values; no name or number of the team."""

import errno
from pathlib import Path

from huddle_tui import __version__
from huddle_tui.domain.sentence import N_, Sentence, reason


def log_path() -> Path:
    """Where the log of this account lives on this platform."""
    from platformdirs import user_log_path

    return user_log_path("huddle-tui", appauthor=False) / "huddle.log"


def log_crash(error: BaseException) -> Sentence:
    """Writes where it happened into the log; gives back what to tell."""
    import platform
    from datetime import UTC, datetime
    from importlib.metadata import version

    from huddle_tui.files import make_folder, private

    path = log_path()
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}",
        f"huddle {__version__}, textual {version('textual')}, Python {platform.python_version()}, {system}",
    ]
    causes = _chain(error)
    for cause in causes:
        lines += _frames(cause)
    kind = type(causes[0]).__name__
    try:
        make_folder(path.parent)
        with open(path, "a", encoding="utf-8", opener=private) as log:
            log.write("\n".join(lines) + "\n\n")
    except OSError as why:
        text = N_(
            "The program stopped on an error ({error}) that cannot be logged ({why}); what was said is in the book."
        )
        return Sentence(text, {"error": kind, "why": reason(why)})
    text = N_("The program stopped on an error ({error}); what was said is in the book, and the details are in {path}.")
    return Sentence(text, {"error": kind, "path": path})


def _chain(error: BaseException) -> list[BaseException]:
    """The error that started it, and what became of it on its way up."""
    chain = [error]
    while (before := getattr(chain[0], "error", None) or chain[0].__cause__ or chain[0].__context__) is not None:
        if not isinstance(before, BaseException) or before in chain:
            break
        chain.insert(0, before)
    return chain


def _frames(error: BaseException) -> list[str]:
    """Its type and where it came along, without message and values; of the system's errors the name of their kind."""
    import traceback

    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno:
        kind += f" {errno.errorcode.get(error.errno, error.errno)}"
    places = traceback.extract_tb(error.__traceback__)
    return [kind, *(f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in places)]
