"""Names from outside deceive nobody and break nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.names import content_disposition, download_name, shown


@pytest.mark.parametrize(
    ("name", "on_screen"),
    [
        ("Æblegrød ørred å.docx", "Æblegrød ørred å.docx"),
        ("rapport\u202efdp.exe", "rapport\ufffdfdp.exe"),
        ("a\u200bb\0c\nd\x1b[2J.pdf", "a\ufffdb\ufffdc\ufffdd\ufffd[2J.pdf"),
        ("\ud800.pdf", "\ufffd.pdf"),
        ("a\u00a0\u2028b.pdf", "a  b.pdf"),
        ("", "fil"),
        ("   ", "fil"),
    ],
)
def test_a_shown_name_holds_nothing_that_cannot_be_seen(name: str, on_screen: str) -> None:
    assert shown(name) == on_screen


def test_a_long_name_is_shown_with_its_end() -> None:
    name = shown("a" * 300 + ".exe")

    assert len(name) <= 121
    assert name.endswith(".exe")


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\x\notat.docx", "notat.pdf"),
        ("virus.exe", "virus.pdf"),
        ("foto.jpg.pdf", "foto.jpg.pdf"),
        ("Æblegrød.PDF", "Æblegrød.pdf"),
        ("rapport\u202efdp.exe", "rapport_fdp.pdf"),
        ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
        ("CON.pdf", "fil_CON.pdf"),
        ("nul", "fil_nul.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "fil.pdf"),
        ("", "fil.pdf"),
        ("a\0b.pdf", "a_b.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a__Set-Cookie_ x.pdf"),
    ],
)
def test_a_download_has_a_plain_name_and_its_true_extension(name: str, saved_as: str) -> None:
    assert download_name(name, ".pdf") == saved_as


def test_the_header_has_both_spellings() -> None:
    header = content_disposition("Æble grød.pdf")

    assert header == "attachment; filename=\"ble grd.pdf\"; filename*=UTF-8''%C3%86ble%20gr%C3%B8d.pdf"


@given(st.text(st.characters(), max_size=400))
def test_no_name_breaks_the_header_or_leaves_its_folder(name: str) -> None:
    saved_as = download_name(name, ".pdf")
    header = content_disposition(saved_as)

    assert len(saved_as.encode()) <= 404
    assert not set(saved_as) & set('/\\:"\0\r\n')
    assert saved_as.endswith(".pdf")
    assert not saved_as.startswith(".")
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
