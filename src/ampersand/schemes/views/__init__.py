"""The pages of a scheme's people: invitations, joining, and one-thing-per-page journeys."""
