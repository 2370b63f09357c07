"""Pages for whoever asks, for organisers, and for everyone about themselves."""
