"""What happened: append-only, tamper-evident, no private text. Knows nobody: it takes ids and values."""
