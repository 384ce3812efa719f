"""A line number is worth having only where it is the right one, whatever stands in the texts around it."""

import tomllib

import pytest

from pipeline.toml_fault import line_of_fault
from pipeline.tool.toml_place import TomlPlaces

TEXT = '''# key = "a comment"
title = "a text with, other = 1 and { inner = 2 }"
long = """
[[section]]
title = "no key"
"""
"quoted" = 1

[[section]]
key = "a"   # [[section]] in a comment
list = [
    { one = "x, one = 2" }, { one = "y" },
    { two = 2 },
]
    [[section.field]]
    key = 'f # no comment'
[[section]]
    [[section.field]]
    [[section.field]]
    key = "g"
    list = [{ one = 1 }]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("other",), 1),
        (("inner",), 1),
        (("long",), 3),
        (("quoted",), 7),
        (("section",), 9),
        (("section", 0), 9),
        (("section", 0, "key"), 10),
        (("section", 0, "list"), 11),
        (("section", 0, "list", 0, "one"), 12),
        (("section", 0, "list", 1, "one"), 12),
        (("section", 0, "list", 2, "two"), 13),
        (("section", 0, "list", 1, "three"), 12),
        (("section", 0, "field"), 15),
        (("section", 0, "field", 0, "key"), 16),
        (("section", 1), 17),
        (("section", 1, "field", 0, "key"), 18),
        (("section", 1, "field", 1), 19),
        (("section", 1, "field", 1, "key"), 20),
        (("section", 1, "field", 1, "list", 0, "one"), 21),
        (("section", 7), 9),
    ],
)
def test_a_key_is_found_on_its_line_or_on_that_of_what_is_around_it(path: tuple[str | int, ...], line: int) -> None:
    assert tomllib.loads(TEXT)
    assert TomlPlaces(TEXT).line_of(path) == line


def test_a_text_that_breaks_off_is_at_fault_at_its_end() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as broken:
        tomllib.loads('a = """never closed')
    assert line_of_fault(broken.value) == "slutningen"
