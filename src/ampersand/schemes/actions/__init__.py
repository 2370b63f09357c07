"""What can be done with a scheme: made, changed, opened and closed; people invited to it, and joining it."""
