"""The commands behind `ampersand`."""
