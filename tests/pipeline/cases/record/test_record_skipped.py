"""A theme that is skipped at a visit: recorded with its reason, told as not asked, taken up again by whoever writes."""

from datetime import date

from small_case import family_case

from pipeline.cases.record import events as ev
from pipeline.cases.record.case import Case
from pipeline.cases.record.extracts import Extract
from pipeline.cases.record.history import State, state_of
from pipeline.cases.record.insight import insight
from pipeline.cases.record.party_access import party_access
from pipeline.cases.record.to_answers import answers_json
from pipeline.law.dated_law import law_for
from pipeline.tool.load import load_tool

ON = date(2026, 4, 1)
SKIPPED = ev.FieldsSkipped("v1", ("theme_health", "theme_other"), True, "Barnet sov")
NOTE = ev.Written("v1", "theme_health", "m-2", {"text": "Noter"})


def not_asked(case: Case) -> list[str]:
    found: list[str] = answers_json(case, "v1", date(2026, 3, 20))["not_asked"]
    return found


def test_a_skipped_field_is_told_as_not_asked_with_its_reason() -> None:
    case = family_case(SKIPPED)
    assert case.visits["v1"].skipped == {"theme_health": "Barnet sov", "theme_other": "Barnet sov"}
    assert not_asked(case) == ["theme_health", "theme_other"]
    assert state_of(case.visits["v1"], "theme_health") is State.NOT_ASKED


def test_words_in_a_skipped_field_are_shown() -> None:
    case = family_case(SKIPPED, NOTE)
    assert not_asked(case) == ["theme_other"]
    assert state_of(case.visits["v1"], "theme_health") is State.ANSWERED


def test_words_that_are_taken_back_leave_the_field_skipped() -> None:
    gone = ev.Written("v1", "theme_health", "m-2", None)
    assert not_asked(family_case(SKIPPED, NOTE, gone)) == ["theme_health", "theme_other"]


def test_a_skipped_field_is_taken_up_again() -> None:
    again = ev.FieldsSkipped("v1", ("theme_health",), False)
    assert family_case(SKIPPED, again).visits["v1"].skipped == {"theme_other": "Barnet sov"}


def test_what_was_never_asked_stays_so_beside_what_is_skipped() -> None:
    case = family_case(ev.FieldsNotAsked("v1", ("relief_need",)), SKIPPED)
    assert case.visits["v1"].left_out == {"relief_need", "theme_health", "theme_other"}


def _extracted(extract: Extract) -> str:
    return "\n".join(entry.text for chapter in extract.chapters for entry in chapter.entries)


def test_the_child_is_told_why_a_theme_was_skipped() -> None:
    case, law = family_case(SKIPPED), law_for(ON)
    assert "Sprunget over ved besøget. Barnet sov" in _extracted(insight(case, "child", ON, law, load_tool))
    assert "Barnet sov" not in _extracted(insight(case, "teacher", ON, law, load_tool))


def test_a_party_reads_why_once_the_report_is_kept() -> None:
    report = ev.DocumentKept("f", "tilsynsrapport", "Rapport", "r.pdf", "application/pdf", 1, "0" * 64, visit="v1")
    assert "Barnet sov" not in _extracted(party_access(family_case(SKIPPED), "mother", ON, load_tool))
    told = _extracted(party_access(family_case(SKIPPED, NOTE, report), "mother", ON, load_tool))
    assert told.count("Sprunget over ved besøget. Barnet sov") == 1  # the other was answered after all
