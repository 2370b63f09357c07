"""Letters: written in the transaction they belong to, sent by the worker, none lost. Knows nobody."""
