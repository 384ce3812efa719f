"""What becomes of a photo in the diary: the household's own until the entry is shared."""

from datetime import date

from small_case import family_case

from pipeline.cases.record.family_events import DiaryFileKept, DiaryRemoved, DiaryShared, DiaryWritten
from pipeline.cases.record.journal_events import DocumentKept


def test_a_photo_of_the_diary_is_a_document_of_the_case_once_its_entry_is_shared() -> None:
    photo = DocumentKept("f1", "dagbog", "Fra dagbogen", "tur.jpg", "image/jpeg", 3, "abc")
    written = (DiaryWritten("d1", "home-1", date(2026, 2, 1), "Gik."), DiaryFileKept("d1", photo))
    own = family_case(*written)
    assert (own.documents, [kept.document for kept in own.diary["d1"].files]) == ({}, [photo])
    reworded = DiaryWritten("d1", "home-1", date(2026, 2, 1), "Gik langt.")
    assert len(family_case(*written, reworded).diary["d1"].files) == 1
    assert set(family_case(*written, DiaryShared("d1")).documents) == {"f1"}
    assert family_case(*written, DiaryRemoved("d1")).documents == {}
