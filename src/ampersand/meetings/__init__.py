"""Meetings: when two people can, what they booked, and whether it happened.

Each says when they can, or suggests three times; a booking takes both people's time, in every scheme at
once. How long a meeting is, who sets it up and what becomes of a missed one is what their agreement says.
Nothing here says why anybody moved, cancelled or missed one.
"""
