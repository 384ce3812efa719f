"""Answers with something wrong in them are refused in Danish, and the refusal names the place."""

import pytest
from raw_answers import PLACES, Change, Raw, first, objects_in, refusal

from pipeline.tool.definition import Kind, Tool

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


@pytest.mark.parametrize("place", PLACES)
def test_an_unknown_key_is_refused_wherever_it_stands(raw: Raw, place: str) -> None:
    objects_in(raw)[place](raw)["tekst"] = "svar"
    message = refusal(raw)
    assert message.startswith(place)
    assert "“tekst” kendes ikke. Ret navnet, eller fjern det." in message


def test_an_unknown_field_is_refused_with_the_edition(raw: Raw) -> None:
    raw["answers"]["childs_name"] = [{"by": "mor", "at": "2026-03-01T20:15:00+01:00", "text": "Mo"}]
    assert refusal(raw) == "Svarene: feltet “childs_name” findes ikke i udgave 2018. Ret navnet."
