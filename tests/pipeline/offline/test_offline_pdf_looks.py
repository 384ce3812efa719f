"""What a filled box shows: all of a text that fits, and of any other as much as fits and where the rest is."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.finish.form_look import SIZES, Look, drawing, shortened, whole
from pipeline.documents.fonts.windows_1252 import widths

WIDE, LINE, LONG = 470.0, 22.7, 102.0
REFERENCE = "… fortsættes på side 137, nr. 112"
TEXTS = st.text(
    st.one_of(st.characters(codec="cp1252", exclude_categories=["Cc"]), st.sampled_from("\n\t i😀ש")), max_size=600
)
HEIGHTS = st.sampled_from([LINE, 56.7, LONG])


def _width(line: str, size: float) -> float:
    return sum(widths()[code - 32] for code in line.encode("cp1252")) * size / 1000


@given(TEXTS, HEIGHTS)
def test_no_line_leaves_its_box_and_no_box_has_too_many(text: str, height: float) -> None:
    look = whole(text, WIDE, height) or shortened(text, WIDE, height, REFERENCE)
    assert all(_width(line, look.size) <= WIDE for line in look.lines)
    assert len(look.lines) * look.size * 1.2 <= height
    assert look.size in SIZES


@given(TEXTS, HEIGHTS)
def test_a_whole_look_has_every_visible_character(text: str, height: float) -> None:
    look = whole(text, WIDE, height)
    if look is not None:
        visible = unicodedata.normalize("NFC", text).replace("\u00ad", "")
        assert "".join("".join(look.lines).split()) == "".join(visible.split())


@given(TEXTS, HEIGHTS)
def test_a_shortened_look_ends_with_the_reference(text: str, height: float) -> None:
    assert " ".join(shortened(text, WIDE, height, REFERENCE).lines).endswith(REFERENCE)


@pytest.mark.parametrize("text", ["x" * 100_000, "ord " * 25_000, "linje\n" * 20_000, "i" * 20_000])
def test_a_text_that_is_far_too_long_fills_its_box(text: str) -> None:
    assert whole(text + "x", WIDE, LONG) is None
    assert len(shortened(text + "x", WIDE, LONG, REFERENCE).lines) == 10


def test_small_type_is_used_only_where_it_is_needed() -> None:
    assert whole("kort", WIDE, LINE) == Look(("kort",), 10.0)
    assert whole("", WIDE, LINE) == Look(("",), 10.0)
    sizes = [look.size for words in range(1, 40) if (look := whole("ordet " * words, WIDE, LINE))]
    assert sizes == sorted(sizes, reverse=True)
    assert set(sizes) == set(SIZES)


def test_characters_that_the_font_has_not_lead_to_the_whole_text() -> None:
    assert whole("Ayşe", WIDE, LINE) is None
    assert shortened("Ayşe", WIDE, LINE, "… nr. 1").lines == ("Ay?e … nr. 1",)
    assert whole("e\u0301n blø\u00add tekst", WIDE, LINE) == Look(("én blød tekst",), 10.0)


def test_words_are_drawn_as_bytes_that_no_text_can_break_out_of() -> None:
    stream = drawing(Look((") Tj ET Q (", "<</æ>>")), WIDE, LONG)
    assert re.findall(rb"<([0-9a-f]+)> Tj", stream) == [
        b") Tj ET Q (".hex().encode(),
        "<</æ>>".encode("cp1252").hex().encode(),
    ]
