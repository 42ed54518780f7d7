"""The clipboard of the machine that one sits at. What can be read back from it has arrived; of anything else nobody
knows: a terminal takes what is sent to it (OSC 52) or not, and does not say.
"""

import os


def put(text: str) -> bool:
    """Puts `text` on this machine's clipboard; True where it stands there now.

    Over ssh this is another machine than the one that is looked at, so that its clipboard is left alone.
    """
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return False
    import pyperclip  # not before something is copied

    try:
        pyperclip.copy(text)
        return pyperclip.paste().split() == text.split()
    except (pyperclip.PyperclipException, OSError, UnicodeError):  # there is none, or it cannot be reached
        return False
