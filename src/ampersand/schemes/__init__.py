"""A mentoring scheme, its organisers, its members and the invitations to join it."""
