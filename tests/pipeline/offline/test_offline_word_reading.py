"""What Word, or whoever edits the file, may do to a form: each slot is read right, or it is said that it was not."""

from collections.abc import Callable

import pytest
from offline_packages import changed, parts_of, zipped
from word_forms import NAMESPACE, WordForm, control, edited, fragment, word_form, write

from pipeline.documents.render import Workshop
from pipeline.errors import UnreadableFile
from pipeline.offline.slots import OUTSIDE
from pipeline.offline.word_form import read_docx
from pipeline.offline.word_xml import Element, as_bytes, parse, w

SLOT, OTHER = "child_name", "email"
_R = "<w:r><w:t>{}</w:t></w:r>"
_ONE, _TWO = _R.format("et"), _R.format("to")


@pytest.fixture(scope="module")
def form(machines: Workshop) -> WordForm:
    return word_form(machines, "cp_skole_2", only="a")


@pytest.fixture(scope="module")
def blank(machines: Workshop) -> WordForm:
    return word_form(machines, "cp_skole_2", only="a", blank=True)


Edit = Callable[[Element], None]


def _read(form: WordForm, edit: Edit) -> dict[str, str]:
    passport, answers = read_docx(edited(form.data, edit))
    assert passport == form.passport
    return answers


def _typed(form: WordForm, xml: str) -> str | None:
    """What is read where this was typed; every other slot stays as it was."""
    answers = _read(form, lambda document: write(document, SLOT, xml))
    assert {name: text for name, text in answers.items() if name != SLOT} == {
        name: text for name, text in form.held.items() if name != SLOT
    }
    return answers.get(SLOT)


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        ('<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Bo </w:t></w:r><w:proofErr w:type="spellStart"/>'
         '<w:r><w:t>Ek</w:t></w:r><w:proofErr w:type="spellEnd"/>', "Bo Ek"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r>", "a\nb\nc\td"),
        ('<w:r><w:br w:type="page"/><w:lastRenderedPageBreak/></w:r>', "\n"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>", "a\u2011b\u00ad"),
        (f'{_ONE}<w:ins w:id="1" w:author="x">{_TWO}</w:ins><w:del w:id="2" w:author="x"><w:r>'
         "<w:delText>væk</w:delText></w:r></w:del>", "etto"),
        (f'<w:moveFrom w:id="1" w:author="x">{_ONE}</w:moveFrom><w:moveTo w:id="2" w:author="x">{_TWO}</w:moveTo>',
         "to"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "→☺"),
        (f'<w:hyperlink w:anchor="x">{_ONE}</w:hyperlink>', "et"),
        (f"<w:smartTag>{_ONE}</w:smartTag><w:customXml>{_TWO}</w:customXml>", "etto"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText>'
         '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>i dag</w:t><w:fldChar w:fldCharType="end"/></w:r>',
         "i dag"),
        (f'<w:fldSimple w:instr="DATE">{_ONE}</w:fldSimple>', "et"),
        (f'<w:commentRangeStart w:id="1"/>{_ONE}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
         "et"),
        (f"<w:p>{_ONE}</w:p><w:p/><w:p>{_TWO}</w:p>", "et\n\nto"),
        (f"<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>{_ONE}</w:p><w:p>{_TWO}</w:p>", "etto"),
        (f"<w:tbl><w:tblPr/><w:tr><w:tc><w:p>{_ONE}</w:p></w:tc><w:tc><w:p>{_TWO}</w:p></w:tc></w:tr></w:tbl>",
         "et\nto"),
        ('<w:r><w:t> a </w:t><w:t xml:space="preserve"> b </w:t></w:r>', "a b "),
        ("<w:r><w:t>Skriv her</w:t></w:r>", ""),
        ("<w:r><w:t>Skriv herBo</w:t></w:r>", "Skriv herBo"),
        ("<w:r><w:t>Klik eller tryk her for at skrive tekst.</w:t></w:r>", "Klik eller tryk her for at skrive tekst."),
        ("<w:r/>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_words_are_read_as_word_shows_them(form: WordForm, xml: str, read: str) -> None:
    assert _typed(form, xml) == read


@pytest.mark.parametrize(
    "inside",
    [
        "<w:drawing/>",
        "<w:pict/>",
        "<w:object/>",
        '<w:footnoteReference w:id="1"/>',
        '<w:sym w:font="Symbol" w:char="F0E0"/>',
        '<w:ruby><w:rubyBase><w:r><w:t>x</w:t></w:r></w:rubyBase></w:ruby>',
        '<m:oMath xmlns:m="m"><m:t>x</m:t></m:oMath>',
    ],
)  # fmt: skip
def test_what_is_not_words_makes_the_slot_unreadable(form: WordForm, inside: str) -> None:
    assert _typed(form, f"{_ONE}<w:r>{inside}</w:r>") is None


def _with_mark(xml: str) -> Edit:
    def edit(document: Element) -> None:
        write(document, SLOT, xml)
        facts = control(document, SLOT).find(w("sdtPr"))
        assert facts is not None
        facts.extend(fragment("<w:showingPlcHdr/>"))

    return edit


def test_words_own_prompt_is_no_answer(form: WordForm) -> None:
    assert _read(form, _with_mark(_R.format("Klik eller tryk her for at skrive tekst.")))[SLOT] == ""


def test_words_typed_where_the_mark_of_a_prompt_stays_are_an_answer(form: WordForm) -> None:
    assert _read(form, _with_mark(_R.format("Bo Ek")))[SLOT] == "Bo Ek"


def test_a_case_that_says_what_the_prompt_says_keeps_it(machines: Workshop) -> None:
    form = word_form(machines, "cp_skole_2", only="a", texts=["Skriv her"])
    assert read_docx(form.data)[1] == form.held


def _lose(*names: str) -> Edit:
    """Drop facts of every control, as programs do."""

    def edit(document: Element) -> None:
        for facts in document.iter(w("sdtPr")):
            for child in list(facts):
                if child.tag in {w(name) for name in names}:
                    facts.remove(child)
        if "bookmarkStart" in names:
            for mark in list(document.iter(w("bookmarkStart"), w("bookmarkEnd"))):
                mark.getparent().remove(mark)  # type: ignore[union-attr] # it stands in a paragraph

    return edit


@pytest.mark.parametrize(
    "lost", [("tag",), ("tag", "alias"), ("tag", "bookmarkStart"), ("alias", "bookmarkStart"), ("id", "lock")]
)
def test_a_control_is_known_by_whatever_is_left_of_tag_title_and_bookmark(
    form: WordForm, lost: tuple[str, ...]
) -> None:
    assert _read(form, _lose(*lost)) == form.held


def test_controls_that_nothing_names_are_words_beside_the_boxes(form: WordForm) -> None:
    answers = _read(form, _lose("tag", "alias", "bookmarkStart"))
    assert answers.keys() == {OUTSIDE}
    assert all(" ".join(text.split()) in answers[OUTSIDE] for text in form.held.values())


def test_a_deleted_control_is_left_out_and_no_other_is_disturbed(form: WordForm) -> None:
    def delete(document: Element) -> None:
        box = control(document, SLOT)
        box.getparent().remove(box)  # type: ignore[union-attr] # it stands in a paragraph

    assert _read(form, delete) == {name: text for name, text in form.held.items() if name != SLOT}


def test_a_control_deleted_as_a_tracked_change_is_left_out(form: WordForm) -> None:
    def delete(document: Element) -> None:
        box = control(document, SLOT)
        around = fragment('<w:del w:id="1" w:author="x"/>')[0]
        box.getparent().replace(box, around)  # type: ignore[union-attr] # it stands in a paragraph
        around.append(box)

    assert SLOT not in _read(form, delete)


def _also(name: str, xml: str, *, after: str) -> Edit:
    """Another control of the same name, in a paragraph behind that of a slot."""

    def edit(document: Element) -> None:
        paragraph = control(document, after).getparent()
        assert paragraph is not None
        paragraph.addnext(
            fragment(
                f'<w:p><w:sdt><w:sdtPr><w:tag w:val="{name}"/></w:sdtPr>'
                f"<w:sdtContent>{xml}</w:sdtContent></w:sdt></w:p>"
            )[0]
        )

    return edit


def test_a_control_that_was_split_at_a_line_end_is_put_together(form: WordForm) -> None:
    assert _read(form, _also(SLOT, _ONE, after=SLOT))[SLOT] == f"{form.held[SLOT]}\net"


def test_two_controls_of_one_slot_with_different_words_leave_it_out(form: WordForm) -> None:
    answers = _read(form, _also(SLOT, _ONE, after=OTHER))
    assert SLOT not in answers
    assert answers[OTHER] == form.held[OTHER]


def test_two_controls_of_one_slot_with_the_same_words_are_one(form: WordForm) -> None:
    assert _read(form, _also(SLOT, _R.format(form.held[SLOT]), after=OTHER)) == form.held


def test_a_part_that_is_not_words_makes_the_whole_slot_unreadable(form: WordForm) -> None:
    assert SLOT not in _read(form, _also(SLOT, "<w:r><w:drawing/></w:r>", after=SLOT))


def test_a_control_around_its_paragraph_is_read_like_one_inside(form: WordForm) -> None:
    def turn_out(document: Element) -> None:
        box = control(document, SLOT)
        paragraph = box.getparent()
        assert paragraph is not None
        content = box.find(w("sdtContent"))
        assert content is not None
        paragraph.addprevious(box)
        content[:] = fragment(f"<w:p>{_ONE}</w:p><w:p>{_TWO}</w:p>")

    assert _read(form, turn_out)[SLOT] == "et\nto"


def test_words_beside_the_boxes_are_handed_on(form: WordForm) -> None:
    def scribble(document: Element) -> None:
        paragraph = control(document, SLOT).getparent()
        assert paragraph is not None
        paragraph.append(fragment(_R.format("ved siden af"))[0])
        paragraph.addnext(fragment(f"<w:p>{_R.format('nedenunder')}</w:p><w:p><w:r><w:drawing/></w:r></w:p>")[0])

    answers = _read(form, scribble)
    assert answers == form.held | {OUTSIDE: "ved siden af\nnedenunder"}


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footer1.xml"])
def test_words_in_a_header_or_footer_are_handed_on_and_page_numbers_are_not(form: WordForm, part: str) -> None:
    margin = parse(parts_of(form.data)[part])
    margin.append(fragment(f"<w:p>{_R.format('Fortroligt')}</w:p>")[0])
    again = as_bytes(margin).replace(b"<w:t>1</w:t>", b"<w:t>38</w:t>")
    assert read_docx(zipped(parts_of(form.data) | {part: again}))[1] == form.held | {OUTSIDE: "Fortroligt"}


def test_a_footnote_is_handed_on(form: WordForm) -> None:
    notes = f'<w:footnotes {NAMESPACE}><w:footnote w:id="1"><w:p>{_ONE}</w:p></w:footnote></w:footnotes>'
    assert read_docx(changed(form.data, word__footnotes_dot_xml=notes.encode()))[1] == form.held | {OUTSIDE: "et"}


def test_a_comment_is_handed_on(form: WordForm) -> None:
    comments = f'<w:comments {NAMESPACE}><w:comment w:id="1"><w:p>{_ONE}</w:p></w:comment></w:comments>'
    assert read_docx(changed(form.data, word__comments_dot_xml=comments.encode()))[1] == form.held | {OUTSIDE: "et"}


def test_a_picture_beside_the_boxes_is_mentioned(form: WordForm) -> None:
    def paste(document: Element) -> None:
        body = document.find(w("body"))
        assert body is not None
        body.insert(3, fragment("<w:p><w:r><w:drawing/></w:r></w:p>")[0])

    assert "billede" in _read(form, paste)[OUTSIDE]


def test_a_form_filled_from_blank_gives_its_answers_and_nothing_else(blank: WordForm) -> None:
    def fill(document: Element) -> None:
        write(document, SLOT, _R.format("Bo Ek"))
        write(document, OTHER, "<w:r><w:t>a@b.dk</w:t><w:br/><w:t>c@d.dk</w:t></w:r>")

    assert {name: text for name, text in _read(blank, fill).items() if text} == {
        SLOT: "Bo Ek",
        OTHER: "a@b.dk\nc@d.dk",
    }


@pytest.mark.parametrize("saved", ["_x005F_x000D_", "_x005F_x005F_x000D_"])
def test_libreoffices_escapes_are_undone_once_for_each_time_it_saved(machines: Workshop, saved: str) -> None:
    form = word_form(machines, "cp_skole_2", only="a", texts=["_x000D_"])
    assert _typed(form, _R.format(saved)) == "_x000D_"


def test_what_looks_like_an_escape_is_kept_where_word_saved(form: WordForm) -> None:
    assert _typed(form, _R.format("_x005F_x000D_")) == "_x005F_x000D_"


def test_escapes_in_new_words_are_undone_where_libreoffice_saved(form: WordForm) -> None:
    typed = edited(form.data, lambda document: write(document, SLOT, _R.format("_x005F_x000D_")))
    program = b"<Application>LibreOffice/7.4.7.2</Application><Manager/>"
    app = parts_of(typed)["docProps/app.xml"].replace(b"<Manager/>", program)
    by_libreoffice = changed(typed, docProps__app_dot_xml=app)
    assert read_docx(by_libreoffice)[1][SLOT] == "_x000D_"


def _without(data: bytes, name: str) -> bytes:
    return zipped({part: content for part, content in parts_of(data).items() if part != name})


def test_a_document_beyond_measure_is_refused(form: WordForm) -> None:
    for xml in ("<w:p/>" * 30_000, "<w:p><w:sdt/></w:p>" * 4_000, "<w:p>" + "<w:r/>" * 250_000 + "</w:p>"):
        content = f"<w:document {NAMESPACE}><w:body>{xml}</w:body></w:document>".encode()
        with pytest.raises(UnreadableFile, match=r"rummer mere, end vi kan læse|for stor"):
            read_docx(changed(form.data, word__document_dot_xml=content))


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda data: b"ikke en zip", "beskadiget"),
        (lambda data: data[:-40], "beskadiget"),
        (lambda data: _without(data, "docProps/custom.xml"), "ikke en af vores formularer"),
        (lambda data: _without(data, "word/document.xml"), "gemt i et format"),
        (lambda data: changed(data, docProps__custom_dot_xml=b"<p/>"), "ikke en af vores formularer"),
        (lambda data: changed(data, word__document_dot_xml=b"<w>"), "beskadiget"),
        (lambda data: changed(data, word__document_dot_xml=b'<document xmlns="http://purl.oclc.org/x"/>'), "format"),
        (lambda data: changed(data, word__document_dot_xml=b"<!DOCTYPE a><a/>"), "DTD"),
        (lambda data: changed(data, word__document_dot_xml=b"<a>" + b"<b/>" * 3_000_000 + b"</a>"), "for stor"),
        (lambda data: changed(data, word__document_dot_xml=b"<a>" * 5000 + b"</a>" * 5000), "beskadiget"),
        (lambda data: changed(data, word__vbaProject_dot_bin=bytes.fromhex("D0CF11E0A1B11AE1")), "makroer"),
    ],
)
def test_what_is_no_form_of_ours_is_refused(form: WordForm, harm: Callable[[bytes], bytes], why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read_docx(harm(form.data))
