"""Whether the database and the static files are known to be up to this version: then a start is quick."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from ampersand.running.places import setting

PACKAGE = Path(__file__).resolve().parent.parent
OTHERS = ("Django", "django-allauth", "django-htmx", "procrastinate", "whitenoise")
STAMP = "prepared"


def is_prepared(data: Path) -> bool:
    """Say whether this very version was the last to prepare the embedded database of this folder."""
    try:
        return not setting("AMPERSAND_DATABASE_URL") and (data / STAMP).read_text() == _version()
    except OSError:
        return False


def note_prepared(data: Path) -> None:
    """Remember that it was."""
    (data / STAMP).write_text(_version())


def forget_prepared(data: Path) -> None:
    """Forget it: there is a new database."""
    (data / STAMP).unlink(missing_ok=True)


def _version() -> str:
    return hashlib.sha256("\n".join(_parts()).encode()).hexdigest()


def _parts() -> Iterator[str]:
    yield setting("AMPERSAND_DEMO")
    yield from (f"{name} {version(name)}" for name in OTHERS)
    for folder in ("migrations", "static"):
        for file in sorted((PACKAGE / folder).rglob("*")):
            if file.suffix != ".pyc" and file.is_file():
                seen = file.stat()
                yield f"{file.relative_to(PACKAGE)} {seen.st_size} {seen.st_mtime_ns}"
