"""Whose files a person sees: the own household's, what helpers have handed in, and nothing of the other home."""

import io
from collections.abc import Callable
from urllib.parse import quote

import pytest
from demo_family import (
    APART,
    CASEWORKER,
    FATHER,
    FATHER_APART,
    METHOD_PROVIDER,
    MOTHER,
    MOTHER_APART,
    REPRESENTATIVE,
    SCHOOL,
    SCHOOL_APART,
    TOGETHER,
    Person,
    links_of,
)
from fixtures.uploads import pictures

from pipeline.cases.record.visit_events import SectionHandedIn
from webforms.services import Services

Someone = Callable[[str, str], Person]


def _sent(sender: Person, title: str) -> str:
    """The address of a file that somebody has just sent."""
    photo = (io.BytesIO(pictures.photo(32, 24)), "IMG.jpg")
    assert sender.send([photo], titel=title).status_code == 303
    return links_of(sender.page())[title]


def _status(reader: Person, address: str) -> int:
    return reader.browser.get(address).status_code


def test_a_household_shares_what_one_of_it_has_sent(someone: Someone) -> None:
    address = _sent(someone(TOGETHER, MOTHER), "Fra mor til huset")
    assert _status(someone(TOGETHER, FATHER), address) == 200
    assert "Fra mor til huset" in links_of(someone(TOGETHER, FATHER).page())
    assert _status(someone(TOGETHER, CASEWORKER), address) == 200
    for helper in (METHOD_PROVIDER, SCHOOL):
        assert _status(someone(TOGETHER, helper), address) == 404
        assert "Fra mor til huset" not in someone(TOGETHER, helper).page()


def test_the_other_home_sees_nothing_of_it(someone: Someone) -> None:
    address = _sent(someone(APART, FATHER_APART), "Fra fars hjem")
    mother = someone(APART, MOTHER_APART)
    assert _status(mother, address) == 404
    assert "Fra fars hjem" not in mother.page()
    assert _status(someone(APART, REPRESENTATIVE), address) == 200


def test_what_a_helper_sends_reaches_parents_when_it_is_handed_in(someone: Someone, services: Services) -> None:
    helper = someone(TOGETHER, METHOD_PROVIDER)
    address = _sent(helper, "Fra metodegiveren")
    mother = someone(TOGETHER, MOTHER)
    assert _status(mother, address) == 404
    assert _status(someone(TOGETHER, CASEWORKER), address) == 200
    _hand_in(services, helper.case_id, METHOD_PROVIDER, "b")
    assert _status(mother, address) == 200
    assert "Fra metodegiveren" in links_of(mother.page())
    assert _status(someone(TOGETHER, SCHOOL), address) == 404


def test_where_an_address_is_protected_a_helpers_file_stays_with_the_municipality(
    someone: Someone, services: Services
) -> None:
    school = someone(APART, SCHOOL_APART)
    address = _sent(school, "Fra skolen")
    _hand_in(services, school.case_id, SCHOOL_APART, "c")
    assert _status(someone(APART, MOTHER_APART), address) == 404
    assert _status(someone(APART, "medarbejder-03"), address) == 200


def test_what_the_municipality_keeps_is_not_a_parents(someone: Someone) -> None:
    address = _sent(someone(TOGETHER, CASEWORKER), "Internt notat")
    assert _status(someone(TOGETHER, MOTHER), address) == 404


def test_the_file_of_another_case_is_not_there(someone: Someone) -> None:
    here, there = someone(TOGETHER, MOTHER), someone(APART, MOTHER_APART)
    file_id = _sent(there, "I en anden sag").rpartition("/")[2]
    assert _status(here, f"/sager/{here.case_id}/fil/{file_id}") == 404
    assert _status(here, f"/sager/{there.case_id}/fil/{file_id}") == 404
    assert _status(here, f"/sager/{here.case_id}/fil/findes-ikke") == 404


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Træning, marts", "Træning, marts.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ('a"; filename="ond.exe', "a__ filename=_ond.exe.jpg"),
        ("Rapport 2.1 endelig", "Rapport 2.1 endelig.jpg"),
        ("IMG_0001.HEIC", "IMG_0001.jpg"),
    ],
)
def test_a_download_is_saved_under_its_title_and_never_shown(someone: Someone, title: str, name: str) -> None:
    mother = someone(TOGETHER, MOTHER)
    answer = mother.browser.get(_sent(mother, title))
    headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert headers["Content-Disposition"].endswith(f"filename*=UTF-8''{quote(name, safe='')}")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "image/jpeg"
    assert int(headers["Content-Length"]) == len(answer.data)
    assert headers["Cache-Control"] == "no-store"


def test_a_file_that_is_damaged_on_the_disk_is_a_page_that_says_so(someone: Someone, services: Services) -> None:
    mother = someone(TOGETHER, MOTHER)
    address = _sent(mother, "Snart beskadiget")
    folder = services.private.parents[1] / "filer"
    newest = max(folder.glob("??/*"), key=lambda path: path.stat().st_mtime_ns)
    whole = newest.read_bytes()
    newest.write_bytes(whole[:-1])
    answer = mother.browser.get(address)
    newest.write_bytes(whole)
    assert answer.status_code == 404
    assert "Filen er beskadiget på serverens disk" in answer.text


def test_every_file_of_the_demo_is_handed_out_with_its_extension(someone: Someone) -> None:
    caseworker = someone(TOGETHER, CASEWORKER)
    for address in links_of(caseworker.page()).values():
        answer = caseworker.browser.get(address)
        assert answer.status_code == 200
        assert "." in answer.headers["Content-Disposition"].rpartition("'")[2]


def _hand_in(services: Services, case_id: str, person: str, section: str) -> None:
    visit = list(services.store.cases.case(case_id).visits)[-1]
    services.store.cases.append(case_id, [SectionHandedIn(visit, section, person)], person, "part.hand_in")
