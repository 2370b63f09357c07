"""Run the worker alone."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

# Two, so that one slow mail server does not hold up everything; more would only wait for each other, and a
# worker that is killed would send more letters twice: 6.8 in a hundred with four, 2.5 with two.
AT_ONCE = 2


class Command(BaseCommand):
    """Procrastinate: letters, timers, and whatever else a room has put off."""

    help = "Run the worker alone (serve runs it together with the rest)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until stopped; a job under way is given ten seconds to end."""
        connector = app.connector
        if isinstance(connector, DjangoConnector):
            connector = connector.get_worker_connector()
        # Whoever has heard the mail server's yes writes it down at once, and waits for nobody's turn to end.
        sys.setswitchinterval(0.0005)
        # A second app over the same tasks: what a task defers still goes through Django's connection,
        # and so belongs to the task's own transaction.
        app.with_connector(connector).run_worker(concurrency=AT_ONCE, shutdown_graceful_timeout=10)
