"""A made-up cast to try the house with: pairs at every stage of life, and every letter they got.

Only in demo mode, and never together with a real mail server.
"""
