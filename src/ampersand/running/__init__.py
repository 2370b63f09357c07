"""How the parts start: the data folder, its secrets, the embedded PostgreSQL, the processes. No Django."""
