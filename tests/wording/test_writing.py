"""What is written reads the same again."""

from hypothesis import given, settings

from ampersand.wording import Template, parse, write
from tests.wording.making import templates


@settings(max_examples=60, deadline=None)
@given(templates())
def test_a_template_written_and_read_again_is_the_same(template: Template) -> None:
    text = write(template)
    again = parse(text)
    assert again == template
    assert write(again) == text
