"""A mail server, and letters to write."""

from collections.abc import Iterator
from typing import Any

import pytest

from ampersand.notifications.actions import write_letter
from ampersand.notifications.models import Letter
from tests.mailbox import Mailbox, mail_server_running

TEMPLATES = {
    "meetings/letters/moved/subject.txt": "{{ scheme }}:\n your meeting\t moved",
    "meetings/letters/moved/subject-discreet.txt": "Your meeting moved",
    "meetings/letters/moved/body.txt": "Dear {{ called }}, see {{ address }}.",
    "meetings/letters/moved/body.html": "<p>Dear {{ called }}.</p>",
    "meetings/letters/named/subject.txt": "News from {{ scheme }}",
    "meetings/letters/named/body.txt": "x",
    "meetings/letters/named/body.html": "x",
}


@pytest.fixture
def words(settings: Any) -> None:
    """Letters of a made-up event, beside the real templates."""
    here = settings.TEMPLATES[0]
    loaders = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        ("django.template.loaders.filesystem.Loader", here["DIRS"]),
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**here["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**here, "APP_DIRS": False, "OPTIONS": options}]


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with mail_server_running() as (mailbox, server):
        settings.MAIL_SERVER = server
        yield mailbox


def write(event: str = "meetings/moved", to: str = "mei@example.org", **more: Any) -> Letter:
    return write_letter(event=event, to=to, context={"called": "<Mei> & co", "scheme": "Hope House"}, **more)
