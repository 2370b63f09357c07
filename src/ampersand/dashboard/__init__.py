"""What an organiser sees across a scheme: who waits, who has room, what needs them today."""
