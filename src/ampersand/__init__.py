"""Ampersand runs mentoring schemes; the signed agreement is the configuration."""

__version__ = "0.1.0"
