"""A child process with limits, so that a hostile file harms nobody.

The child gets the bytes on its standard input and answers in JSON; nothing it says is run or unpickled.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any


class Overrun(Exception):
    """The child took too long or too much memory, or was ended by what it read."""


def ask_child(function: str, data: bytes, *arguments: str, wall_seconds: float) -> Any:
    """Have `package.module:function` answer in a child process; it calls `limit` before it reads anything.

    The child knows nothing of our surroundings but where Python's modules lie: no secret is in reach. What it
    compiles of those before it limits itself is kept for the next child, as Python does everywhere.
    """
    module, _colon, name = function.partition(":")
    # Nothing in so short a life is worth being collected.
    script = f"import gc; gc.disable()\nfrom {module} import {name}; {name}()"
    command: Sequence[str] = [sys.executable, "-c", script, *arguments]
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if key in os.environ}
    environment = {**kept, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        done = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=wall_seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Overrun from error
    if done.returncode != 0:
        raise Overrun
    return json.loads(done.stdout)


def run_apart(command: Sequence[str], *, folder: Path, seconds: int, memory: int, largest: int) -> None:
    """Run a program that is not ours on what a stranger gave, in a folder of its own, knowing no secret.

    It computes and addresses no more than that and writes no larger file. In the end all that it has started
    is ended, too.
    """
    limits = f"{seconds}, {memory}, {largest}"
    script = f"from {__name__} import _bounded; _bounded({limits})"
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
    paths = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    places = {"HOME": str(folder), "TMPDIR": str(folder)}
    started = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**kept, **paths, **places},
        cwd=folder,
        start_new_session=True,
    )
    try:
        started.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise Overrun from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def _bounded(seconds: int, memory: int, largest: int) -> None:
    """Take limits and become the program that the command line names."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606
