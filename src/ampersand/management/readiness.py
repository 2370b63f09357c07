"""What is not ready for real people: each in a sentence that says what to do."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from ampersand.boundaries.queries.answering import registered_under_another_key
from ampersand.notifications.queries import held_letters, worth_sending_again
from ampersand.people.models import Person
from ampersand.running.backups import LAST

BACKUP_EVERY = timedelta(days=7)


def to_mend() -> Iterator[str]:
    """Say everything that must be mended before real people come."""
    yield from _address()
    yield from _letters()
    yield from _keeping()
    yield from _files()
    yield from _database()
    for found in run_checks():
        if found.level >= ERROR:
            yield f"{found.msg} {found.hint or ''}".strip()


def _address() -> Iterator[str]:
    if not settings.SECURE:
        yield (
            f"The address is {settings.ADDRESS}, without https: what people write could be read on its way. "
            "Set AMPERSAND_ADDRESS to an https address and put a proxy with a certificate in front."
        )
    elif not settings.BEHIND_PROXY:
        yield (
            "The address is https, so a proxy stands in front, but nothing says so: everyone seems to come "
            "from one place. Set AMPERSAND_BEHIND_PROXY=1."
        )
    if settings.DEMO:
        yield "This is a demo: anyone can sign in as anyone. Take AMPERSAND_DEMO away for real use."


def _letters() -> Iterator[str]:
    if not settings.MAIL_SERVER:
        yield "There is no mail server: letters are kept, not sent. Set AMPERSAND_MAIL_URL."
    if "@localhost" in settings.MAIL_FROM:
        yield f"Letters would come from {settings.MAIL_FROM}. Set AMPERSAND_MAIL_FROM to an address of yours."


def _keeping() -> Iterator[str]:
    try:
        last = datetime.fromisoformat((settings.DATA / LAST).read_text())
    except (OSError, ValueError):
        yield "There has never been a backup. Run ampersand backup FILE every night; keep the file elsewhere."
    else:
        if timezone.now() - last > BACKUP_EVERY:
            yield f"The last backup is of {last:%d %B %Y}. Run ampersand backup FILE every night."
    for place in (settings.DATA, *(settings.DATA / "secrets").glob("*"), *settings.SEALING.glob("*.pem")):
        if place.stat().st_mode & 0o077:
            yield f"Others can read {place}. Close it: chmod go= {place}"
    if os.geteuid() == 0:
        yield "Ampersand runs as root. Give it a user of its own: docs/running-it-yourself.md says how."


def _files() -> Iterator[str]:
    if not finders.find("built/ampersand.js"):
        yield "The JavaScript and the fonts have not been built. Run make web."


def _database() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "The database is not up to this version. Run ampersand prepare, or start ampersand serve."
        return
    inviting = parseaddr(settings.MEETINGS_FROM)[1]
    if Person.objects.by_email(inviting):
        yield (
            f"Somebody signs in as {inviting}, which also invites to meetings, so their calendar is sent "
            "nothing. Set AMPERSAND_MEETINGS_FROM to an address that nobody has an account under."
        )
    page = f"{settings.ADDRESS}{reverse('people:dead_letters')}"
    if count := held_letters().count():
        yield f"Letters kept for want of a mail server: {count}. An operator can send them later: {page}"
    if registered_under_another_key():
        yield (
            "The register of boundaries has entries under another key, so no conflict check says yes. "
            "Bring back the register_key of the backup, or set AMPERSAND_REGISTER_KEY."
        )
    if count := worth_sending_again().count():
        yield f"Letters that could not be delivered: {count}. An operator can try them again: {page}"
