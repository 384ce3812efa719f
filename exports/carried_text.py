"""A text that a Word or Excel file carries in its own properties, in pieces that every program keeps when it saves."""

import base64
import binascii
from collections.abc import Mapping

PIECE_CHARACTERS = 240
"""Word and Excel let nobody type more than 255 characters into a property; what is no longer is safe with them."""


class DamagedCarriedText(ValueError):
    """Pieces are missing, or their words were changed."""


def in_pieces(name: str, text: str) -> dict[str, str]:
    """Property names and values that together carry the text.

    The text is put as Base64 (RFC 4648, 4), which has no space to be trimmed at the edge of a piece and nothing that
    looks like an escape.

    Args:
        name: what the properties are called; each gets its number after it.
        text: any text.
    """
    letters = base64.b64encode(text.encode()).decode("ascii")
    starts = range(0, len(letters), PIECE_CHARACTERS)
    return {f"{name} {n}": letters[at : at + PIECE_CHARACTERS] for n, at in enumerate(starts, start=1)}


def put_together(name: str, properties: Mapping[str, str]) -> str:
    """The text again, or “” where the file carries none.

    Raises:
        DamagedCarriedText: pieces are missing or damaged.
    """
    pieces: list[str] = []
    while (piece := properties.get(f"{name} {len(pieces) + 1}")) is not None:
        pieces.append(piece)
    try:
        return base64.b64decode("".join(pieces), validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise DamagedCarriedText(name) from error
