"""What all tests share: an environment that does not colour what is tested, the quick profile and the long form."""

from __future__ import annotations

import inspect
import os

import pytest
from hypothesis import HealthCheck, settings

for name in ("NO_COLOR", "TEXTUAL_THEME"):  # Textual reads them when it is imported
    os.environ.pop(name, None)
for name in ("HUDDLE_DATA", "HUDDLE_TODAY"):
    os.environ.pop(name, None)

pytest.register_assert_rewrite("tests.kit")  # what a helper asserts is explained as well

from textual import _wait  # noqa: E402 (after the environment was cleaned)
from textual.notifications import Notification  # noqa: E402 (as above)

from huddle_tui import i18n  # noqa: E402 (after the environment was cleaned)

# A key press in a pilot test waits in steps of this many seconds for the screen to come to rest.
_wait.SLEEP_GRANULARITY = 0.002

# A busy machine is no reason for a toast to be gone before a test looks, nor for a property to fail.
Notification.time_left = property(lambda _: 3600.0)  # type: ignore[assignment,method-assign]  # seconds
# Where a change is judged (CI) the same examples are tried each time; everybody's own runs go on looking for new ones.
settings.register_profile(
    "huddle", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("huddle"), max_examples=10)
settings.load_profile("huddle")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the fault tests in their long form")
    parser.addoption("--quick", action="store_true", help="run what a minute allows: rules, a story of each screen")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--quick"):
        settings.load_profile("quick")


@pytest.fixture(autouse=True)
def _speaks_english() -> None:
    """Every test starts in English, whatever the one before it spoke."""
    i18n.use("en")


@pytest.fixture(autouse=True)
def _leaves_the_clipboard_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test copies goes to no clipboard of the machine."""
    monkeypatch.setenv("SSH_CONNECTION", "a test")


@pytest.fixture(autouse=True)
def _keeps_no_drafts_of_this_account(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a test types into a form is kept in a folder of the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the long form was asked for."""
    return bool(request.config.getoption("--full"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--full"):
        for item in items:
            if item.get_closest_marker("full"):
                item.add_marker(pytest.mark.skip(reason="long: run with --full"))
    if config.getoption("--quick"):
        left_out = [item for item in items if not _is_quick(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _is_quick(item: pytest.Item) -> bool:
    """Whether the quick profile takes a test: of those that drive a whole program only the ones marked `quick`."""
    if item.get_closest_marker("quick"):
        return True
    drives = "faults" in item.path.parts or inspect.iscoroutinefunction(getattr(item, "function", None))
    drives = drives or "postgres" in item.nodeid  # a server of its own has to be started
    return not (drives or item.get_closest_marker("terminal") or item.get_closest_marker("slow"))
