"""The templates that come with Ampersand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Builtin:
    """A template that comes with Ampersand: its name, a sentence on its purpose, and its text for `parse`."""

    name: str
    purpose: str
    text: str


_BUILTIN = {
    "peer": (
        "Peer mentoring",
        "Someone with experience helps another over a few half-hour meetings. Accepted by asking.",
    ),
    "contract": (
        "Mentoring contract",
        "Two colleagues meet for a year, fill in the details together and both sign.",
    ),
}


def builtin() -> Mapping[str, Builtin]:
    """The built-in templates by key: "peer" and "contract"."""
    folder = files("ampersand.wording").joinpath("builtin")
    return {
        key: Builtin(name, purpose, folder.joinpath(f"{key}.agreement.md").read_text(encoding="utf-8"))
        for key, (name, purpose) in _BUILTIN.items()
    }
