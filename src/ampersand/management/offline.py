"""Commands that start without Django: they need no settings, or no settings yet."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ampersand.running import backups
from ampersand.running.places import chosen_data_folder
from ampersand.sealing import verify_file
from ampersand.sealing.authority import CERTIFICATE_FILE
from ampersand.wording import WordingErrors, builtin, coverage_table, parse


def coverage(arguments: Sequence[str]) -> int:
    """Say for each clause of a template what the software does about it."""
    parser = argparse.ArgumentParser(prog="ampersand coverage", description=coverage.__doc__)
    known = " or ".join(builtin())
    parser.add_argument("template", help=f"a template's file, or {known} for a built-in one")
    wanted = parser.parse_args(arguments).template
    try:
        ours = builtin().get(wanted)
        text = ours.text if ours else Path(wanted).read_text(encoding="utf-8")
        sys.stdout.write(coverage_table(parse(text)).rstrip("\n") + "\n")
    except (OSError, UnicodeDecodeError) as error:
        return _complain(f"{wanted} cannot be read: {error}")
    except WordingErrors as errors:
        return _complain(str(errors))
    return 0


def verify(arguments: Sequence[str]) -> int:
    """Check the seal of an agreement's PDF. The exit status is 0 only if the seal is whole and ours."""
    parser = argparse.ArgumentParser(prog="ampersand verify", description=verify.__doc__)
    parser.add_argument("file", type=Path, help="the PDF")
    parser.add_argument(
        "--certificate",
        type=Path,
        action="append",
        help="the certificate to check against; without it, the one of this installation's data folder",
    )
    given = parser.parse_args(arguments)
    certificates = given.certificate or _own_certificates()
    if not certificates:
        return _complain(
            "There is no certificate of this installation here. Name the one to check against: "
            "ampersand verify FILE.pdf --certificate CERTIFICATE"
        )
    status, sentence = verify_file(given.file, certificates)
    sys.stdout.write(f"{sentence}\n")
    return status


def restore(arguments: Sequence[str]) -> int:
    """Bring a backup back into an empty place, and compare the record with it."""
    parser = argparse.ArgumentParser(prog="ampersand restore", description=restore.__doc__)
    parser.add_argument("file", type=Path, help="what ampersand backup wrote")
    return backups.restore(parser.parse_args(arguments).file)


def _own_certificates() -> list[Path]:
    return sorted((chosen_data_folder() / "sealing").glob(CERTIFICATE_FILE))


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2
