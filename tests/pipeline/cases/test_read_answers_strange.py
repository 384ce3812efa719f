"""Characters, kinds and names that nobody writes by hand are refused, too, and no refusal repeats what was written."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from raw_answers import PLACES, Raw, first, objects_in, refusal

from pipeline.cases.read_answers import read_answers
from pipeline.errors import AnswersError

WRITTEN = "Hemmelig sætning"


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\ud800", "U+D800"),
        ("\udfff", "U+DFFF"),
        ("\ufffe", "U+FFFE"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_a_character_that_no_document_can_hold_is_refused_with_its_place(raw: Raw, character: str, name: str) -> None:
    first(raw, "conclusion")["text"] = f"Det\r\ngår{character}godt"
    message = refusal(raw)
    assert message.startswith(f"“Samlet konklusion” (conclusion), bidrag nr. 1: tegn nr. 8 ({name}")
    assert "Slet tegnet, og prøv igen." in message


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to everything in decoded JSON that is not an object or a list."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def with_leaf(raw: Raw, path: tuple[str | int, ...], value: object) -> Raw:
    changed = copy.deepcopy(raw)
    inner: Any = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def attempt(raw: Raw) -> str:
    """The refusal, or nothing where the answers were read; anything but a refusal ends the test."""
    try:
        read_answers(raw)
    except AnswersError as error:
        return str(error)
    return ""


def test_no_refusal_repeats_what_somebody_wrote(raw: Raw) -> None:
    texts = (WRITTEN, f"{WRITTEN}\x00", WRITTEN * 7000)
    messages = [attempt(with_leaf(raw, path, text)) for path in leaves(raw) for text in texts]
    assert len([message for message in messages if message]) > 200
    assert [message for message in messages if WRITTEN in message] == []


def test_a_value_of_any_other_kind_is_refused_and_never_breaks_the_door(raw: Raw) -> None:
    strange: tuple[object, ...] = (None, 7, -1.5, float("nan"), [], {}, [None], {"text": {}}, [[[]]])
    for path in leaves(raw):
        accepted = [value for value in strange if not attempt(with_leaf(raw, path, value))]
        assert accepted in ([], [7]), path
        assert accepted == [] or path == ("visit_number",)


@pytest.mark.parametrize("key", ["a\x1b[31m", "\ud800", "x" * 5000, "to\nlinjer"])
def test_a_strange_name_of_a_key_is_shown_short_and_plain(raw: Raw, key: str) -> None:
    for place in PLACES:
        changed = copy.deepcopy(raw)
        objects_in(changed)[place](changed)[key] = "x"
        message = refusal(changed)
        assert message.isprintable()
        assert len(message) < 300
    raw["answers"][key] = []
    assert refusal(raw).isprintable()


def test_no_message_shows_a_slot_of_the_definition(raw: Raw) -> None:
    first(raw, "condition_wellbeing").pop("choice")
    message = refusal(raw)
    assert "(loven, stk. 1, nr. 1)” (condition_wellbeing)" in message
    assert "{" not in message
