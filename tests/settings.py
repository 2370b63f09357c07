"""Settings for the tests: the real ones, in a data folder of their own."""

import atexit
import os
import shutil
import tempfile

MADE = "AMPERSAND_DATA_DIR_OF_TESTS"  # inherited by every process of a parallel run; never a real one
if MADE not in os.environ:
    os.environ[MADE] = tempfile.mkdtemp(prefix="ampersand-test-")
    atexit.register(shutil.rmtree, os.environ[MADE], ignore_errors=True)
os.environ["AMPERSAND_DATA_DIR"] = os.environ[MADE]

from ampersand.settings import *  # noqa: E402, F403

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES["default"]["OPTIONS"].pop("pool")  # noqa: F405 - Django makes and drops databases between tests
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
