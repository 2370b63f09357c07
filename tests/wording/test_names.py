"""Names: the package's own, opened when first asked for, and the ids given where the author gave none."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from ampersand import wording
from ampersand.wording.ids import free


def test_every_public_name_is_there_and_no_other() -> None:
    for name in wording.__all__:
        assert getattr(wording, name).__class__.__name__ != "module" or name == "render"
    assert not hasattr(wording, "nothing_of_this_name")


def test_asking_for_a_file_to_be_read_opens_no_reader() -> None:
    look = (
        "import sys, ampersand.wording.reading.command\n"
        "assert not {'ampersand.wording.grammar', 'ampersand.wording.reading.understand'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@given(st.sets(st.sampled_from(["part", *(f"part-{number}" for number in range(2, 30))])))
def test_an_id_that_is_given_is_free_and_the_first_where_none_was_left_out(taken: set[str]) -> None:
    found = free("part", taken)
    assert found not in taken
    if {f"part-{number}" for number in range(2, len(taken) + 1)} | {"part"} == taken:
        assert found == f"part-{len(taken) + 1}"


def test_a_thousand_like_clauses_get_ids_in_order() -> None:
    taken: set[str] = set()
    for _ in range(1000):
        taken.add(free("part", taken))
    assert taken == {"part", *(f"part-{number}" for number in range(2, 1001))}
