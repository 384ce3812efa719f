"""A text carried in properties comes back whole, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.carried_text import PIECE_CHARACTERS, DamagedCarriedText, in_pieces, put_together


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    pieces = in_pieces("Hjemmetilsyn", text)
    assert put_together("Hjemmetilsyn", pieces) == text
    assert all(len(piece) <= PIECE_CHARACTERS and piece == piece.strip() for piece in pieces.values())


def test_other_properties_do_not_matter() -> None:
    pieces = in_pieces("A", "x" * 999) | in_pieces("A B", "y" * 999) | {"Firma": "z"}
    assert put_together("A", dict(reversed(pieces.items()))) == "x" * 999


def test_what_lost_a_piece_or_was_changed_is_refused_or_differs() -> None:
    pieces = in_pieces("A", "x" * 999)
    with pytest.raises(DamagedCarriedText):
        put_together("A", pieces | {"A 2": "ikke base64"})
    del pieces["A 1"]
    assert put_together("A", pieces) == ""
