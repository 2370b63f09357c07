"""The one settings file. Everything comes from the environment; a wrong value stops the start, loudly."""

from pathlib import Path

from ampersand.running.places import data_folder, database_options, secret, setting, switch

HERE = Path(__file__).resolve().parent

DATA = data_folder()
DEMO = switch("AMPERSAND_DEMO")
ADDRESS = setting("AMPERSAND_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
