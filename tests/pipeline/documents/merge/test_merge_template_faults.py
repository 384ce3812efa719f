"""What people get wrong when they write a template is refused in Danish, with the part and the words beside it."""

import re
from pathlib import Path

import pytest
from template_builder import CORE, MERGED_PLACES, edited, paragraph, real, small, written_to, zipped
from whole_case import KINDS, TOOL, document_of, numbered
from word_reader import texts

from pipeline.documents.merge.compiled import compile_template
from pipeline.documents.merge.merger import Merger
from pipeline.documents.merge.worker import context_of
from pipeline.documents.shapes import roots_of
from pipeline.documents.word_template import newest_template
from pipeline.errors import TemplateError

ROOTS = {kind: roots_of(kind, TOOL) for kind in KINDS}


def _refusal(template: bytes, kind: str = "tilsynsredskab") -> str:
    with pytest.raises(TemplateError) as refusal:
        compile_template(template, ROOTS[kind])
    return str(refusal.value)


def _rendered(body: str) -> list[str]:
    context = context_of(document_of("tilsynsredskab", numbered(0, lambda n: f"«{n}»"))[1])
    return texts(compile_template(small(body), ROOTS["tilsynsredskab"]).render(context))


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_templates_are_accepted(merger: Merger, kind: str) -> None:
    merger.check(newest_template(TOOL, kind), TOOL)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{ paper.titel }}", "feltet “titel” findes ikke; er det stavet rigtigt?"),
        ("{{ papir.title }}", "feltet “papir” findes ikke"),
        ("{{ paper.title.x }}", "feltet “x” findes ikke"),
        ("{{ field.recommendation.label }}", "feltet “field” findes ikke"),
        ("{{ sections }}", "feltet er en liste eller en gruppe og kan ikke skrives ud"),
        ("{{ paper }}", "feltet er en liste eller en gruppe og kan ikke skrives ud"),
        ("{{ sections.title }}", "feltet “title” findes ikke"),
        ("{{ navn", "“{{” er ikke skrevet færdigt"),
        ("{{ navn }", "“{{” er ikke skrevet færdigt"),
        ("{{ navn %}", "“{{” er ikke skrevet færdigt"),
        ("{ { navn }}", "“}}” er ikke skrevet færdigt"),
        ("navn }}", "“}}” er ikke skrevet færdigt"),
        ("{{ {{ paper.title }} }}", "“{{” er ikke skrevet færdigt"),
        ("{% if paper.title", "“{%” er ikke skrevet færdigt"),
        ("if paper.title %}", "“%}” er ikke skrevet færdigt"),
        ("{# en note #}", "“{#” er ikke skrevet færdigt"),
        ("{{- paper.title }}", "“{{-” er ikke tilladt"),
        ("{{ paper.title -}}", "“-}}” er ikke tilladt"),
        ("{%- if paper.title %}x{% endif %}", "“{%-” er ikke tilladt"),
        ("{{ paper title }}", "feltet kan ikke læses"),
        ("{{ paper. }}", "feltet kan ikke læses"),
        ("{{ }}", "feltet kan ikke læses"),
        ("{{ sags-nr }}", "“regning” er ikke tilladt"),
        ("{% for s in sections %}x", "en gentagelse eller betingelse lukkes ikke"),
        ("{% if paper.title %}x", "en gentagelse eller betingelse lukkes ikke"),
        ("x{% endfor %}", "her lukkes noget, som ikke er åbnet"),
        ("x{% endif %}", "her lukkes noget, som ikke er åbnet"),
        ("{% else %}", "her lukkes noget, som ikke er åbnet"),
        ("{% for s in sections %}x{% endif %}", "her lukkes noget, som ikke er åbnet"),
        ("{% p if paper.title %}", "“p” er ikke tilladt i en skabelon"),
        ("{% hvis paper.title %}", "“hvis” er ikke tilladt i en skabelon"),
        ("{% for s in paper %}x{% endfor %}", "det, der gentages over, er ikke en liste"),
        ("{% for s in paper.title %}x{% endfor %}", "det, der gentages over, er ikke en liste"),
        ("{% for a, b in sections %}x{% endfor %}", "kun en enkel gentagelse"),
        ("{% for s in sections if s.title %}x{% endfor %}", "kun en enkel gentagelse"),
        ("{% for s in sections %}x{% else %}y{% endfor %}", "kun en enkel gentagelse"),
        ("{% for loop in sections %}x{% endfor %}", "feltet kan ikke læses"),
        ("{% for a in sections %}{% for b in sections %}x{% endfor %}{% endfor %}", "skal gå over noget i “a”"),
        ("{% for a in sections %}{{ loop.first }}{% endfor %}", "kan ikke skrives ud"),
        ("{% for a in sections %}{{ loop.cycle }}{% endfor %}", "feltet “cycle” findes ikke"),
        ("{% for a in sections %}x{% endfor %}{{ a.title }}", "feltet “a” findes ikke"),
        ("{% raw %}{{ x }}{% endraw %}", "der står et løst “{{”"),
        ("{% if paper.title == 7 %}x{% endif %}", "kun tekst kan sammenlignes med tekst"),
        ("{{ " + "(" * 3000 + "paper.title" + ")" * 3000 + " }}", "for mange parenteser"),
    ],
    ids=lambda text: text[:44],
)
def test_a_slot_that_is_written_wrong_is_refused_beside_its_words(written: str, said: str) -> None:
    for place in ("word/document.xml", "word/header1.xml", "docProps/core.xml"):
        refusal = _refusal(MERGED_PLACES[place](f"Sagen {written}"))

        assert said in refusal
        assert f"({place}" in refusal
        assert "ved “Sagen " in refusal or "for mange parenteser" in refusal
        assert not re.search(r"[Uu]nexpected|expected|[Ee]ncountered|undefined", refusal), "an English sentence"


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("{{ section.title }}", "{{ section.titel }}", "{{ section.titel }}"),
        ("{{ line.label }}", "{{ line.lable }}", "{{ line.lable }}"),
        ("{{ said.who }}", "{{ said.hvem }}", "{{ said.hvem }}"),
        ("Udfyldt af {{ field.authors }}", "Udfyldt af {{ field.author }}", "Udfyldt af {{ field.author }}"),
    ],
)
def test_one_letter_wrong_in_a_shipped_template_is_found_where_it_stands(old: str, new: str, near: str) -> None:
    assert _refusal(edited(old, new)).startswith(f"brødtekst (word/document.xml), ved “{near}”: feltet “")


def test_all_faults_are_told_at_once() -> None:
    refusal = _refusal(small(paragraph("En {{ x }}") + paragraph("To {{ y }}") + paragraph("Tre {{ x }}")))

    assert [line.split("“")[1].split(" ")[0] for line in refusal.split("\n")] == ["En", "To", "Tre"]


@pytest.mark.parametrize(
    "place", ["word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footnotes.xml", "docProps/core.xml"]
)
def test_each_part_is_named_as_people_call_it(place: str) -> None:
    named = {"document": "brødtekst", "header1": "sidehoved", "footer1": "sidefod", "footnotes": "fodnote",
             "core": "filens egenskaber"}  # fmt: skip

    assert _refusal(MERGED_PLACES[place]("{{ x }}")).startswith(f"{named[Path(place).stem]} ({place})")


@pytest.mark.parametrize(
    ("kind", "old", "slot"),
    [
        ("tilsynsredskab", "{{ section.instruction }}", "section.instruction"),
        ("tilsynsredskab", "Sag {{ paper.case_number }}", "paper.case_number"),
        ("tilsynsrapport", "{{ rule.reference }}", "rule.reference"),
        ("tilsynsrapport", "{{ paper.law }}", "paper.law"),
    ],
)
def test_a_required_slot_that_is_missing_is_named(
    merger: Merger, tmp_path: Path, kind: str, old: str, slot: str
) -> None:
    parts = {
        name: content.replace(old.encode(), b"x").replace(b"{{ paper.case_number }}, ", b"")
        for name, content in real(kind).items()
    }
    template = written_to(tmp_path, zipped(parts), kind)

    with pytest.raises(TemplateError, match=f"feltet “{slot}” mangler i dokumentet"):
        merger.check(template, TOOL)
    with pytest.raises(TemplateError, match=f"feltet “{slot}” mangler i dokumentet"):
        merger.merge(template, TOOL, document_of(kind, numbered(0, lambda n: f"«{n}»"))[1])


def test_a_required_slot_that_is_only_asked_about_counts_as_missing(merger: Merger, tmp_path: Path) -> None:
    asked = edited("{{ paper.law }}", "{% if paper.law %}loven{% endif %}", kind="tilsynsrapport")

    with pytest.raises(TemplateError, match=r"feltet “paper\.law” mangler"):
        merger.check(written_to(tmp_path, asked, "tilsynsrapport"), TOOL)


_BOOKMARK = '<w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/>'


def _runs(*words: str, between: str = "") -> str:
    runs = between.join(f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>" for text in words)
    return f"<w:p>{runs}</w:p>"


@pytest.mark.parametrize(
    "body",
    [
        _runs("Sag {", "{ paper.", "case_number", " }", "}."),
        _runs("Sag ", "{{", " paper", ".", "case_number", "}}", "."),
        _runs("Sag {{ paper.ca", "se_number }}.", between='<w:proofErr w:type="spellStart"/>'),
        _runs("Sag {{ paper", ".case_number }}.", between=_BOOKMARK),
        _runs("Sag {{ paper.case_number", "", " }}."),
        '<w:p><w:r><w:t>Sag {{ paper.</w:t></w:r><w:r><w:t/></w:r><w:r><w:t>case_number }}.</w:t></w:r></w:p>',
        _runs("Sag {% if paper.case_number == “«0»” %}", "«0»", "{% endif %}."),
        _runs("Sag {% if paper.case_number == ”«0»” %}«0»{% endif %}."),
        _runs("Sag {% if paper.case_number == ‘«0»’ and paper.title != 'a' %}{{ paper.case_number }}{% endif %}."),
        _runs("Sag\u00a0{{\u00a0paper.case_number\u00a0}}.").replace("Sag\u00a0", "Sag "),
        _runs("Sag &#123;{ paper.case_number }&#125;."),
        "<w:p><w:r><w:t><![CDATA[Sag {{ paper.case_number }}.]]></w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Sag <!-- note -->{{ paper.case_number }}.</w:t></w:r></w:p>",
    ],
)  # fmt: skip
def test_tags_as_word_splits_and_dresses_them_are_merged(body: str) -> None:
    assert "Sag «0»." in _rendered(body)


def test_numbers_may_be_compared_and_loops_counted() -> None:
    inner = "{% if loop.index < 3 and not loop.first %}{{ loop.index }}/{{ loop.length }}{% endif %}"

    assert f"2/{len(TOOL.sections)}" in _rendered(paragraph(f"{{% for s in sections %}}{inner}{{% endfor %}}"))


_CELL = "<w:tc><w:tcPr/>{}</w:tc>"


def _row(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(_CELL.format(paragraph(words)) for words in cells)}</w:tr></w:tbl>"


def _inside(element: str, words: str) -> str:
    return f"<w:p><w:r><w:{element}>{words}</w:{element}></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (paragraph("Vigtigt: {%p if paper.title %}") + paragraph("{%p endif %}"), "{%p …%} skal stå alene"),
        (paragraph("{%p if paper.title %}{%p endif %}"), "{%p …%} skal stå alene"),
        (paragraph("{%p if paper.title %}{{ paper.title }}") + paragraph("{%p endif %}"), "{%p …%} skal stå alene"),
        ("<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{%p if paper.title %}</w:t></w:r></w:p>" + paragraph("{%p endif %}"),
         "{%p …%} skal stå alene"),
        ("<w:p><w:r><w:t>{%p if paper.title %}</w:t></w:r><w:r><w:drawing/></w:r></w:p>" + paragraph("{%p endif %}"),
         "{%p …%} skal stå alene"),
        (_row("{%tr for s in sections %}", "tabt") + _row("{%tr endfor %}"), "{%tr …%} skal stå alene"),
        (paragraph("{%tr for s in sections %}") + paragraph("{%tr endfor %}"), "{%tr kan kun stå i en tabel"),
        (paragraph("{{p paper.title }}"), "“{{p” er ikke tilladt"),
        (paragraph("{{r paper.title }}"), "“{{r” er ikke tilladt"),
        (paragraph("{%tc for s in sections %}"), "“{%tc” er ikke tilladt"),
        (paragraph("{% vm %}"), "“vm” er ikke tilladt"),
        (paragraph("{% hm %}"), "“hm” er ikke tilladt"),
        (_row("{% cellbg paper.title %}x"), "står i en egenskab"),
        (_row("{% colspan paper.title %}x"), "står i en egenskab"),
        (paragraph("{{ paper.") + paragraph("title }}"), "“{{” er ikke skrevet færdigt"),
        (paragraph("x {% if paper.title %}") + paragraph("y {% endif %}"), ""),
        (_row("{% for s in sections %}a", "b{% endfor %}"), ""),
        (paragraph("{%p if paper.title %}") + _row("{%p endif %}"), "begynder og slutter ikke samme sted"),
        (paragraph("{%p if paper.title %}") + _row("{%tr endif %}"), "begynder og slutter ikke samme sted"),
        (_inside("instrText", 'HYPERLINK "{{ paper.title }}"'), "kan ikke stå her (w:instrText)"),
        (_inside("instrText", "INCLUDETEXT {{ paper.title }}"), "kan ikke stå her (w:instrText)"),
        ('<w:p><w:fldSimple w:instr="INCLUDEPICTURE {{ paper.title }}"/></w:p>', "står i en egenskab"),
        (_inside("delText", "{{ paper.title }}"), "kan ikke stå her (w:delText)"),
        ('<w:p><w:r><w:drawing><wp:docPr xmlns:wp="u" descr="Logo for {{ paper.title }}"/></w:drawing></w:r></w:p>',
         "står i en egenskab"),
        ('<w:p w:x="{% if paper.title %}"/>' + paragraph("{% endif %}"), "står i en egenskab"),
        ('<w:p><w:hyperlink w:tooltip="{{ paper.title }}"/></w:p>', "står i en egenskab"),
        ("{{ paper.title }}", "kan ikke stå her (w:body)"),
    ],
)  # fmt: skip
def test_what_docxtpl_would_lose_or_break_is_refused(body: str, said: str) -> None:
    if said:
        assert said in _refusal(small(body))
    else:  # crooked, but the same elements are open at both ends: nothing can break
        assert _rendered(body)


def test_a_slot_in_an_attribute_of_the_properties_is_refused() -> None:
    core = real()[CORE].decode().replace("<dc:subject>", '<dc:subject x="{{ paper.title }}">', 1)

    assert "står i en egenskab" in _refusal(small(**{CORE: core}))


def test_a_cell_whose_paragraphs_are_all_left_out_still_has_one() -> None:
    cell = _CELL.format(paragraph("{%p if not paper.title %}") + paragraph("x") + paragraph("{%p endif %}"))
    context = context_of(document_of("tilsynsredskab", numbered(0, lambda n: f"«{n}»"))[1])
    body = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    without_properties = body.replace("<w:tcPr/>", "")

    for table in (body, without_properties):
        document = compile_template(small(table), ROOTS["tilsynsredskab"]).render(context)
        assert "" in texts(document)


def test_a_template_that_changes_is_compiled_anew_and_one_that_breaks_is_refused(
    merger: Merger, tmp_path: Path
) -> None:
    document = document_of("tilsynsredskab", numbered(0, lambda n: f"«{n}»"))[1]
    first = merger.merge(written_to(tmp_path, zipped(real())), TOOL, document)
    second = merger.merge(written_to(tmp_path, edited("Felterne er fra", "Alle felter er fra")), TOOL, document)

    assert not [text for text in texts(first) if text.startswith("Alle felter er fra")]
    assert [text for text in texts(second) if text.startswith("Alle felter er fra")]
    with pytest.raises(TemplateError, match="feltet “x” findes ikke"):
        merger.merge(written_to(tmp_path, edited("{{ section.title }}", "{{ section.x }}")), TOOL, document)
