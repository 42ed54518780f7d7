"""What this machine and account are called, for people."""

import getpass
import platform


def name() -> str:
    """Account and machine, such as `anna@laptop`; `?` for what the system does not say."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = "?"
    return f"{account}@{platform.node() or '?'}"
