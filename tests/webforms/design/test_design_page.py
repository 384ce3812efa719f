"""The frame around a page: who, where, which language, and nothing that leads elsewhere."""

import pytest
from flask.testing import FlaskClient
from lxml import html
from style_guide import PAGES

from webforms.design.page import Contact


def choose(client: FlaskClient, language: str, back: str = "/") -> str:
    response = client.post("/sprog", data={"language": language, "back": back})
    assert response.status_code == 303
    return response.headers["Location"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_can_be_shown(path: str, client: FlaskClient) -> None:
    response = client.get(path)
    assert response.status_code == 200
    page = html.fromstring(response.text)
    assert len(page.xpath("//h1")) == 1
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    described = {place for places in page.xpath("//@aria-describedby") for place in places.split()}
    assert described <= set(ids)
    assert {place.removeprefix("#") for place in page.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)
    assert set(page.xpath("//label/@for")) <= set(ids)
    assert page.xpath("//*[@style] | //script[not(@src)] | //style | //@onclick") == []


def test_a_page_tells_who_has_the_case_and_what_happens_next(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/").text)
    panel = page.xpath("//aside[@class='ht-case']")[0].text_content()
    for told in ("Lige nu", "Birgitte Holm", "12 34 56 78", "Det næste", "7. april 2026", "Det kan I regne med"):
        assert told in panel


def test_a_number_can_be_called(client: FlaskClient) -> None:
    assert 'href="tel:12345678"' in client.get("/").text
    assert Contact("x", "+45 12 34 56 78").dialled == "+4512345678"


def test_the_demo_is_unmistakable_and_signing_out_is_a_post_with_a_token(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/").text)
    assert page.xpath("//div[@class='ht-demo']//strong/text()") == ["Demo"]
    forms = page.xpath("//header//form")
    assert [form.get("action") for form in forms] == ["/sprog", "/log-ud"]
    assert [form.xpath("string(input[@name='csrf_token']/@value)") for form in forms] == ["token-for-the-tests"] * 2


def test_the_title_tells_of_mistakes(client: FlaskClient) -> None:
    assert "<title>Jeres del – Testkommune</title>" in client.get("/").text
    assert "<title>Fejl: Felter – Testkommune</title>" in client.get("/felter?tilstand=fejl").text


def test_the_language_is_kept_and_the_visitor_stays_on_the_page(client: FlaskClient) -> None:
    assert choose(client, "en", "/lister?side=2") == "/lister?side=2"
    page = client.get("/lister").text
    assert '<html lang="en">' in page
    assert "Skip to the content" in page
    assert choose(client, "da") == "/"
    assert '<html lang="da">' in client.get("/").text


def test_the_cookie_says_nothing_of_the_person(client: FlaskClient) -> None:
    response = client.post("/sprog", data={"language": "en", "back": "/"})
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("sprog=en; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert (
        "Secure" in client.post("/sprog", data={"language": "en"}, base_url="https://localhost").headers["Set-Cookie"]
    )


@pytest.mark.parametrize("language", ["", "de", "da; x=y", "../da"])
def test_a_language_that_we_have_not_is_refused(language: str, client: FlaskClient) -> None:
    response = client.post("/sprog", data={"language": language})
    assert response.status_code == 400
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "back",
    ["https://ond.dk/", "//ond.dk/", "/\\ond.dk", "\\\\ond.dk", "javascript:alert(1)", "/\r\nX: y", "/\t/ond.dk", ""],
)
def test_choosing_a_language_leads_to_no_other_site(back: str, client: FlaskClient) -> None:
    assert choose(client, "en", back) == "/"


def test_a_cookie_with_nonsense_is_danish(client: FlaskClient) -> None:
    client.set_cookie("sprog", "xx")
    assert '<html lang="da">' in client.get("/").text


def test_official_words_stay_danish_and_are_explained_in_english(client: FlaskClient) -> None:
    choose(client, "en")
    page = html.fromstring(client.get("/afsnit/a/tom").text)
    label = page.xpath("//label[@for='child_name']")[0]
    assert [(part.get("lang"), part.text_content()) for part in label] == [
        ("da", "Barnets navn"),
        ("en", "The child's name"),
    ]
    assert page.xpath("//*[@id='child_name-hint']/text()") == ["First name and last name."]
