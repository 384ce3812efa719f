"""Every field that is filled at a visit stands on one card, whatever the file of the cards forgets."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import DefinitionError
from pipeline.tool.definition import FilledBy, Tool, When
from pipeline.tool.load import EDITIONS, load_tool
from webforms.caseworkers.visit_themes import FILE, before_of, known_of, themes_of


def edition_with(folder: Path, cards: str | None) -> Tool:
    """The newest edition with another file of cards; None: without one."""
    shutil.copytree(EDITIONS / "2018", folder / "2018", ignore=shutil.ignore_patterns("*.json", "word"))
    (folder / "2018" / FILE).unlink()
    if cards is not None:
        (folder / "2018" / FILE).write_text(cards, encoding="utf-8")
    return load_tool("2018", folder)


def during(tool: Tool) -> list[str]:
    sections = [s for s in tool.sections if s.filled_by is FilledBy.MUNICIPALITY and s.when is When.DURING]
    return [field.key for section in sections for field in section.fields]


def on_cards(tool: Tool) -> list[str]:
    return [key for theme in themes_of(tool) for key in theme.fields]


def test_each_field_of_the_visit_stands_on_one_card() -> None:
    tool = load_tool()
    assert set(during(tool)) <= set(on_cards(tool))
    assert len(on_cards(tool)) == len(set(on_cards(tool)))


def test_the_childs_words_the_siblings_and_the_observation_have_cards() -> None:
    assert {"childs_voice", "childs_voice_how", "siblings_voice", "observations"} <= set(on_cards(load_tool()))


def test_an_edition_without_the_file_has_a_card_for_each_field(tmp_path: Path) -> None:
    tool = edition_with(tmp_path, None)
    assert on_cards(tool) == during(tool)
    assert before_of(tool).conditions == ()


def test_a_field_that_no_card_names_gets_one_of_its_own(tmp_path: Path) -> None:
    tool = edition_with(tmp_path, '[[card]]\nfields = ["theme_other"]\n')
    assert sorted(on_cards(tool)) == sorted(during(tool))
    assert on_cards(tool)[0] == "theme_other"


@pytest.mark.parametrize(
    "cards",
    [
        '[[card]]\nfields = ["theme_weather"]\n',
        '[[card]]\nfields = ["theme_other"]\nbeside = ["nobody"]\n',
        '[[card]]\nfields = ["theme_other"]\ngoal_types = ["wings"]\n',
        '[[card]]\nfields = ["theme_other"]\ncolour = "red"\n',
        '[[card]]\ntitle = "Tomt"\n',
        "[[card]\n",
    ],
)
def test_a_card_that_names_what_the_edition_has_not_is_refused(tmp_path: Path, cards: str) -> None:
    with pytest.raises(DefinitionError):
        themes_of(edition_with(tmp_path, cards))


@pytest.mark.parametrize("before", ['agenda = ["nobody"]', 'weather = ["theme_other"]'])
def test_a_page_before_the_visit_that_names_what_is_not_there_is_refused(tmp_path: Path, before: str) -> None:
    with pytest.raises(DefinitionError):
        before_of(edition_with(tmp_path, f"[before]\n{before}\n"))


@pytest.mark.parametrize("known", ['nobody = "team"', 'visit_date = "weather"'])
def test_an_answer_that_the_case_cannot_know_is_refused(tmp_path: Path, known: str) -> None:
    with pytest.raises(DefinitionError):
        known_of(edition_with(tmp_path, f"[known]\n{known}\n"))
