"""A demo as `make run` starts it: filled by what is really committed."""

import urllib.request

from tests.running.installation import Installation


def test_a_demo_is_filled_open_and_holds_a_record_that_fits(installation: Installation) -> None:
    installation.environment["AMPERSAND_DEMO"] = "1"
    installation.serve()
    installation.wait_until_open()
    with urllib.request.urlopen(f"http://127.0.0.1:{installation.port}/demo/", timeout=60) as page:
        assert b"Hannah" in page.read()
    with installation.connect() as database:
        sealed, entries = database.execute(
            "SELECT (SELECT count(*) FROM ampersand_copy), (SELECT count(*) FROM ampersand_entry)"
        ).fetchone() or (0, 0)
    assert sealed >= 6
    assert entries > 100
    verified = installation.ampersand("record", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "Traceback" not in installation.log.read_text()
