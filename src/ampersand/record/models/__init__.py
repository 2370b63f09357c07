"""The record's rows: entries, the head they are appended under, and signed checkpoints."""

from ampersand.record.models.rows import Checkpoint, Entry, Head
from ampersand.record.models.verbs import Verb

__all__ = ["Checkpoint", "Entry", "Head", "Verb"]
