"""What `ampersand` alone says: the commands, in plain words."""

import re
from collections.abc import Mapping
from pathlib import Path

COMMANDS = Path(__file__).parent / "commands"
INNER = {"prepare", "restored"}  # steps of others
FIRST = ("serve", "check", "backup", "restore", "verify", "coverage", "record", "person")
HELP = re.compile(r'^    help = "(.+)"$', re.MULTILINE)


def listing(plain: Mapping[str, str]) -> str:
    """List our own commands, without starting Django: a look at them must leave nothing behind."""
    said = {name: told.split("\n")[0] for name, told in plain.items()}
    for file in COMMANDS.glob("[a-z]*.py"):
        if file.stem in INNER:
            continue
        found = HELP.search(file.read_text(encoding="utf-8"))
        said.setdefault(file.stem, found[1] if found else "")
    order = sorted(said, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    width = max(map(len, order)) + 2
    lines = [f"  {name:<{width}}{said[name]}" for name in order]
    return "\n".join(
        [
            "Ampersand runs mentoring schemes. What can be done:",
            "",
            *lines,
            "",
            "ampersand COMMAND --help says more about each.",
        ]
    )
