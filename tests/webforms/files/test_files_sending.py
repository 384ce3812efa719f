"""Files that are sent to a case: what is taken, what is refused in words, and that one does not hold back another."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from demo_family import CASEWORKER, MOTHER, TOGETHER, Person, links_of, sign_in, words_of
from fixtures.uploads import pictures
from flask import Flask
from PIL import Image
from urllib3 import encode_multipart_formdata
from werkzeug.test import TestResponse

from pipeline.intake.gateway import Gateway, IntakeSettings
from pipeline.intake.kinds import MOST_BYTES
from webforms.app import create_app
from webforms.public.demo_room import DemoRoom
from webforms.services import Services
from webforms.settings import Settings

Someone = Callable[[str, str], Person]
_PROGRAM = b"MZ" + bytes(2000)


@pytest.fixture
def mother(someone: Someone) -> Person:
    return someone(TOGETHER, MOTHER)


def _photo(name: str = "IMG_0001.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(pictures.photo(64, 48)), name


def _send_large(sender: Person, name: str, content: bytes) -> TestResponse:
    """Flask's test client would leave a temporary file of its own open."""
    fields = {"csrf_token": sender.token, "filer": (name, content, "image/jpeg")}
    body, kind = encode_multipart_formdata(fields)
    return sender.browser.post(sender.files, input_stream=io.BytesIO(body), content_type=kind)


def test_a_photo_comes_in_without_its_position_and_the_sender_is_told(mother: Person) -> None:
    answer = mother.send([_photo()], titel="Øvelse ved bordet")
    assert answer.status_code == 303
    page = mother.browser.get(answer.headers["Location"]).text
    assert "Tak, filen er modtaget." in words_of(page)
    assert "fx hvor det er taget, er væk" in words_of(page)
    kept = mother.browser.get(links_of(page)["Øvelse ved bordet"])
    with Image.open(io.BytesIO(kept.data)) as picture:
        assert picture.size == (64, 48)
        assert not picture.getexif()


def test_a_refused_file_is_named_with_its_reason_and_the_other_is_kept(mother: Person) -> None:
    answer = mother.send([_photo("god.jpg"), (io.BytesIO(_PROGRAM), "spil.exe")])
    assert answer.status_code == 422
    assert "spil.exe: Filen er et program og kan ikke sendes. Vælg en anden fil." in words_of(answer.text)
    assert "Tak, filen er modtaget." in words_of(answer.text)
    assert "god.jpg" in links_of(answer.text)
    assert "spil.exe" not in links_of(mother.page())


def test_a_file_that_is_too_large_for_its_kind_is_refused_with_the_limit(mother: Person) -> None:
    large = pictures.photo(64, 48) + bytes(26 * 1024**2)
    answer = _send_large(mother, "stort.jpg", large)
    assert answer.status_code == 422
    assert "stort.jpg: Filen fylder for meget. Den må fylde højst 25 MB." in words_of(answer.text)


def test_more_than_the_address_takes_is_refused_before_it_is_read(mother: Person) -> None:
    body = io.BytesIO(b"--x\r\n")
    answer = mother.browser.post(
        mother.files,
        input_stream=body,
        headers={"Content-Type": "multipart/form-data; boundary=x"},
        environ_overrides={"CONTENT_LENGTH": str(MOST_BYTES + 10**6)},
    )
    assert answer.status_code == 413
    assert "Der blev sendt for meget" in answer.text
    assert body.tell() == 0


def test_nothing_chosen_is_told_and_the_title_stays(mother: Person) -> None:
    for files in ([], [(io.BytesIO(b""), "")]):
        answer = mother.send(files, titel="Gåtur i skoven")
        assert answer.status_code == 422
        assert "Du har ikke valgt en fil" in answer.text
        assert 'value="Gåtur i skoven"' in answer.text


def test_an_empty_file_is_refused(mother: Person) -> None:
    assert "tom.jpg: Filen er tom." in words_of(mother.send([(io.BytesIO(b""), "tom.jpg")]).text)


def test_more_than_ten_at_once_are_taken_up_to_the_tenth(someone: Someone) -> None:
    sender = someone(TOGETHER, CASEWORKER)
    answer = sender.send([(io.BytesIO(b""), f"{number}.jpg") for number in range(12)])
    said = words_of(answer.text)
    assert "Send højst 10 filer ad gangen. De sidste 2 er ikke sendt." in said
    assert "9.jpg: Filen er tom." in said
    assert "10.jpg:" not in said


def test_several_files_with_one_title_are_told_apart(mother: Person) -> None:
    answer = mother.send([_photo("a.jpg"), _photo("b.jpg")], titel="To billeder")
    assert answer.status_code == 303
    page = mother.browser.get(answer.headers["Location"]).text
    assert "Tak, 2 filer er modtaget." in words_of(page)
    assert {"To billeder (1)", "To billeder (2)"} <= links_of(page).keys()


def test_a_title_can_neither_become_a_page_nor_turn_the_line_around(mother: Person) -> None:
    mother.send([_photo()], titel="<script>alert(1)</script>")
    mother.send([_photo("gpj.\u202eexe.jpg")])
    page = mother.page()
    assert "<script>alert(1)" not in page
    assert "<script>alert(1)</script>" in links_of(page)
    assert "\u202e" not in page
    assert "gpj.\ufffdexe.jpg" in links_of(page)


def test_a_file_laid_to_a_goal_stays_with_it_and_leads_back(mother: Person, services: Services) -> None:
    case = services.store.cases.case(mother.case_id)
    visit = list(case.visits.values())[-1]
    laid = {"besoeg": visit.id, "plads": f"goal/{visit.plan[0].id}/attainment", "til": f"{mother.files}?fra=plan"}
    refused = mother.send([(io.BytesIO(_PROGRAM), "x.exe")], titel="Skridt", **laid)
    for name, value in laid.items():
        assert f'name="{name}" value="{value}"' in refused.text
    answer = mother.send([_photo()], titel="Skridt", **laid)
    assert answer.headers["Location"] == laid["til"]
    kept = next(
        k.document for k in services.store.cases.case(mother.case_id).documents.values() if k.document.title == "Skridt"
    )
    assert (kept.visit, kept.slot) == (laid["besoeg"], laid["plads"])


def test_a_forged_place_or_way_back_is_left_out(mother: Person, services: Services) -> None:
    forged = {"besoeg": "besoeg-99", "plads": "goal/findes-ikke/attainment", "til": "//evil.example/"}
    answer = mother.send([_photo()], titel="Forfalsket", **forged)
    assert answer.headers["Location"].startswith(("/", "/sager/"))
    assert "evil.example" not in answer.headers["Location"]
    case = services.store.cases.case(mother.case_id)
    kept = next(k.document for k in case.documents.values() if k.document.title == "Forfalsket")
    assert (kept.visit, kept.slot) == (list(case.visits)[-1], "")


def test_nothing_is_left_in_the_folder_of_files_on_their_way(mother: Person, services: Services) -> None:
    mother.send([_photo(), (io.BytesIO(_PROGRAM), "x.exe")])
    assert [path.name for path in services.private.iterdir()] == [".i-brug"]


def test_a_full_disk_is_told_in_danish_with_the_title_still_there(
    settings: Settings, services: Services, tmp_path: Path
) -> None:
    """The folder for files on their way is gone, as on a disk that has failed."""
    broken = replace(services, private=tmp_path / "findes-ikke")
    with DemoRoom.of(settings) as demo:
        mother = sign_in(create_app(settings, broken, demo), services.store, TOGETHER, MOTHER)
        answer = mother.send([_photo()], titel="Gåtur i regn")
    assert answer.status_code == 503
    assert "IMG_0001.jpg: Filen kan ikke gemmes lige nu. Vælg den igen" in words_of(answer.text)
    assert 'value="Gåtur i regn"' in answer.text
    assert "Gåtur i regn" not in links_of(mother.page())


def test_a_large_file_waits_in_the_private_folder_and_nowhere_else(
    settings: Settings, services: Services, tmp_path: Path
) -> None:
    """Where that folder cannot take it, it is refused before anything else is done, and told in Danish."""
    broken = replace(services, private=tmp_path / "findes-ikke")
    with DemoRoom.of(settings) as demo:
        mother = sign_in(create_app(settings, broken, demo), services.store, TOGETHER, MOTHER)
        answer = _send_large(mother, "stort.jpg", pictures.photo(64, 48) + bytes(1024**2))
    assert answer.status_code == 503
    assert "Der er ikke plads til filen lige nu. Intet er gemt." in answer.text


def test_when_many_send_at_once_the_next_is_asked_to_wait(settings: Settings, services: Services) -> None:
    full = replace(services, gateway=Gateway(IntakeSettings(at_once=0, patience=0.01)))
    with DemoRoom.of(settings) as demo:
        mother = sign_in(create_app(settings, full, demo), services.store, TOGETHER, MOTHER)
        assert "Mange sender filer lige nu." in words_of(mother.send([_photo()]).text)


def test_whoever_may_not_send_is_shown_no_form(someone: Someone, app: Flask) -> None:
    manager = someone(TOGETHER, "medarbejder-14")
    assert 'type="file"' not in manager.page()
    assert manager.send([_photo()]).status_code == 403
