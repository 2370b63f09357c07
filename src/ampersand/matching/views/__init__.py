"""Pages for asking, for requests, for introductions, and for an organiser's matching."""
