"""The published edition says what the handbook says, word for word and in the same order."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.tool.definition import FilledBy, Kind, Section, Tool, When

LABELS = Path(__file__).resolve().parents[2] / "fixtures" / "tilsynsredskab-labels.txt"
NOTES = "Noter, evt. bemærkning"


@dataclass
class Printed:
    """One section as the handbook prints it; `themes` are the sub-headings of section (j)."""

    title: str
    who: str
    when: str
    lines: list[str] = field(default_factory=list)
    themes: dict[str, list[str]] = field(default_factory=dict)


def printed_sections() -> list[Printed]:
    sections: list[Printed] = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            sections[-1].themes[line[4:]] = []
        elif line.startswith("## "):
            title, who, when = line[3:].split(" | ")
            sections.append(Printed(title, who, when))
        elif line and not line.startswith("# "):
            themes = sections[-1].themes
            (themes[list(themes)[-1]] if themes else sections[-1].lines).append(line)
    return sections


PRINTED = printed_sections()


@pytest.fixture(params=range(len(PRINTED)), ids=lambda number: "abcdefghijkl"[number])
def pair(request: pytest.FixtureRequest, tool: Tool) -> tuple[Printed, Section]:
    """A printed section and the edition's section in the same place."""
    return PRINTED[request.param], tool.sections[request.param]


def test_the_handbook_prints_twelve_sections_and_the_edition_has_one_more_of_its_own(tool: Tool) -> None:
    assert len(PRINTED) == 12
    assert [section.key for section in tool.sections] == list("abcdefghijklm")


def test_a_section_has_its_printed_title(pair: tuple[Printed, Section]) -> None:
    printed, section = pair
    assert section.title == printed.title


def test_a_section_is_filled_by_whom_the_handbook_says(pair: tuple[Printed, Section]) -> None:
    printed, section = pair
    is_family = printed.who.startswith(("forældre", "familien"))
    assert section.filled_by is (FilledBy.PARENTS if is_family else FilledBy.MUNICIPALITY)
    together = printed.who.partition("(evt. i samarbejde med ")[2].removesuffix(")")
    assert section.together_with == together


def test_a_section_is_filled_when_the_handbook_says(pair: tuple[Printed, Section]) -> None:
    printed, section = pair
    moments = {"forud": When.BEFORE, "før": When.BEFORE, "under": When.DURING, "på": When.DURING, "efter": When.AFTER}
    assert section.when is moments[printed.when.split()[0]]
    assert " ".join(printed.when.split()[:2]).rstrip(",") in section.instruction


@pytest.mark.parametrize("letter", "abdefghi")
def test_the_labels_of_a_section_stand_word_for_word_in_order(letter: str, tool: Tool) -> None:
    number = "abcdefghi".index(letter)
    assert PRINTED[number].lines
    assert [f.label for f in tool.sections[number].fields] == PRINTED[number].lines


def test_the_plan_has_the_four_printed_columns_and_nine_goal_types(tool: Tool) -> None:
    lines = next(printed.lines for printed in PRINTED if printed.title == "Tids- og faseplan")
    assert [column.label for column in tool.goals_field.columns] == lines[:4]
    assert [choice.label for choice in tool.goal_types] == lines[4:]
    assert len(tool.goal_types) == 9


def test_the_grades_are_those_of_the_third_column(tool: Tool) -> None:
    third = tool.goals_field.columns[2].label.lower()
    places = [third.index(choice.label.lower()) for choice in tool.goals_field.choices]
    assert len(places) == 4
    assert places == sorted(places)


def test_the_five_themes_hold_their_printed_questions_in_order(tool: Tool) -> None:
    themes = next(printed.themes for printed in PRINTED if printed.themes)
    section = next(section for section in tool.sections if section.key == "j")
    assert [f.heading for f in section.fields] == list(themes)
    with_questions = {f.heading: list(f.questions) for f in section.fields if f.questions}
    assert with_questions == {heading: lines for heading, lines in themes.items() if lines != [NOTES]}
    assert len(with_questions) == 5
    assert {f.label for f in section.fields} == {NOTES}


def test_every_printed_line_stands_somewhere_in_the_edition(tool: Tool) -> None:
    ours = {text for f in tool.fields for text in (f.label, f.heading, *f.questions, *(c.label for c in f.columns))}
    ours |= {choice.label for choice in tool.goal_types} | {section.title for section in tool.sections}
    printed = {line for p in PRINTED for line in (p.title, *p.lines, *p.themes)}
    printed |= {line for p in PRINTED for lines in p.themes.values() for line in lines}
    assert printed - ours == set()


def test_the_edition_has_78_fields_with_keys_of_their_own(tool: Tool) -> None:
    assert len([f.key for section in tool.sections for f in section.fields]) == 78
    assert len({f.key for f in tool.fields}) == 78


def test_only_k_l_and_m_are_the_municipalitys_own_and_the_edition_says_so(tool: Tool) -> None:
    assert [section.key for section in tool.sections if section.own] == ["k", "l", "m"]
    assert tool.own_fields_note == "Kommunens egne felter, ikke Socialstyrelsens ordlyd"


def test_every_own_field_names_its_source_and_no_official_one_does(tool: Tool) -> None:
    for section in tool.sections:
        assert all(bool(f.source) is section.own for f in section.fields), section.key


def test_the_fields_after_the_hearing_are_drawn_from_events(tool: Tool) -> None:
    section = next(section for section in tool.sections if section.key == "l")
    assert [f.key for f in section.fields if f.kind is Kind.DRAWN] == [
        "hearing_sent",
        "hearing_remarks",
        "outcome_after_hearing",
        "signed_by_authority",
    ]
    assert section.fields[-4:] == tuple(f for f in tool.fields if f.drawn_from)


def test_every_field_has_help_and_every_choice_has_its_answers(tool: Tool) -> None:
    assert all(f.help for f in tool.fields)
    assert all(f.choices for f in tool.fields if f.kind is Kind.CHOICE)


def test_smart_is_spelt_by_its_five_letters(tool: Tool) -> None:
    assert [letter.letter for letter in tool.smart] == list("SMART")
    assert all(letter.word.startswith(letter.letter) and letter.help for letter in tool.smart)
