"""What a backup says of an installation, for restoring to compare: the record's size and root, its keys."""

import hashlib

from django.conf import settings

from ampersand.record.models import Entry
from ampersand.sealing import merkle

KEYS = ("secret_key", "record_key", "register_key")


def keys_in_use() -> dict[str, str]:
    """Give for each key a mark by which it is known again, and from which it cannot be told."""
    values = {name: getattr(settings, name.upper()) for name in KEYS}
    as_bytes = {name: key if isinstance(key, bytes) else key.encode() for name, key in values.items()}
    return {
        name: hashlib.scrypt(key, salt=name.encode(), n=2**14, r=8, p=1).hex()[:16]
        for name, key in as_bytes.items()
    }


def recorded() -> tuple[int, str]:
    """Give the number of entries and the root of the tree over them."""
    size, peaks = 0, list[bytes]()
    for leaf in Entry.objects.order_by("number").values_list("leaf", flat=True).iterator(chunk_size=10_000):
        peaks = merkle.append(size, peaks, bytes(leaf))
        size += 1
    return size, merkle.root_of(peaks).hex()
