"""Where meetings by video are held, as the environment says it."""

from dataclasses import dataclass

from ampersand.running.places import Misconfigured, setting

ZOOM = ("AMPERSAND_ZOOM_ACCOUNT", "AMPERSAND_ZOOM_CLIENT", "AMPERSAND_ZOOM_SECRET")


@dataclass(frozen=True, kw_only=True)
class ZoomAccount:
    """An account at Zoom with an app for servers, and the users in whose names rooms are made."""

    account: str
    client: str
    secret: str
    hosts: tuple[str, ...]


def zoom_account() -> ZoomAccount | None:
    """Read the account; all three of its settings, or none."""
    given = [setting(name) for name in ZOOM]
    if not any(given):
        return None
    if not all(given):
        raise Misconfigured(f"{', '.join(ZOOM)}: all of them are needed, or none.")
    hosts = tuple(setting("AMPERSAND_ZOOM_HOSTS", "me").split())
    return ZoomAccount(account=given[0], client=given[1], secret=given[2], hosts=hosts)


def jitsi_address(value: str) -> str:
    """Read where Jitsi is reached: meet.example.org, or https:// before it."""
    address = value if "://" in value else f"https://{value}"
    if not address.startswith("https://") or not address.removeprefix("https://").strip("/"):
        raise Misconfigured(f"AMPERSAND_JITSI must look like meet.example.org, not “{value}”.")
    return address.rstrip("/")
