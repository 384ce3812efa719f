"""Opens a file from outside in a child process of its own, with limits on time and memory and without a network."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import StepFailed, UnreadableFile
from pipeline.limited_child import LimitedChild, Refused
from pipeline.offline.recognise import FileFormat

MOST_BYTES = 25 * 1024 * 1024
MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 10.0
CHILD = "pipeline.offline.reader_child"

_MOST_ANSWER = 64 * 1024 * 1024  # bytes: a child that was taken over could send more than a form can hold
_LONGEST_MESSAGE = 500
_GAVE_UP = (
    "Filen kan ikke læses sikkert: den tager for lang tid eller for megen plads, eller den er beskadiget. "
    "Åbn den i det program, den er udfyldt i, gem den på ny, og prøv igen. Ellers skriv svarene ind."
)


@dataclass(frozen=True)
class Reading:
    """What a file turned out to be.

    Attributes:
        passport: as it stands in the file; None where the file is no form.
        values: what stands in each slot.
        why_not: for a file that is no form, why, in Danish.
    """

    format: FileFormat
    passport: str | None
    values: dict[str, str]
    why_not: str


class Answers(Protocol):
    """A child process that may be asked."""

    def ask(self, question: Any) -> bytes:
        """Ask, or raise Refused or StepFailed."""


def start_child() -> LimitedChild:
    """A child that opens files from outside, started when it is asked."""
    return LimitedChild(CHILD, memory_bytes=MEMORY_BYTES, seconds=SECONDS, what="Læsningen af filen")


def size_limit_in_words() -> str:
    """For whoever is about to send a file."""
    return f"Filen må fylde højst {MOST_BYTES // 1024**2} MB."


def bytes_of(path: Path) -> bytes:
    """The file, if it is not too large.

    Raises:
        UnreadableFile: it is too large, or not there.
    """
    try:
        if not path.is_file():
            raise UnreadableFile(f"“{path.name}” findes ikke eller er ikke en fil. Ret navnet.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise UnreadableFile(f"“{path.name}” kan ikke læses. Se, om du må læse filen.") from None
    refuse_too_large(data)
    return data


def refuse_too_large(data: bytes) -> None:
    """Refuse before anything looks into the file.

    Raises:
        UnreadableFile: it is too large.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"{size_limit_in_words()} Gem billederne i den mindre, eller del den i flere filer.")


def read_from_outside(data: bytes, start: Callable[[], AbstractContextManager[Answers]] = start_child) -> Reading:
    """Read a file in a child process that reads no other file.

    Args:
        data: the file.
        start: starts the child.

    Raises:
        UnreadableFile: it cannot be read, whatever the matter is.
    """
    refuse_too_large(data)
    try:
        with start() as child:
            answer = child.ask(data)
    except Refused as refusal:
        raise UnreadableFile(_presentable(str(refusal))) from None
    except StepFailed:
        raise UnreadableFile(_GAVE_UP) from None
    return _reading(answer)


def _presentable(message: str) -> str:
    """A message may name a part of the file, and that name is the file's own."""
    plain = "".join(character if character.isprintable() else "?" for character in message)
    return plain if len(plain) <= _LONGEST_MESSAGE else f"{plain[:_LONGEST_MESSAGE]}…"


def _reading(answer: bytes) -> Reading:
    """The child's answer, believed no further than its shape goes."""
    try:
        if len(answer) > _MOST_ANSWER:
            raise ValueError
        raw = json.loads(answer)
        passport = None if raw.get("passport") is None else _text(raw["passport"])
        values = {name: _text(value) for name, value in raw.get("values", {}).items()}
        return Reading(FileFormat(raw["format"]), passport, values, _presentable(_text(raw.get("why", ""))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableFile(_GAVE_UP) from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
