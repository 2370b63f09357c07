"""The letters of meetings."""
