"""Zoom's API for servers: a token by account credentials, then rooms made, changed and dropped over REST."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from ampersand.video.providers import Call, Gone, NotMade, NotNow, Room

PATIENCE = 15  # seconds for each answer
SCHEDULED = 2  # Zoom's number for a meeting at a fixed time
LONGEST_WAIT = 24 * 3600.0
LARGEST = 1_000_000


@dataclass(frozen=True)
class Zoom:
    """An account at Zoom with a server-to-server app. The addresses are others in tests."""

    account: str
    client: str
    secret: str
    sign_in_at: str = "https://zoom.us"
    api_at: str = "https://api.zoom.us/v2"

    def make(self, call: Call, *, host: str) -> Room:
        """Make a room in which two people can meet without anybody else there."""
        # Zoom puts a waiting room before a meeting that nothing else keeps; nobody would let the two in.
        told = _told(call) | {"default_password": True}
        answer = self._api("POST", f"/users/{quote(host, safe='')}/meetings", told)
        number, link = str(answer.get("id", "")), str(answer.get("join_url", ""))
        if not number or not link.startswith("https://"):
            raise NotMade("The answer named no room.")
        return Room(number, link)

    def change(self, number: str, call: Call) -> None:
        """Tell of another time."""
        self._api("PATCH", f"/meetings/{quote(number, safe='')}", _told(call))

    def drop(self, number: str) -> None:
        """Let the room go."""
        try:
            self._api("DELETE", f"/meetings/{quote(number, safe='')}")
        except Gone:
            return

    def _api(self, method: str, path: str, body: Mapping[str, object] | None = None) -> dict[str, Any]:
        for _fresh in range(2):
            head = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
            sent = json.dumps(body) if body is not None else None
            status, answer, wait = _ask(method, self.api_at + path, head, sent)
            if status != 401:
                break
        if status == 404 and not path.startswith("/users/"):
            raise Gone("There is no such room.")
        return _good(status, answer, wait)

    def _token(self) -> str:
        known = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        asked = urlencode({"grant_type": "account_credentials", "account_id": self.account})
        head = {"Authorization": f"Basic {known}", "Content-Type": "application/x-www-form-urlencoded"}
        status, answer, wait = _ask("POST", f"{self.sign_in_at}/oauth/token", head, asked)
        return str(_good(status, answer, wait).get("access_token", ""))


def _told(call: Call) -> dict[str, object]:
    return {
        "topic": call.title,
        "type": SCHEDULED,
        "start_time": f"{call.starts.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "timezone": "UTC",
        "duration": call.minutes,
        "settings": {
            "join_before_host": True,
            "jbh_time": 0,
            "waiting_room": False,
            "meeting_authentication": False,
            "auto_recording": "none",
        },
    }


def _good(status: int, answer: dict[str, Any], wait: float | None) -> dict[str, Any]:
    if status in {200, 201, 204}:
        return answer
    if status == 429 or status >= 500:
        raise NotNow(f"Zoom answered {status}.", wait)
    raise NotMade(f"Zoom answered {status}, code {answer.get('code', 'none')}.")


def _ask(
    method: str, address: str, head: Mapping[str, str], body: str | None
) -> tuple[int, dict[str, Any], float | None]:
    parts = urlsplit(address)
    kind = HTTPConnection if parts.scheme == "http" else HTTPSConnection
    connection = kind(parts.netloc, timeout=PATIENCE)
    try:
        connection.request(method, parts.path, body, dict(head))
        response = connection.getresponse()
        answer = response.read(LARGEST)
        wait = _wait(response.headers.get("Retry-After", ""))
    except (OSError, HTTPException) as wrong:
        raise NotNow(f"Zoom could not be reached: {type(wrong).__name__}.") from wrong
    finally:
        connection.close()
    try:
        told = json.loads(answer) if answer else {}
    except ValueError:
        told = {}
    return response.status, told if isinstance(told, dict) else {}, wait


def _wait(said: str) -> float | None:
    """Read for how long we are asked to wait: seconds, or the moment from which on."""
    try:
        if said.isdigit():
            seconds = float(said)
        else:
            seconds = (datetime.fromisoformat(said) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(seconds, 1.0), LONGEST_WAIT)
