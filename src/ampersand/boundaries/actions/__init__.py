"""Entering duties, declaring, giving leave to ask, asking: one verb, one action."""
