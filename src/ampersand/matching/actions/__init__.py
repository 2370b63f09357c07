"""Asking, introducing, answering.

Locks are always taken in one order: the mentor's row, then requests, then the record (by noting down).
Whoever holds the mentor's row decides about their room; whoever holds the request decides about its
introduction. Nothing is locked after the first word in the record: everyone else waits behind it.
"""
