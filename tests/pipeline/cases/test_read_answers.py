"""Every refusal at the door names the place in Danish, and never repeats what somebody wrote."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.cases.answers import Answers, GoalOrigin, Role
from pipeline.cases.read_answers import read_answers, read_answers_file
from pipeline.cases.text_at_the_door import MAX_CHARACTERS
from pipeline.cases.values import ChoiceValue, DateValue, TableValue, TextValue
from pipeline.errors import AnswersError, UnreadableFile
from pipeline.tool.definition import Kind, Tool

Raw = dict[str, Any]
Change = Callable[[Raw], object]
WRITTEN = "Hemmelig sætning"


def refusal(raw: object) -> str:
    with pytest.raises(AnswersError) as refused:
        read_answers(raw)
    return str(refused.value)


def first(raw: Raw, key: str) -> Raw:
    """The first contribution to a field."""
    contribution: Raw = raw["answers"][key][0]
    return contribution


def test_the_small_answers_are_read_as_they_stand(raw: Raw) -> None:
    answers = read_answers(raw)
    assert (answers.edition, answers.case_number, answers.visit_number) == ("2018", "DEMO-0901", 2)
    assert answers.document_date == date(2026, 4, 20)
    assert answers.is_fictional
    assert [person.role for person in answers.people[:3]] == [Role.TRAINING_PARENT, Role.PARENT, Role.CHILD]
    assert answers.of("filled_in_on")[0].value == DateValue(date(2026, 3, 1))
    assert answers.of("parents_names")[0].value == TextValue("Ane og Ole Vang")
    assert answers.goals[1].origin is GoalOrigin.ADJUSTED
    assert answers.goals[1].before == "Gå 10 skridt"
    assert answers.not_asked == {"theme_leisure", "relief_need"}
    assert answers.of("siblings") == ()


def test_words_written_down_for_another_keep_both_people(raw: Raw) -> None:
    said = read_answers(raw).of("child_experience")[0]
    assert said.by.id == "mor"
    assert said.on_behalf_of is not None
    assert said.on_behalf_of.id == "barn"


def test_a_choice_keeps_its_reason_and_may_lack_one(raw: Raw) -> None:
    with_reason, without = (c.value for c in read_answers(raw).of("training_extent"))
    assert isinstance(with_reason, ChoiceValue)
    assert (with_reason.choice.label, with_reason.reason) == ("Deltid", "Ni timer om ugen")
    assert isinstance(without, ChoiceValue)
    assert without.reason == ""


def test_an_empty_cell_may_be_left_out(raw: Raw) -> None:
    table = read_answers(raw).of("observations")[0].value
    assert isinstance(table, TableValue)
    assert [cell.as_text() for cell in table.rows[0]] == ["Gang", "Test", "Per Lund", "40 skridt"]
    assert [cell.as_text() for cell in table.rows[1]] == ["Leg", "", "", ""]
    assert table.as_text() == "Hvad: Gang\nHvordan: Test\nAf hvem: Per Lund\nHvad viste det: 40 skridt\n\nHvad: Leg"


def objects_in(raw: Raw) -> dict[str, Callable[[Raw], Raw]]:
    """One object of every shape in the answers, by the place as the message names it."""
    return {
        "Svarene": lambda r: r,
        "Svarene, municipality": lambda r: r["municipality"],
        "Svarene, people nr. 2": lambda r: r["people"][1],
        "Svarene, approval": lambda r: r["approval"],
        "“Navn på forældrene” (parents_names), bidrag nr. 1": lambda r: first(r, "parents_names"),
        "“Hjemmetræning fuldtid/deltid": lambda r: first(r, "training_extent"),
        "“Sundhedsforhold” (theme_health), bidrag nr. 1": lambda r: first(r, "theme_health"),
        "“Aftaler” (agreements), bidrag nr. 1, linje 1": lambda r: first(r, "agreements")["rows"][0],
        "Svarene, goals nr. 2": lambda r: r["goals"][1],
        "Svarene, goals nr. 2, focus nr. 1": lambda r: r["goals"][1]["focus"][0],
        "Svarene, goals nr. 2, attainment nr. 2": lambda r: r["goals"][1]["attainment"][1],
        "Svarene, enclosures nr. 1": lambda r: r["enclosures"][0],
        "Svarene, earlier_visits nr. 1": lambda r: r["earlier_visits"][0],
        "Svarene, earlier_visits nr. 1, grades nr. 2": lambda r: r["earlier_visits"][0]["grades"][1],
        "Svarene, events nr. 1": lambda r: r["events"][0],
    }


PLACES = tuple(objects_in({}))


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_key_is_refused_wherever_it_stands(raw: Raw, place: str) -> None:
    objects_in(raw)[place](raw)["tekst"] = "svar"
    message = refusal(raw)
    assert message.startswith(place)
    assert "“tekst” kendes ikke. Ret navnet, eller fjern det." in message


def test_an_unknown_field_is_refused_with_the_edition(raw: Raw) -> None:
    raw["answers"]["childs_name"] = [{"by": "mor", "at": "2026-03-01T20:15:00+01:00", "text": "Mo"}]
    assert refusal(raw) == "Svarene: feltet “childs_name” findes ikke i udgave 2018. Ret navnet."


REFUSED: list[tuple[str, Change, str]] = [
    ("a format of another kind", lambda r: r.update(format="svar-2"), "format skal være “hjemmetilsyn-svar-1”"),
    ("an edition that is not there", lambda r: r.update(edition="1999"), "Svarene, edition: værdien kendes ikke; brug"),
    ("no edition named", lambda r: r.update(edition=""), "Svarene, edition: værdien kendes ikke; brug en af: 2018"),
    ("a case without a number", lambda r: r.pop("case_number"), "Svarene, case_number: mangler"),
    ("a visit number in words", lambda r: r.update(visit_number="to"), "Svarene, visit_number: skal være et helt tal"),
    ("a visit number of true", lambda r: r.update(visit_number=True), "Svarene, visit_number: skal være et helt tal"),
    ("fictional in words", lambda r: r.update(fictional="ja"), "Svarene, fictional: skal være true eller false"),
    (
        "an unknown kind of visit",
        lambda r: r.update(visit_kind="hjemme"),
        "visit_kind: værdien kendes ikke; brug en af",
    ),
    (
        "a date in words",
        lambda r: r.update(document_date="i går"),
        "document_date: er ikke en dato; skriv den som 2026",
    ),
    ("people that are no list", lambda r: r.update(people={}), "Svarene, people: skal være en liste"),
    (
        "a person that is no object",
        lambda r: r["people"].append("far"),
        "Svarene, people nr. 6: her skal stå et objekt",
    ),
    ("a person without a name", lambda r: r["people"][1].pop("name"), "Svarene, people nr. 2, name: mangler"),
    ("an unknown role", lambda r: r["people"][1].update(role="onkel"), "people nr. 2, role: værdien kendes ikke"),
    (
        "two people with one id",
        lambda r: r["people"][1].update(id="mor"),
        "people nr. 2, id: en anden person har samme",
    ),
    ("methods in one text", lambda r: r["approval"].update(methods="Leg"), "approval, methods: skal være en liste"),
    ("a goal that is a number", lambda r: r["approval"].update(goals=[3]), "approval, goals: skal være en liste af"),
    ("answers that are a list", lambda r: r.update(answers=[]), "Svarene, answers: her skal stå et objekt"),
    ("an answer that is no list", lambda r: r["answers"].update(email="x"), "Svarene, email: et svar er en liste af"),
    ("an answer that is null", lambda r: r["answers"].update(email=None), "Svarene, email: et svar er en liste af"),
    (
        "a contribution that is a text",
        lambda r: r["answers"].update(email=["x"]),
        "(email), bidrag nr. 1: her skal stå",
    ),
    (
        "an unknown writer",
        lambda r: first(r, "conclusion").update(by="moster"),
        "by: personen står ikke under “people”",
    ),
    (
        "an unknown person spoken for",
        lambda r: first(r, "conclusion").update(on_behalf_of="moster"),
        "(conclusion), bidrag nr. 1, on_behalf_of: personen står ikke under “people”",
    ),
    ("no writer", lambda r: first(r, "conclusion").pop("by"), "(conclusion), bidrag nr. 1, by: mangler"),
    (
        "a moment without time zone",
        lambda r: first(r, "conclusion").update(at="2026-03-01T20:15:00"),
        "(conclusion), bidrag nr. 1, at: tidspunktet mangler tidszone; skriv det som",
    ),
    (
        "a moment in words",
        lambda r: first(r, "conclusion").update(at="kl. 8"),
        "at: er ikke et tidspunkt; skriv det som",
    ),
    (
        "a moment that no calendar reaches",
        lambda r: first(r, "conclusion").update(at="0001-01-01T00:00:00+14:00"),
        "(conclusion), bidrag nr. 1, at: året skal ligge mellem 1900 og 2199",
    ),
    ("no text", lambda r: first(r, "conclusion").pop("text"), "(conclusion), bidrag nr. 1: “text” mangler"),
    (
        "a text that is a number",
        lambda r: first(r, "conclusion").update(text=7),
        "“text” mangler eller er ikke en tekst",
    ),
    ("a date for a text", lambda r: first(r, "conclusion").update(date="2026-01-01"), "“date” kendes ikke"),
    (
        "a date that is none",
        lambda r: first(r, "visit_date").update(date="2026-02-30"),
        "teksten er ikke en dato. Skriv",
    ),
    (
        "an unknown choice",
        lambda r: first(r, "training_extent").update(choice="x"),
        "Vælg en af: full_time (Fuldtid), ",
    ),
    (
        "a table without rows",
        lambda r: first(r, "agreements").pop("rows"),
        "bidrag nr. 1: “rows” mangler eller er ikke",
    ),
    (
        "a row that is a text",
        lambda r: first(r, "agreements").update(rows=["x"]),
        "linje 1: en linje skal have navngivne",
    ),
    (
        "a cell that is no date",
        lambda r: first(r, "agreements")["rows"][0].update(deadline="snart"),
        "“Aftaler” (agreements), bidrag nr. 1, linje 1, Hvornår: teksten er ikke en dato",
    ),
    (
        "a cell that is no choice",
        lambda r: first(r, "observations")["rows"][0].update(how="se"),
        "linje 1, Hvordan: svaret er ikke en af mulighederne. Vælg en af: observation (Observation), test (Test)",
    ),
    (
        "a cell that is null",
        lambda r: first(r, "agreements")["rows"][0].update(who=None),
        "linje 1, Hvem: “text” mangler",
    ),
    (
        "the plan as a field",
        lambda r: r["answers"].update(tids_og_faseplan=[]),
        "skal stå under “goals”, ét mål ad gangen",
    ),
    (
        "an unknown goal type",
        lambda r: r["goals"][0].update(goal_type="x"),
        "goals nr. 1, goal_type: værdien kendes ikke",
    ),
    (
        "an unknown grade",
        lambda r: r["goals"][0]["attainment"][0].update(choice="x"),
        "attainment nr. 1, choice: værdien",
    ),
    ("an unknown origin", lambda r: r["goals"][0].update(origin="gammelt"), "goals nr. 1, origin: værdien kendes ikke"),
    ("one id for two goals", lambda r: r["goals"][1].update(id="tale"), "goals nr. 2: et andet mål har samme id"),
    (
        "a theme that cannot be skipped",
        lambda r: r["not_asked"].append("email"),
        "not_asked: nr. 3 er ikke et felt, der",
    ),
    ("a theme that is not there", lambda r: r["not_asked"].append("tema"), "Svarene, not_asked: nr. 3 er ikke et felt"),
    (
        "an unknown event",
        lambda r: r["events"][0].update(type="x"),
        "events nr. 1, type: værdien kendes ikke; brug en af",
    ),
    (
        "a deadline that is none",
        lambda r: r["events"][1].update(deadline="x"),
        "events nr. 2, deadline: er ikke en dato",
    ),
    ("an event by nobody known", lambda r: r["events"][0].update(by="x"), "events nr. 1, by: personen står ikke under"),
]


@pytest.mark.parametrize(("change", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_wrong_is_refused_with_its_place(raw: Raw, change: Change, words: str) -> None:
    change(raw)
    assert words in refusal(raw)


def test_a_drawn_field_refuses_to_be_typed(raw: Raw, tool: Tool) -> None:
    drawn = [field.key for field in tool.fields if field.kind is Kind.DRAWN]
    assert len(drawn) == 4
    for key in drawn:
        raw["answers"][key] = [{"by": "mor", "at": "2026-03-01T20:15:00+01:00"}]
        assert f"({key}), bidrag nr. 1: feltet kommer af sig selv fra sagen og kan ikke udfyldes" in refusal(raw)
        del raw["answers"][key]


@pytest.mark.parametrize("value", [None, [], "svar", 3, True])
def test_answers_that_are_no_object_are_refused(value: object) -> None:
    assert refusal(value) == "Svarene: her skal stå et objekt med navngivne værdier."


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\ud800", "U+D800"),
        ("\udfff", "U+DFFF"),
        ("\ufffe", "U+FFFE"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_a_character_that_no_document_can_hold_is_refused_with_its_place(raw: Raw, character: str, name: str) -> None:
    first(raw, "conclusion")["text"] = f"Det\r\ngår{character}godt"
    message = refusal(raw)
    assert message.startswith(f"“Samlet konklusion” (conclusion), bidrag nr. 1: tegn nr. 8 ({name}")
    assert "Slet tegnet, og prøv igen." in message


def test_a_text_may_be_long_but_not_longer_than_there_is_room_for(raw: Raw) -> None:
    first(raw, "conclusion")["text"] = "a" * MAX_CHARACTERS
    assert read_answers(raw).of("conclusion")[0].value == TextValue("a" * MAX_CHARACTERS)
    first(raw, "conclusion")["text"] += "b"
    assert "teksten er på 100001 tegn. Der er plads til 100000. Læg den lange tekst i et bilag" in refusal(raw)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to everything in decoded JSON that is not an object or a list."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def with_leaf(raw: Raw, path: tuple[str | int, ...], value: object) -> Raw:
    changed = copy.deepcopy(raw)
    inner: Any = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def attempt(raw: Raw) -> str:
    """The refusal, or nothing where the answers were read; anything but a refusal ends the test."""
    try:
        read_answers(raw)
    except AnswersError as error:
        return str(error)
    return ""


def test_no_refusal_repeats_what_somebody_wrote(raw: Raw) -> None:
    texts = (WRITTEN, f"{WRITTEN}\x00", WRITTEN * 7000)
    messages = [attempt(with_leaf(raw, path, text)) for path in leaves(raw) for text in texts]
    assert len([message for message in messages if message]) > 200
    assert [message for message in messages if WRITTEN in message] == []


def test_a_value_of_any_other_kind_is_refused_and_never_breaks_the_door(raw: Raw) -> None:
    strange: tuple[object, ...] = (None, 7, -1.5, float("nan"), [], {}, [None], {"text": {}}, [[[]]])
    for path in leaves(raw):
        accepted = [value for value in strange if not attempt(with_leaf(raw, path, value))]
        assert accepted in ([], [7]), path
        assert accepted == [] or path == ("visit_number",)


@pytest.mark.parametrize("key", ["a\x1b[31m", "\ud800", "x" * 5000, "to\nlinjer"])
def test_a_strange_name_of_a_key_is_shown_short_and_plain(raw: Raw, key: str) -> None:
    for place in PLACES:
        changed = copy.deepcopy(raw)
        objects_in(changed)[place](changed)[key] = "x"
        message = refusal(changed)
        assert message.isprintable()
        assert len(message) < 300
    raw["answers"][key] = []
    assert refusal(raw).isprintable()


def test_no_message_shows_a_slot_of_the_definition(raw: Raw) -> None:
    first(raw, "condition_wellbeing").pop("choice")
    message = refusal(raw)
    assert "(loven, stk. 1, nr. 1)” (condition_wellbeing)" in message
    assert "{" not in message


def file_with(folder: Path, content: bytes) -> Path:
    path = folder / "svar.json"
    path.write_bytes(content)
    return path


def test_a_file_of_answers_is_read(raw: Raw, tmp_path: Path) -> None:
    answers: Answers = read_answers_file(file_with(tmp_path, json.dumps(raw).encode()))
    assert answers == read_answers(raw)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = file_with(tmp_path, b'{"answers": {"email": [], "email": []}}')
    with pytest.raises(AnswersError, match=r"“email” står to gange samme sted\. Saml de to til ét\."):
        read_answers_file(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "er ikke gyldig JSON (linje 1, tegn 1). Ret stedet."),
        (b'{\n "format": ja}', "er ikke gyldig JSON (linje 2, tegn 12). Ret stedet."),
        (b'{"case_number": "\xe6\xf8\xe5"}', "er ikke UTF-8. Gem den som UTF-8."),
        (b"[" * 100_000, "er indlejret for dybt."),
        (b'{"visit_number": ' + b"9" * 5000 + b"}", "et tal i den er for langt."),
        (b"%PDF-1.7\n", "er ikke gyldig JSON (linje 1, tegn 1). Ret stedet."),
    ],
    ids=["empty", "not JSON", "not UTF-8", "nested too deep", "endless number", "a PDF"],
)
def test_a_file_that_holds_no_answers_cannot_be_read(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_answers_file(file_with(tmp_path, content))
    assert str(refused.value).startswith("Filen svar.json ")
    assert str(refused.value).endswith(words)


def test_a_file_that_is_not_there_or_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"Filen væk\.json findes ikke\. Ret navnet\."):
        read_answers_file(tmp_path / "væk.json")
    with pytest.raises(UnreadableFile, match=r"kan ikke læses\. Se, om det er en fil"):
        read_answers_file(tmp_path)


def test_nesting_below_the_limit_is_refused_as_any_other_wrong_value(raw: Raw, tmp_path: Path) -> None:
    raw["answers"]["email"] = json.loads("[" * 500 + "]" * 500)
    with pytest.raises(AnswersError, match=r"bidrag nr\. 1: her skal stå et objekt"):
        read_answers_file(file_with(tmp_path, json.dumps(raw).encode()))


def test_moments_keep_their_time_zone(raw: Raw) -> None:
    assert read_answers(raw).of("visit_date")[0].at == datetime.fromisoformat("2026-04-01T08:00:00+00:00")
