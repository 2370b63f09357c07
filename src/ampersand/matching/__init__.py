"""A mentee asks; an organiser introduces two people; each says yes, or someone else, please."""
