"""The settings of a measured server: the real ones, and the addresses of the bench beside ours."""

from ampersand.settings import *  # noqa: F403

ROOT_URLCONF = "bench.addresses"
