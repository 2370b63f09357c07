"""Home, and an organiser's pages that look across rooms."""
