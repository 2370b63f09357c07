"""Meetings: booked, moved, cancelled, held."""
