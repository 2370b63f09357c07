"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent: int, how: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to signal this process when its parent ends, however it ends. Linux only."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(how))
    if os.getppid() != parent:  # it ended before we could ask
        os.kill(os.getpid(), how)


def spawn(
    command: Sequence[str | Path],
    *,
    at_parents_death: signal.Signals = signal.SIGTERM,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    owner: tuple[int, int] | None = None,
    output: IO[bytes] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group, so that Ctrl-C reaches only the one who is to stop it.

    To be called from the main thread: Linux takes the end of the starting thread for the parent's.
    """
    parent = os.getpid()
    return subprocess.Popen(  # noqa: S603 - our own commands, no shell
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        user=owner[0] if owner else None,
        group=owner[1] if owner else None,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output == subprocess.PIPE else output,
        start_new_session=True,
        # After the change of user, which would make the kernel forget it.
        preexec_fn=lambda: die_with_parent(parent, at_parents_death),
    )


def stop(process: subprocess.Popen[bytes], *how: tuple[signal.Signals, float]) -> None:
    """Stop a child by one signal after another, each with the seconds it is given, at last by SIGKILL."""
    for sign, patience in how:
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    if process.poll() is None:
        process.kill()
        process.wait()
