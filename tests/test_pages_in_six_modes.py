"""Every page, in every mode, without a finding. Pages are listed by their rooms in `tests/<room>/pages.py`.

An ordinary run looks at each view in four modes and at its further states in two. `make prove` looks at all
of them in six, and so does whoever asks for pictures.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.http import require_POST
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.figures import Figure
from tests.pages import ALL_MODES, MODES, PAGES, PICTURES, TWO_MODES, Mode, Shown, check_page, page

for listing in sorted(Path(__file__).parent.glob("*/pages.py")):
    importlib.import_module(f"tests.{listing.parent.name}.pages")

# Views that answer GET with something else than a page, each with what it answers.
NO_PAGE: dict[str, str] = {
    "people:picture_to_scan": "a picture",
    "mfa_download_recovery_codes": "a text file",
    "account_login": "the sign-in page under the name that allauth knows it by",
    "mfa_login_webauthn": "data for the passkey script",
    "health": "one word, for machines",
    "agreements:changes": "parts of the page agreements:agreement",
    "agreements:close_blank": "a part of the page agreements:agreement",
    "agreements:paper": "a PDF",
    "agreements:scan": "an uploaded file",
    "agreements:copy": "a PDF",
    "agreements:renewal_copy": "a PDF",
    "journeys:stop_one": "the way to journeys:stop",
    "meetings:feed": "a calendar",
}


@page("404")
def nowhere() -> Shown:
    return Shown("/there-is-no-such-page/", status=404)


def ask_for(function: Callable[..., Shown], request: pytest.FixtureRequest) -> Shown:
    """Call a page's function with the fixtures that its arguments name."""
    names = inspect.signature(function).parameters
    return function(**{name: request.getfixturevalue(name) for name in names})


VIEWS = [name for name in sorted(PAGES) if " " not in name or name.split(" ")[0] not in PAGES]
STATES = sorted(PAGES.keys() - set(VIEWS))


@pytest.fixture
def look(chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Callable[..., None]:
    def look(name: str, modes: Sequence[Mode]) -> None:
        shown = ask_for(PAGES[name], request)
        found = check_page(chromium, live_server.url, shown, name=name, modes=modes)
        assert not found, "\n".join(str(each) for each in found)

    return look


@pytest.mark.browser
@pytest.mark.parametrize("name", VIEWS)
def test_a_page_in_its_modes(name: str, look: Callable[..., None]) -> None:
    look(name, ALL_MODES if PICTURES else MODES)


@pytest.mark.browser
@pytest.mark.parametrize("name", STATES)
def test_another_state_of_a_page_in_two_modes(name: str, look: Callable[..., None]) -> None:
    look(name, ALL_MODES if PICTURES else TWO_MODES)


@pytest.mark.prove
@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_in_six_modes(name: str, look: Callable[..., None]) -> None:
    look(name, ALL_MODES)


def views(patterns: list[URLPattern | URLResolver], within: str = "") -> Iterator[tuple[str, object]]:
    """Give each named view with its name as `reverse` takes it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{within}{pattern.namespace}:" if pattern.namespace else within
            yield from views(pattern.url_patterns, namespace)
        else:
            yield f"{within}{pattern.name}", pattern.callback


def answers_get(view: object) -> bool:
    """Tell whether a view may be asked with GET: no require_POST in any of its wrappings."""
    while view is not None:
        kept = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in kept and "GET" not in kept["request_method_list"]:
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def unseen(found: Iterator[tuple[str, object]] | list[tuple[str, object]]) -> list[str]:
    """Name the views that answer GET and that no room has listed."""
    listed = {name.split(" ")[0] for name in PAGES} | set(NO_PAGE)
    return sorted(name for name, view in found if answers_get(view) and name not in listed)


def test_every_page_is_listed(figure: Figure) -> None:
    assert unseen(views(get_resolver().url_patterns)) == []
    figure("pages looked at in four modes, in six by make prove", len(VIEWS))
    figure("further states of them, looked at in two, in six by make prove", len(STATES))


def test_a_page_that_nobody_listed_is_caught() -> None:
    def forgotten() -> None: ...

    assert unseen([("rooms:forgotten", forgotten)]) == ["rooms:forgotten"]


def test_what_only_answers_post_needs_no_picture() -> None:
    assert unseen([("rooms:deed", require_POST(lambda request: None))]) == []
