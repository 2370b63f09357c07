"""How a model's data is kept: every model declares it, a house-rule test reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What is personal in a model, who may read it, for how long, and what erasure does to it."""

    personal: tuple[str, ...]
    readers: str
    until: str
    on_erasure: str
    # What `on_erasure` says, for the machine. Rows that name a person by no key are found by an address.
    emptied: tuple[str, ...] = ()
    removed: bool = False
    by_address: str = ""
