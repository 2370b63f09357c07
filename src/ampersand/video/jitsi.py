"""Jitsi makes a room the moment somebody opens its address, so the address is all there is to make."""

from secrets import token_hex

NAME = 20  # bytes, 160 bits, in letters and digits that every program takes for one word


def room_at(address: str) -> str:
    """Give the address of a room that nobody guesses."""
    return f"{address.rstrip('/')}/{token_hex(NAME)}"
