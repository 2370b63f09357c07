"""Settings for the tests: the real ones, in a data folder of their own."""

import os
import tempfile

os.environ.setdefault("AMPERSAND_DATA_DIR", tempfile.mkdtemp(prefix="ampersand-test-"))
os.environ.setdefault("AMPERSAND_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/ampersand")

from ampersand.settings import *  # noqa: F403

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
