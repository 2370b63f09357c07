"""Starting, starting twice, and the commands beside a running site."""

import os
import socket
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

from ampersand.running.embedded import Embedded, host, place
from tests.running.installation import PATIENCE, Installation


def test_a_second_start_says_that_one_is_running_and_commands_work_beside_it(
    new_installation: Installation,
) -> None:
    new_installation.serve()
    new_installation.wait_until_open()
    second = new_installation.ampersand("serve")
    assert second.returncode == 1
    assert "Ampersand is already running on" in second.stderr
    assert str(new_installation.serving and new_installation.serving.pid) in second.stderr
    beside = new_installation.ampersand("check")
    assert beside.returncode == 1
    assert "There is no mail server" in beside.stdout
    assert "without https" in beside.stdout
    assert "There has never been a backup" in beside.stdout
    assert "Traceback" not in beside.stderr
    assert new_installation.answers()
    assert new_installation.stop() == 0
    assert new_installation.wait_until_gone() == []
    told = new_installation.log.read_text()
    assert f"Ampersand is open at http://127.0.0.1:{new_installation.port}" in told
    assert "Traceback" not in told
    assert stat.S_IMODE(new_installation.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(place(new_installation.data).stat().st_mode) == 0o700
    alone = new_installation.ampersand("check")  # starts the database for as long as it needs it
    assert "There is no mail server" in alone.stdout
    assert new_installation.wait_until_gone() == []


def test_a_taken_port_is_told(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        started = installation.ampersand("serve")
    assert started.returncode == 1
    assert f"Something else already listens on 127.0.0.1:{installation.port}" in started.stderr
    assert installation.wait_until_gone() == []


def test_a_demo_takes_another_port_when_its_own_is_taken(installation: Installation) -> None:
    del installation.environment["AMPERSAND_LISTEN"]
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 8000))
            other.listen()
        except OSError:
            pass  # something else has it already, which serves as well
        script = "import ampersand.running.serving as s; s._choose_address(); print(s.listening()[1])"
        chosen = subprocess.run(
            [sys.executable, "-c", script],
            env=installation.environment | {"AMPERSAND_DEMO": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert 8000 < int(chosen.stdout) < 8020


def test_an_unclean_end_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    """A lock file whose process number now belongs to someone else, as after a restarted container."""
    tmp_path.chmod(0o700)
    database = Embedded(tmp_path, durable=False)
    database.take()
    server = database.start()
    database.wait_until_ready(server)
    lock = database.folder / "postmaster.pid"
    content = lock.read_text()
    server.kill()
    server.wait()
    lock.write_text(content.replace(str(server.pid), str(os.getppid()), 1))
    again = database.start()
    try:
        database.wait_until_ready(again)
    finally:
        database.stop(again)
        database.give_back()
    assert again.returncode == 0


ASKED_WHILE_FORKING = """
import os, signal
from ampersand.running.children import spawn
from ampersand.running.supervising import Part, end_all, look_after, until_asked_to_stop
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
part = Part("sleeper", lambda: spawn(["sleep", "600"]))
with until_asked_to_stop():
    try:
        part.begin()
        print("began", flush=True)
        look_after([part])
    finally:
        end_all([part])
print("ended", part.process.returncode)
"""


def test_whoever_asks_to_stop_while_a_part_is_being_started_is_heard() -> None:
    """What a signal raises just after a fork, Python drops: `serve` once went on for ever."""
    script = [sys.executable, "-c", ASKED_WHILE_FORKING]
    done = subprocess.run(script, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout.split() == ["began", "ended", "-15"]


def test_a_data_folder_with_a_long_path_works(tmp_path: Path) -> None:
    data = tmp_path / ("a long name " * 12)
    data.mkdir(mode=0o700)
    assert len(host(place(data))) < 100
    database = Embedded(data, durable=False)
    database.take()
    server = database.start()
    try:
        database.wait_until_ready(server)
    finally:
        database.stop(server)
        database.give_back()


def test_ampersand_alone_says_what_can_be_done_and_leaves_nothing_behind(
    new_installation: Installation,
) -> None:
    said = new_installation.ampersand()
    assert said.returncode == 0
    for command in ("serve", "check", "backup", "restore", "verify", "coverage"):
        assert f"\n  {command} " in said.stdout
    assert not new_installation.data.exists()


def test_coverage_and_verify_touch_neither_django_nor_the_data_folder(new_installation: Installation) -> None:
    told = new_installation.ampersand("coverage", "contract")
    assert told.returncode == 0
    assert "does:" in told.stdout
    wrong = new_installation.data.with_name("wrong.agreement.md")
    wrong.write_text("no front matter")
    assert new_installation.ampersand("coverage", str(wrong)).returncode == 2
    assert new_installation.ampersand("verify", str(wrong)).returncode == 2
    assert not new_installation.data.exists()
    script = "import sys; sys.argv = ['ampersand', 'coverage', 'peer']\nfrom ampersand.__main__ import main\n"
    script += "try: main()\nexcept SystemExit: sys.exit('django' in sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", script], env=new_installation.environment, capture_output=True, check=False
    )
    assert asked.returncode == 0


def test_the_site_sees_through_its_own_proxy_only(installation: Installation) -> None:
    installation.serve()
    installation.wait_until_open()
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    asked = urllib.request.Request(f"http://127.0.0.1:{installation.port}/health/", headers=forged)
    with urllib.request.urlopen(asked) as answer:
        assert "Strict-Transport-Security" not in answer.headers
    assert installation.stop() == 0
