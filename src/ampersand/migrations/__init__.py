"""One history for the whole house."""
