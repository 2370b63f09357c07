"""Accounts, signing in, and how a person wishes to be reached."""
