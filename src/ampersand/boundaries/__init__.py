"""Duties that outlive a pair, whom someone must not meet, and the conflict check that answers yes or no."""
