"""Run the web server alone."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ampersand.running.logs import PART
from ampersand.running.serving import listening


class Command(BaseCommand):
    """Granian with a few processes and a few threads in each."""

    help = "Run the web server alone (serve runs it together with the rest)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped."""
        os.environ[PART] = "web"
        host, port = listening()
        Granian(
            "ampersand.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=settings.WEB_PROCESSES,
            blocking_threads=settings.WEB_THREADS,
            workers_kill_timeout=5,
            respawn_failed_workers=True,
            respawn_interval=0.2,
            websockets=False,
            log_level=LogLevels.error,  # its warnings are about numbers of threads
            log_dictconfig=settings.LOGGING,
        ).serve()
