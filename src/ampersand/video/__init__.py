"""Rooms for meetings by video, at those who run them. Plain Python, usable alone.

    link = room_at("https://meet.jit.si")                  # Jitsi: a name that nobody guesses is all it takes
    zoom = Zoom(account="…", client="…", secret="…")       # server-to-server: rooms are made, moved, dropped
    room = zoom.make(Call(starts, minutes=60, title="Meeting"), host="me")     # Room, or NotNow, or NotMade

Whoever runs rooms elsewhere writes a class with what `Provider` asks for.
"""

from ampersand.video.jitsi import room_at
from ampersand.video.providers import Call, Gone, NotMade, NotNow, Provider, Room
from ampersand.video.zoom import Zoom

__all__ = ["Call", "Gone", "NotMade", "NotNow", "Provider", "Room", "Zoom", "room_at"]
