"""A new case: everything that is needed on one page, and what is doubtful asked about once more."""

from access_cast import CHILD_CPR, OWN_TEAM
from offices import Office

from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Place
from pipeline.store.clock import new_id
from webforms.identity.roles import Role

# Not real: serial numbers that break the old check rule, on days that nobody is given them for.
CHILD, MOTHER, FATHER = "0106186007", "0107886008", "0108856009"


def _typed() -> dict[str, str]:
    return {
        "number": f"NY-{new_id()[:8]}",
        "team": OWN_TEAM,
        "child_name": "Ny Opdigtsen",
        "child_cpr": CHILD,
        "cpr_checked": "1",
        "name_1": "Mor Opdigtsen",
        "cpr_1": MOTHER,
        "authority_1": "ja",
        "trains_1": "1",
        "access_1": "1",
        "name_2": "Far Opdigtsen",
        "cpr_2": FATHER,
        "authority_2": "ja",
        "protected_2": "1",
        "address_2": "Skjult 1",
        "home": "hver",
    }


def _opened(office: Office, typed: dict[str, str]) -> Case:
    found = office.services.store.lists.find_number(typed["number"])
    assert found is not None
    return office.services.store.cases.case(found.id)


def test_a_case_is_opened_with_child_parents_and_caseworker(office: Office) -> None:
    desk, typed = office.at_desk(Role.CASEWORKER), _typed()
    answer = desk.post("/sager/ny", typed)
    assert answer.status_code == 303
    case, today = _opened(office, typed), office.services.today()
    assert case.child is not None
    assert case.child.name == "Ny Opdigtsen"
    places = sorted(str(s.place) for s in case.standings_on(today))
    assert places == ["caseworker", "child", "parental_authority", "parental_authority", "training_parent"]
    homes = {s.person_id: s.household for s in case.standings_on(today, Place.PARENTAL_AUTHORITY)}
    assert len(set(homes.values())) == 2
    assert len(case.access) == 1
    front = desk.go(answer.headers["Location"]).text
    assert "Nogen venter på, at du tager stilling" in front
    assert "Registrér godkendelsen" in front


def test_parents_of_one_home_answer_with_one_voice(office: Office) -> None:
    typed = {**_typed(), "home": "sammen"}
    assert office.at_desk(Role.CASEWORKER).post("/sager/ny", typed).status_code == 303
    assert len({s.household for s in _opened(office, typed).standings.values() if s.place.is_parent}) == 1


def test_everything_typed_stays_where_something_is_missing(office: Office) -> None:
    typed = {**_typed(), "child_cpr": "32", "home": ""}
    answer = office.at_desk(Role.CASEWORKER).post("/sager/ny", typed)
    assert answer.status_code == 422
    for value in ("Ny Opdigtsen", MOTHER, FATHER, "Skjult 1", 'value="32"', typed["number"]):
        assert value in answer.text, value
    assert 'href="#child_cpr"' in answer.text
    assert 'href="#home"' in answer.text


def test_a_child_that_has_a_case_is_noticed(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    typed = {**_typed(), "child_cpr": CHILD_CPR, "cpr_checked": ""}
    answer = desk.post("/sager/ny", typed)
    assert answer.status_code == 422
    assert "Barnet har allerede en sag: DEMO-" in answer.text


def test_of_another_teams_case_only_the_team_is_told(office: Office) -> None:
    typed = {**_typed(), "child_cpr": "0101166003", "cpr_checked": ""}
    answer = office.at_desk(Role.CASEWORKER).post("/sager/ny", typed)
    assert answer.status_code == 422
    assert "Barnet har allerede en sag hos vest" in answer.text
    assert "DEMO-foreign" not in answer.text


def test_a_number_is_used_once_and_is_never_a_cpr_number(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    taken = desk.post("/sager/ny", {**_typed(), "number": office.case.number})
    assert taken.status_code == 422
    assert "allerede en sag med det nummer" in taken.text
    telling = desk.post("/sager/ny", {**_typed(), "number": CHILD})
    assert telling.status_code == 422
    assert "Det ligner et CPR-nummer" in telling.text


def test_somebody_must_hold_parental_authority(office: Office) -> None:
    answer = office.at_desk(Role.CASEWORKER).post("/sager/ny", {**_typed(), "authority_1": "nej", "authority_2": "nej"})
    assert answer.status_code == 422
    assert "Ingen af dem har forældremyndighed" in answer.text


def test_one_number_does_not_stand_for_two_people(office: Office) -> None:
    answer = office.at_desk(Role.CASEWORKER).post("/sager/ny", {**_typed(), "cpr_2": MOTHER})
    assert answer.status_code == 422
    assert "står to steder" in answer.text
