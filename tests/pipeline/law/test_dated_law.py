"""A document cites what was in force on its day; what nobody has looked up is said to be unknown."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import DefinitionError
from pipeline.law.dated_law import LAW, NOT_STATED, law_for, rate_in_words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the law's data that a test may change."""
    copy: Path = shutil.copytree(LAW, tmp_path / "ret")
    return copy


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("on", "hjemmel", "citation"),
    [
        (date(2016, 7, 1), "servicelovens § 32 a", NOT_STATED),
        (date(2017, 8, 16), "servicelovens § 32 a", NOT_STATED),
        (date(2017, 8, 17), "servicelovens § 32 a", "LBK nr. 988 af 17/08/2017"),
        (date(2017, 12, 31), "servicelovens § 32 a", "LBK nr. 988 af 17/08/2017"),
        (date(2018, 1, 1), "servicelovens § 32 a", NOT_STATED),
        (date(2023, 12, 31), "servicelovens § 32 a", NOT_STATED),
        (date(2024, 1, 1), "barnets lov § 85", "lov nr. 721 af 13/06/2023"),
        (date(2024, 1, 24), "barnets lov § 85", "lov nr. 721 af 13/06/2023"),
        (date(2024, 1, 25), "barnets lov § 85", "LBK nr. 83 af 25/01/2024"),
        (date(2024, 6, 18), "barnets lov § 85", "LBK nr. 83 af 25/01/2024"),
        (date(2024, 6, 19), "barnets lov § 85", "LBK nr. 890 af 19/06/2024"),
        (date(2025, 3, 16), "barnets lov § 85", "LBK nr. 890 af 19/06/2024"),
        (date(2025, 3, 17), "barnets lov § 85", "LBK nr. 282 af 17/03/2025"),
        (date(2026, 4, 20), "barnets lov § 85", "LBK nr. 282 af 17/03/2025"),
    ],
)
def test_the_act_and_its_consolidation_are_those_of_the_day(on: date, hjemmel: str, citation: str) -> None:
    law = law_for(on)
    assert (law.on, law.hjemmel, law.citation) == (on, hjemmel, citation)


def test_a_day_before_any_known_act_is_refused() -> None:
    with pytest.raises(DefinitionError, match="ingen lov om hjemmetræning er oplyst for 2016-06-30"):
        law_for(date(2016, 6, 30))


def test_the_reference_to_the_act_is_filled_into_texts_and_rules() -> None:
    old, new = law_for(date(2023, 12, 31)), law_for(date(2024, 1, 1))
    assert old.in_words("efter {hjemmel}, stk. 1") == "efter servicelovens § 32 a, stk. 1"
    assert {rule.key: rule.reference for rule in old.rules}["supervision"] == "servicelovens § 32 a, stk. 4"
    assert {rule.key: rule.reference for rule in new.rules}["supervision"] == "barnets lov § 85, stk. 4"
    assert not [rule for rule in (*old.rules, *new.rules) if "{" in rule.reference]


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2026, 1, 1)])
def test_every_rule_stands_once_on_any_day(on: date) -> None:
    assert [rule.key for rule in law_for(on).rules] == ["conditions", "supervision", "health", "report", "child"]


def test_a_reference_that_nobody_has_verified_is_marked() -> None:
    before = {rule.key: rule for rule in law_for(date(2023, 12, 31)).rules}
    after = {rule.key: rule for rule in law_for(date(2024, 1, 1)).rules}
    assert before["report"].verified
    assert "717" in before["report"].reference
    assert not after["report"].verified
    assert "717" not in after["report"].reference
    assert (before["child"].verified, after["child"].verified) == (False, True)


def test_the_documents_own_date_decides_unless_another_rule_is_set() -> None:
    assert law_for(date(2024, 1, 10), visit_date=date(2023, 12, 20)).hjemmel == "barnets lov § 85"


def test_the_day_of_the_visit_decides_where_the_municipality_has_set_so(folder: Path) -> None:
    change(folder, "love.toml", 'decides = "document_date"', 'decides = "visit_date"')
    straddling = law_for(date(2024, 1, 10), date(2023, 12, 20), folder)
    assert (straddling.on, straddling.hjemmel) == (date(2023, 12, 20), "servicelovens § 32 a")
    assert law_for(date(2024, 1, 10), date(2024, 1, 1), folder).on == date(2024, 1, 10)
    assert law_for(date(2023, 12, 31), date(2023, 12, 20), folder).on == date(2023, 12, 31)
    assert law_for(date(2024, 1, 10), None, folder).on == date(2024, 1, 10)


@pytest.mark.parametrize(
    ("year", "amount"),
    [(2016, "596.681 kr."), (2024, "706.600 kr."), (2023, NOT_STATED), (2025, NOT_STATED), (2026, NOT_STATED)],
)
def test_a_rate_is_that_of_its_year_and_never_of_another(year: int, amount: str) -> None:
    assert rate_in_words("training_ceiling", year) == (
        "Årligt loft for træningsredskaber, kurser, hjælpere m.v.",
        amount,
    )


def test_an_unknown_rate_is_refused() -> None:
    with pytest.raises(DefinitionError, match="satsen “loft” findes ikke"):
        rate_in_words("loft", 2024)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "barnets lov"', 'nane = "barnets lov"', "act nr. 2: “name” mangler"),
        ('name = "barnets lov"', 'name = "barnets lov"\npage = 3', "act nr. 2: nøglen “page” kendes ikke"),
        ("valid_from = 2024-06-19", 'valid_from = "19. juni 2024"', "consolidation nr. 4: “valid_from” mangler eller"),
        ('title = "Barnets synspunkter"\n', "", "rule nr. 6: “title” mangler"),
        ("\nverified = false", '\nverified = "nej"', "rule nr. 5: “verified” mangler eller er ikke skrevet rigtigt"),
        ('decides = "document_date"', 'decides = "visitdate"', "“decides” skal være document_date eller visit_date"),
        ("[[transition]]", "[[overgang]]", "“overgang” kendes ikke; brug [[act]], [[consolidation]]"),
        ("[[transition]]", "[transition]", "“transition” kendes ikke"),
        ("valid_from = 2016-07-01", "valid_from = den 1. juli", "linje 7: filen er ikke gyldig TOML"),
    ],
)
def test_wrong_data_is_refused_with_its_place(folder: Path, old: str, new: str, words: str) -> None:
    change(folder, "love.toml", old, new)
    with pytest.raises(DefinitionError) as refused:
        law_for(date(2026, 1, 1), None, folder)
    assert str(refused.value).startswith("ret/love.toml")
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kroner = 706600", 'kroner = "mange"', "rate nr. 1, amount nr. 4: “kroner” mangler eller er ikke"),
        ("year = 2024", "aar = 2024", "rate nr. 1, amount nr. 4: nøglen “aar” kendes ikke"),
        ('key = "training_ceiling"', "", "rate nr. 1: “key” mangler"),
    ],
)
def test_a_wrong_rate_is_refused_with_its_place(folder: Path, old: str, new: str, words: str) -> None:
    change(folder, "satser.toml", old, new)
    with pytest.raises(DefinitionError) as refused:
        rate_in_words("training_ceiling", 2024, folder)
    assert str(refused.value).startswith("ret/satser.toml")
    assert words in str(refused.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "love.toml").unlink()
    with pytest.raises(DefinitionError, match=r"Filen ret/love\.toml mangler\."):
        law_for(date(2026, 1, 1), None, folder)
