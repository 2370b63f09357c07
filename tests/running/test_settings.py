"""A wrong setting stops the start with one sentence that says what to do."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ampersand.running.mail import mail_server, reply_mailbox
from ampersand.running.places import Misconfigured, database_options, number, secret, setting, site_address

MISTAKES = [
    ({"AMPERSAND_ADDRESS": "mentoring.example.org"}, "AMPERSAND_ADDRESS must look like https://"),
    ({"AMPERSAND_ADDRESS": "https://mentoring.example.org/app"}, "AMPERSAND_ADDRESS must look like https://"),
    (
        {"AMPERSAND_ADDRESS": "https://mentoring.example.org:port"},
        "AMPERSAND_ADDRESS must look like https://",
    ),
    ({"AMPERSAND_DEMO": "perhaps"}, "AMPERSAND_DEMO must be on or off, not “perhaps”."),
    ({"AMPERSAND_LISTEN": "8000"}, "AMPERSAND_LISTEN must look like 127.0.0.1:8000, not “8000”."),
    ({"AMPERSAND_LISTEN": "127.0.0.1:99999"}, "AMPERSAND_LISTEN must look like 127.0.0.1:8000"),
    ({"AMPERSAND_WEB_THREADS": "many"}, "AMPERSAND_WEB_THREADS must be a whole number from 1, not “many”."),
    ({"AMPERSAND_DATABASE_URL": "mysql://here/there"}, "AMPERSAND_DATABASE_URL must look like postgresql://"),
    ({"AMPERSAND_MAIL_URL": "mail.example.org"}, "AMPERSAND_MAIL_URL must look like smtp://"),
    (
        {"AMPERSAND_MEETINGS_MAILBOX": "imaps://mail.example.org"},
        "AMPERSAND_MEETINGS_MAILBOX must look like imaps://user:password@host/INBOX",
    ),
    ({"AMPERSAND_ZOOM_ACCOUNT": "a"}, "all of them are needed, or none"),
    ({"AMPERSAND_JITSI": "http://meet.example.org"}, "AMPERSAND_JITSI must look like meet.example.org"),
    ({"AMPERSAND_MAIL_URL_FILE": "/nowhere/at/all"}, "AMPERSAND_MAIL_URL_FILE points to /nowhere/at/all"),
    ({"AMPERSAND_DATA_DIR": "/proc/nowhere"}, "The data folder /proc/nowhere cannot be made"),
    (
        {"AMPERSAND_DEMO": "on", "AMPERSAND_MAIL_URL": "smtp://mail.example.org"},
        "a demo never writes to real people",
    ),
]

START = "import ampersand.running.serving as s; s.listening(); import ampersand.settings"


@pytest.mark.parametrize(("mistake", "sentence"), MISTAKES)
def test_a_mistake_in_a_setting_is_told_in_a_sentence(
    mistake: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AMPERSAND_")}
    started = subprocess.run(
        [
            sys.executable,
            "-c",
            "import ampersand.running.serving as s; s.listening(); import ampersand.settings",
        ],
        env={**ours, "AMPERSAND_DATA_DIR": str(tmp_path / "data"), **mistake},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert started.returncode == 1
    assert sentence in started.stderr
    assert "Traceback" not in started.stderr
    assert len(started.stderr.strip().splitlines()) == 1


def test_good_settings_are_taken() -> None:
    assert site_address("https://mentoring.example.org/") == "https://mentoring.example.org"
    assert site_address("http://[::1]:8000") == "http://[::1]:8000"
    assert mail_server("") is None
    assert reply_mailbox("") is None
    box = reply_mailbox("imaps://meetings%40example.org:p%2Fss@mail.example.org/Answers")
    assert box
    assert (box.user, box.password, box.port, box.folder) == ("meetings@example.org", "p/ss", 993, "Answers")
    given = database_options("postgresql://ann:p%40ss@db.example.org:5433/mentoring?sslmode=require")
    assert (given["USER"], given["PASSWORD"], given["PORT"]) == ("ann", "p@ss", "5433")
    assert given["OPTIONS"] == {"sslmode": "require"}
    assert number("AMPERSAND_NOT_SET", 3) == 3


COOKIES = """
from ampersand import settings as s
print(s.SESSION_COOKIE_SECURE, getattr(s, "SESSION_COOKIE_NAME", ""), s.SECURE_HSTS_SECONDS)
"""


@pytest.mark.parametrize(
    ("address", "told"),
    [("https://m.example.org", "True __Host-session 31536000"), ("http://127.0.0.1:8000", "False  0")],
)
def test_with_https_cookies_are_for_this_host_over_https_alone(
    address: str, told: str, tmp_path: Path
) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AMPERSAND_")}
    started = subprocess.run(
        [sys.executable, "-c", COOKIES],
        env={**ours, "AMPERSAND_DATA_DIR": str(tmp_path / "data"), "AMPERSAND_ADDRESS": address},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert started.stdout.rstrip("\n") == told, started.stderr


def test_a_secret_can_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("AMPERSAND_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert setting("AMPERSAND_SECRET_KEY") == "from a file"
    assert secret(tmp_path, "secret_key") == "from a file"
    assert not (tmp_path / "secrets").exists()


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    made = secret(tmp_path, "secret_key")
    assert len(made) >= 48
    assert secret(tmp_path, "secret_key") == made
    assert secret(tmp_path, "record_key") != made
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "secrets").iterdir()} == {0o600}


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "secret_key").mkdir()
    with pytest.raises(Misconfigured, match="cannot be read"):
        secret(tmp_path, "secret_key")
