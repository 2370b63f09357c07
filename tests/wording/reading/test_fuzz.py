"""Anything at all, in any format, is read without a crash, and what comes out is a template. A target a reader."""

from __future__ import annotations

import os

import pytest

from tests.figures import Figure
from tests.wording.reading.fuzzing import TARGETS, broken, for_minutes, fuzz

MINUTES = float(os.environ.get("AMPERSAND_FUZZ_MINUTES", "10"))
EACH = 100


@pytest.mark.parametrize("format", TARGETS)
def test_anything_is_read_or_refused(format: str) -> None:
    fuzz(format, 25)
    broken(format, 10)


@pytest.mark.prove
@pytest.mark.parametrize("format", TARGETS)
def test_anything_is_read_or_refused_for_minutes(format: str, figure: Figure) -> None:
    rounds = for_minutes(
        MINUTES, lambda round: fuzz(format, EACH, round), lambda round: broken(format, EACH, round)
    )
    figure(f"fuzzed {format}: files without a crash", f"{2 * EACH * rounds:,}", goal=f"{MINUTES:g} minutes")
