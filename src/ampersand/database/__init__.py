"""PostgreSQL as Django speaks to it, where a commit carries what belongs at the very end."""
