"""Whatever a person can answer stands in the Word documents, letter for letter, in its place, and does nothing."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whole_case import KINDS, SAMPLES, TOOL, document_of, free_texts, merged, numbered
from word_reader import Paragraph, paragraphs, parts_of, properties

from pipeline.cases.text_at_the_door import accept_text
from pipeline.documents.merge.merger import Merger
from pipeline.errors import AnswersError, TemplateError

PARTS = ("word/document.xml", "word/header1.xml", "word/footer1.xml")
_MARK = re.compile(r"«(\d+)»")

AWKWARD = (
    "& < > &amp; &lt;b&gt; &#x41; ]]> <![CDATA[x]]> <!-- x --> <?x?>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>nyt afsnit</w:t></w:r></w:p>",
    "{{ 7*7 }} {% for x in y %} {%p if a %} {# skjult #} {{r x }} {_{ x }_} {_% x %_} {{{{ }}}} {%- x -%} { { } }",
    "\"citat\" 'enkelt' “dansk” ‘enkelt’ „lav” »gås«",
    "👩‍👩‍👧‍👦 🏳️‍🌈 𝔄𝔅 \U0001f9d1\U0001f3fd \U0001fffe \U0010ffff",
    "עברית العربية \u202eomvendt\u202c \u2066isoleret\u2069 \u200f\u200e",
    "e\u0301 å a\u030a \u0344 Z̸̢̛͔a̷l̵g̶o̵",
    "NBSP\u00a0smal\u202fnul\u200bdel\u00ad ﻿BOM\ufeff",
    "\tfaner\t\tto \nlinje\n\nto\n",
    "   foran, bag   og   midt   ",
    "_x000D_ _x0041_ \\n \\u0041 %s {0} ${x} =1+1 @x +x -x",
    "næste\u0085linje\u2028linje\u2029afsnit \x7f \x80 \x9f \ue000 \ufdd0",
    "lang " * 4_000,
)


def _accepted(text: str) -> bool:
    try:
        accept_text(text, "feltet")
    except AnswersError:
        return False
    return True


ANY_TEXT = (
    st.text(st.characters(codec="utf-8", exclude_characters="«»"), max_size=60)
    | st.lists(st.sampled_from([*"{}%#&<>\"'_ \n\t\r", "{{", "}}", "{%", "%}", "w:t", "]]>", "å"])).map("".join)
).filter(_accepted)


@cache
def _plain(merger: Merger, sample: int, kind: str) -> dict[str, list[Paragraph]]:
    """A document of a case whose n-th text is only «n»: where each text stands."""
    document = merged(merger, kind, numbered(sample, lambda n: f"«{n}»"))
    return {part: paragraphs(document, part) for part in PARTS}


def _stands_in_place(merger: Merger, document: bytes, sample: int, kind: str, text_of: Callable[[int], str]) -> None:
    for part in PARTS:
        expected = [
            Paragraph(p.place, _MARK.sub(lambda mark: text_of(int(mark.group(1))), p.text))
            for p in _plain(merger, sample, kind)[part]
        ]
        assert paragraphs(document, part) == expected


@pytest.mark.parametrize("sample", range(len(SAMPLES)), ids=lambda n: SAMPLES[n].stem)
def test_each_free_text_of_a_case_stands_in_one_of_its_two_documents(merger: Merger, sample: int) -> None:
    said = {
        n for kind in KINDS for part in PARTS for p in _plain(merger, sample, kind)[part] for n in _MARK.findall(p.text)
    }
    # Of the people only those are named who take part; all other texts are somebody's words.
    unsaid = [place for n, place in enumerate(free_texts(sample)) if str(n) not in said and place[0] != "people"]

    assert unsaid == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text[:12]))
def test_awkward_text_in_every_field_stands_in_its_place(merger: Merger, kind: str, text: str) -> None:
    def text_of(n: int) -> str:
        return f"{text}«{n}»{text}" if len(text) < 1_000 or n % 40 == 0 else f"«{n}»"

    document = merged(merger, kind, numbered(1, text_of))

    _stands_in_place(merger, document, 1, kind, text_of)
    assert set(parts_of(document)) >= set(PARTS)
    docx.Document(io.BytesIO(document))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chosen=st.lists(ANY_TEXT, min_size=1, max_size=8), sample=st.integers(0, len(SAMPLES) - 1))
def test_any_text_in_every_field_stands_in_its_place(merger: Merger, chosen: list[str], sample: int) -> None:
    accepted = [accept_text(text, "feltet") for text in chosen]

    def text_of(n: int) -> str:
        return f"{accepted[n % len(accepted)]}«{n}»{accepted[(n + 1) % len(accepted)]}"

    answers = numbered(sample, text_of)
    for kind in KINDS:
        document = merged(merger, kind, answers)
        _stands_in_place(merger, document, sample, kind, text_of)


def test_the_files_properties_hold_the_same_text(merger: Merger) -> None:
    text = "Børn & <Unge>\n“x” {{ 7*7 }} ]]>"
    facts = properties(merged(merger, "tilsynsrapport", numbered(0, lambda n: f"{text}«{n}»")))

    assert _MARK.sub("", facts["creator"]) == text
    assert _MARK.sub("", facts["keywords"]) == f"{text}, tilsynsrapport-1"


@pytest.mark.parametrize("damage", ["\x00", "\x1f", "\ufffe", "\ud800"], ids=ascii)
def test_a_character_that_slipped_past_the_door_stops_the_merge_and_loses_nothing_silently(
    merger: Merger, damage: str
) -> None:
    template, document = document_of("tilsynsrapport", numbered(0, lambda n: f"«{n}»"))
    spoiled = replace(document, paper=replace(document.paper, visit=f"besøg{damage}"))

    with pytest.raises(TemplateError, match=r"brødtekst \(word/document.xml\): en værdi har et tegn"):
        merger.merge(template, TOOL, spoiled)
