"""The handbook sends nobody looking for a button that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LABEL = re.compile(r"\*\*([^*]+)\*\*")


def labels(text: str) -> set[str]:
    """Give what the handbook calls buttons and headings; words that end in a colon are its own."""
    found = {label for label in LABEL.findall(text) if not label.endswith(":")}
    return {re.sub(r" (…|\d+)$", "", label) for label in found}


def nowhere(wanted: set[str]) -> set[str]:
    kinds = {".py", ".html"}
    files = [path for path in (ROOT / "src" / "ampersand").rglob("*") if path.suffix in kinds]
    everything = "\n".join(path.read_text() for path in files)
    return {label for label in wanted if label not in everything}


def test_every_button_that_the_handbook_names_exists() -> None:
    wanted = {
        label for page in (ROOT / "docs" / "handbook").glob("*.md") for label in labels(page.read_text())
    }
    assert len(wanted) > 20
    assert nowhere(wanted) == set()


def test_a_button_that_is_not_there_is_caught() -> None:
    assert nowhere(labels("Press **Sign** or **Give up entirely**.")) == {"Give up entirely"}
