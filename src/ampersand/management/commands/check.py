"""Say what is not ready for real people."""

from typing import Any

from django.core.management.base import BaseCommand

from ampersand.management.readiness import to_mend


class Command(BaseCommand):
    """Sentences, and exit status 1 if there is anything to mend."""

    help = "Say what is not ready for real people."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Say each thing, or that all is well."""
        sentences = list(to_mend())
        for sentence in sentences:
            self.stdout.write(f"- {sentence}")
        if sentences:
            raise SystemExit(1)
        self.stdout.write("Ready: there is nothing to mend.")
