"""What a child may use once it reads what a stranger gave. It loads nothing else: its life is short."""

import resource
import sys


def limit(*, cpu_seconds: int, memory: int) -> None:
    """Let this process compute and address no more than that, write no file and open few."""
    sys.dont_write_bytecode = True  # what was loaded before this may be kept for the next child
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
