"""The child process that opens files from outside: `python -m pipeline.offline.reader_child`.

It has no network, writes no file, and answers in JSON. Whatever goes wrong becomes a sentence that says nothing of what
the file holds.
"""

import json
import logging
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.errors import UnreadableFile
from pipeline.limited_child import serve
from pipeline.no_network import forbid_internet
from pipeline.offline.recognise import FileFormat, NotAForm, recognise

MOST_CHARACTERS = 4_000_000
"""The longest answer, in characters of JSON; a whole form filled to the brim is a tenth of it."""

DAMAGED = (
    "Filen er beskadiget eller lavet på en måde, vi ikke kan læse sikkert. "
    "Åbn den i det program, den er udfyldt i, gem den på ny, og prøv igen. Ellers skriv svarene ind."
)
_TOO_MUCH = "Filen rummer mere tekst, end der er plads til i formularen. Hent en ny formular, og udfyld den."

Read = Callable[[bytes], tuple[str, dict[str, str]]]


def reader_of(found: FileFormat) -> Read:
    """The function that reads a form; a child opens one file, so it loads only the library that this one needs."""
    match found:
        case FileFormat.PDF:
            from pipeline.offline.pdf_reading import read_pdf  # noqa: PLC0415  # see above

            return read_pdf
        case FileFormat.DOCX:
            from pipeline.offline.word_form import read_docx  # noqa: PLC0415  # see above

            return read_docx
        case _:
            from pipeline.offline.excel_form import read_xlsx  # noqa: PLC0415  # see above

            return read_xlsx


def answer(data: bytes, reader: Callable[[FileFormat], Read] = reader_of) -> bytes:
    """A file as JSON: its format, and for a form its passport and what stands in each slot.

    Args:
        data: the file.
        reader: which function reads which format.

    Raises:
        UnreadableFile: whatever the matter is.
    """
    try:
        found = recognise(data)
        form = {} if found.is_picture else _form(found, data, reader(found))
        return json.dumps({"format": found.value} | form).encode()
    except UnreadableFile:
        raise
    except Exception:  # the libraries raise what they like on a broken file, and say what stands in it
        raise UnreadableFile(DAMAGED) from None


def _form(found: FileFormat, data: bytes, read: Read) -> dict[str, object]:
    try:
        with _silent():
            passport, values = read(data)
    except NotAForm as other:
        return {"why": str(other)}  # somebody's own document: worth keeping
    except UnreadableFile as refusal:
        if found is not FileFormat.PDF:
            raise
        return {"why": str(refusal)}  # nothing in a PDF is run, so it may be kept whatever is the matter
    if len(passport) + sum(len(name) + len(value) for name, value in values.items()) > MOST_CHARACTERS:
        raise UnreadableFile(_TOO_MUCH)
    return {"passport": passport, "values": values}


@contextmanager
def _silent() -> Iterator[None]:
    """What a library has to say of a file could be the file's own words: it goes nowhere."""
    said_until_now = logging.root.manager.disable
    logging.disable()
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        logging.disable(said_until_now)
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def confine() -> None:
    """Give up the network and the disk, for good."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    forbid_internet()


if __name__ == "__main__":
    confine()
    serve(answer, UnreadableFile)
