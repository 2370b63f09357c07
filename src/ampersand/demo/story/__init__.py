"""The demo's story, played through the same actions that people's pages use."""

from ampersand.demo.story.telling import is_told, tell

__all__ = ["is_told", "tell"]
