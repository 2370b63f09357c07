"""Pages of an agreement: filling in, signing, by hand, the copy, and checking a copy."""
