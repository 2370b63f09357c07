"""`ampersand record verify` and `ampersand record checkpoint`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ampersand.record.actions import make_checkpoint, sealer
from ampersand.record.queries import verify_record
from ampersand.sealing import SignedCheckpoint, Unreadable, certificates_in


class Command(BaseCommand):
    """Prove that the record was only added to, and give out checkpoints of it."""

    help = "Prove that the record was only added to, and give out checkpoints of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one of two sub-commands."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        verify = deeds.add_parser("verify", help="check every entry; name the first that does not fit")
        verify.add_argument(
            "--against",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint kept elsewhere",
        )
        verify.add_argument(
            "--certificate",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="an earlier certificate, whose signature on a checkpoint counts beside ours",
        )
        deeds.add_parser("checkpoint", help="print a signed checkpoint, for someone outside to keep")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; the exit status is 0 only when all is well."""
        if options["deed"] == "checkpoint":
            self.stdout.write(json.dumps(make_checkpoint().as_json(), indent=1))
        else:
            self._verify(options["against"], options["certificate"])

    def _verify(self, kept: list[Path], earlier: list[Path]) -> None:
        try:
            against = [SignedCheckpoint.read(path.read_bytes()) for path in kept]
            certificates = [sealer().certificate, *(one for path in earlier for one in certificates_in(path))]
        except (OSError, ValueError) as error:
            told = error if isinstance(error, Unreadable) else _("A file cannot be read: %s") % error
            raise CommandError(str(told), returncode=2) from error
        verdict = verify_record(certificates=certificates, against=against)
        if not verdict.sound:
            raise CommandError(verdict.sentence)
        self.stdout.write(verdict.sentence)
        self.stdout.write(_("Its root is %s.") % verdict.root.hex())
        for path, checkpoint in zip(kept, against, strict=True):
            words = _("It begins with the %(size)s entries of the checkpoint of %(at)s in %(file)s.")
            at = f"{checkpoint.at:%Y-%m-%d %H:%M} UTC"
            self.stdout.write(words % {"size": checkpoint.size, "at": at, "file": path.name})
