"""A theme that is skipped at a visit: recorded with its reason, told as not asked, taken up again by whoever writes."""

from datetime import date

import pytest
from small_case import family_case

from pipeline.cases.read_answers import read_answers
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.extracts import Extract
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.history import State, state_of
from pipeline.cases.record.insight import insight
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.party_access import party_access
from pipeline.cases.record.to_answers import answers_json, to_answers
from pipeline.cases.record.visit_events import FieldsNotAsked, FieldsSkipped, Written
from pipeline.documents.contents.of_a_field import NOT_ASKED, block_of
from pipeline.errors import AnswersError
from pipeline.law.dated_law import law_for
from pipeline.offline.slots import form_sections
from pipeline.tool.load import load_tool

ON = date(2026, 4, 1)
THEMES = ("theme_health", "theme_other", "theme_leisure")
SKIPPED = FieldsSkipped("v1", ("theme_health", "theme_other"), True, "Barnet sov")
NOTE = Written("v1", "theme_health", "m-2", {"text": "Noter"})


def not_asked(case: Case) -> list[str]:
    found: list[str] = answers_json(case, "v1", date(2026, 3, 20))["not_asked"]
    return found


def test_a_skipped_field_is_told_as_not_asked_with_its_reason() -> None:
    case = family_case(SKIPPED)
    assert case.visits["v1"].skipped == {"theme_health": "Barnet sov", "theme_other": "Barnet sov"}
    assert not_asked(case) == ["theme_health", "theme_other"]
    assert state_of(case.visits["v1"], "theme_health") is State.NOT_ASKED


def test_the_reason_stands_in_the_documents_as_the_municipalitys_note_on_the_theme() -> None:
    day, tool = date(2026, 3, 20), load_tool()
    case = family_case(SKIPPED, NOTE, FieldsSkipped("v1", ("theme_leisure",), True))
    answers = to_answers(case, "v1", day)
    assert answers.why_not_asked == {"theme_other": "Barnet sov"}
    said = {key: block_of(field, answers, law_for(day)).empty for key in THEMES if (field := tool.find(key))}
    assert said == {"theme_health": "", "theme_other": "Ikke talt om: Barnet sov", "theme_leisure": NOT_ASKED}
    helps = {slot.name: group.help for part in form_sections(tool, law_for(day), answers) for group in part.groups
             for slot in group.slots}  # fmt: skip
    assert "Ikke talt om: Barnet sov" in helps["theme_other"]
    assert "Ikke talt om" not in helps["theme_health"] + helps["theme_leisure"]


def test_the_reason_comes_back_from_the_answers() -> None:
    answers = to_answers(family_case(SKIPPED, NOTE), "v1", date(2026, 3, 20))
    (visit,) = fold_all(from_answers([answers], load_tool()).happened).visits.values()
    assert visit.skipped == {"theme_other": "Barnet sov"}


def test_a_reason_for_a_field_that_was_asked_is_refused() -> None:
    raw = answers_json(family_case(SKIPPED), "v1", date(2026, 3, 20))
    with pytest.raises(AnswersError, match="theme_leisure"):
        read_answers({**raw, "why_not_asked": {"theme_leisure": "fordi"}})


def test_words_in_a_skipped_field_are_shown() -> None:
    case = family_case(SKIPPED, NOTE)
    assert not_asked(case) == ["theme_other"]
    assert state_of(case.visits["v1"], "theme_health") is State.ANSWERED


def test_words_that_are_taken_back_leave_the_field_skipped() -> None:
    gone = Written("v1", "theme_health", "m-2", None)
    assert not_asked(family_case(SKIPPED, NOTE, gone)) == ["theme_health", "theme_other"]


def test_a_skipped_field_is_taken_up_again() -> None:
    again = FieldsSkipped("v1", ("theme_health",), False)
    assert family_case(SKIPPED, again).visits["v1"].skipped == {"theme_other": "Barnet sov"}


def test_what_was_never_asked_stays_so_beside_what_is_skipped() -> None:
    case = family_case(FieldsNotAsked("v1", ("relief_need",)), SKIPPED)
    assert case.visits["v1"].left_out == {"relief_need", "theme_health", "theme_other"}


def _extracted(extract: Extract) -> str:
    return "\n".join(entry.text for chapter in extract.chapters for entry in chapter.entries)


def test_the_child_is_told_why_a_theme_was_skipped() -> None:
    case, law = family_case(SKIPPED), law_for(ON)
    assert "Sprunget over ved besøget. Barnet sov" in _extracted(insight(case, "child", ON, law, load_tool))
    assert "Barnet sov" not in _extracted(insight(case, "teacher", ON, law, load_tool))


def test_a_party_reads_why_once_the_report_is_kept() -> None:
    report = DocumentKept("f", "tilsynsrapport", "Rapport", "r.pdf", "application/pdf", 1, "0" * 64, visit="v1")
    assert "Barnet sov" not in _extracted(party_access(family_case(SKIPPED), "mother", ON, load_tool))
    told = _extracted(party_access(family_case(SKIPPED, NOTE, report), "mother", ON, load_tool))
    assert told.count("Sprunget over ved besøget. Barnet sov") == 1  # the other was answered after all
