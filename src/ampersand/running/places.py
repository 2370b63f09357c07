"""Where things lie and what the environment says: the data folder, its secrets, the database."""

import os
import secrets
from pathlib import Path
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


def whole_number(name: str, default: int) -> int:
    """Read a setting that counts something."""
    value = setting(name)
    if value and not value.isdecimal():
        raise Misconfigured(f"{name} must be a whole number, not “{value}”.")
    return int(value or default)


def data_folder() -> Path:
    """Give the folder in which everything is kept, made on first use and closed to others."""
    folder = Path(setting("AMPERSAND_DATA_DIR", "data")).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(folder: Path, name: str) -> str:
    """Give a secret from the environment, or one made on first run and kept with mode 600."""
    given = setting(f"AMPERSAND_{name.upper()}")
    if given:
        return given
    place = folder / "secrets" / name
    place.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return place.read_text()


def database_options(url: str) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's words."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise Misconfigured(
            "AMPERSAND_DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
