"""Where things lie and what the environment says: the data folder, its secrets, the database."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class Misconfigured(SystemExit):
    """A setting that cannot work; its sentence is all the operator sees."""


def setting(name: str, default: str = "") -> str:
    """Read a setting from the environment, or from the file that NAME_FILE points to."""
    pointer = os.environ.get(f"{name}_FILE")
    if pointer:
        try:
            return Path(pointer).read_text().strip()
        except OSError as error:
            raise Misconfigured(f"{name}_FILE points to {pointer}, which cannot be read: {error}.") from error
    return os.environ.get(name, default).strip()


def switch(name: str, *, default: bool = False) -> bool:
    """Read a setting that is on or off."""
    words = {"": default, "1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    value = setting(name).lower()
    if value not in words:
        raise Misconfigured(f"{name} must be on or off, not “{value}”.")
    return words[value]


def number(name: str, default: int) -> int:
    """Read a setting that counts something, at least one."""
    value = setting(name, str(default))
    if not value.isdigit() or int(value) < 1:
        raise Misconfigured(f"{name} must be a whole number from 1, not “{value}”.")
    return int(value)


def site_address(value: str) -> str:
    """Read the address at which people reach the site, without a path."""
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        fits = None
    if not fits or parts.path.strip("/") or parts.query or parts.username:
        raise Misconfigured(f"AMPERSAND_ADDRESS must look like https://mentoring.example.org, not “{value}”.")
    return f"{parts.scheme}://{parts.netloc}"


def chosen_data_folder() -> Path:
    """Say where everything is kept; a demo keeps to itself. The folder may not be there yet."""
    usual = "data/demo" if switch("AMPERSAND_DEMO") else "data"
    return Path(setting("AMPERSAND_DATA_DIR", usual)).resolve()


def data_folder() -> Path:
    """Give the folder in which everything is kept, made on first use and closed to others."""
    folder = chosen_data_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"The data folder {folder} cannot be made: {error.strerror}. "
            "Make it, or set AMPERSAND_DATA_DIR to a folder that this user may write to."
        ) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Misconfigured(f"This user may not write to the data folder {folder}.")
    return folder


def secret(folder: Path, name: str) -> str:
    """Give a secret from the environment, or one made on first run and kept with mode 600."""
    given = setting(f"AMPERSAND_{name.upper()}")
    if given:
        return given
    place = folder / "secrets" / name
    place.parent.mkdir(mode=0o700, exist_ok=True)
    if not place.exists():
        _put_whole(place, secrets.token_urlsafe(48))
    try:
        return place.read_text()
    except OSError as error:
        raise Misconfigured(f"The secret in {place} cannot be read: {error.strerror}.") from error


def _put_whole(place: Path, content: str) -> None:
    """Write a file of mode 600 at once, so that of two processes starting together both read the same."""
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, place)
    draft.unlink()


def database_options(url: str) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's words."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise Misconfigured(
            "AMPERSAND_DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "ampersand.database",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
