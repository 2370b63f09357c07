"""What happened: append-only, tamper-evident, without private text. Knows nobody: it takes ids and plain values."""
