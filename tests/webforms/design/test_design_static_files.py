"""Style, scripts, icons and fonts as they leave the server."""

import gzip
import hashlib
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webforms.design.static_files import FOLDER, StaticFiles


@pytest.fixture(scope="module")
def files() -> StaticFiles:
    return StaticFiles()


def addresses(client: FlaskClient) -> list[str]:
    page = client.get("/").text
    return re.findall(r'(?:href|src)="(/static/design/[^"]+)"', page)


def test_every_file_of_a_page_is_there_and_may_be_kept_for_a_year(client: FlaskClient) -> None:
    found = addresses(client)
    assert len(found) == 5
    for address in found:
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in response.headers


def test_a_browser_that_can_unpack_gets_it_packed(client: FlaskClient, files: StaticFiles) -> None:
    style = next(address for address in addresses(client) if address.endswith("dkfds.min.css"))
    packed = client.get(style, headers={"Accept-Encoding": "br, gzip"})
    plain = client.get(style, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data == files["dkfds/css/dkfds.min.css"].content
    assert "Content-Encoding" not in plain.headers


def test_what_has_another_digest_is_not_kept(client: FlaskClient) -> None:
    response = client.get("/static/design/000000000000/hjemmetilsyn/start.js")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "name", ["dkfds/README.md", "dkfds/LICENSE.md", "../install.py", "..%2finstall.py", "nej.css", "dkfds/", "dkfds"]
)
def test_nothing_else_is_handed_out(name: str, client: FlaskClient, files: StaticFiles) -> None:
    assert client.get(f"/static/design/{files.digest}/{name}").status_code == 404


def test_the_digest_changes_with_any_file(tmp_path: Path, files: StaticFiles) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "static"))
    assert StaticFiles(copy).digest == files.digest
    with (copy / "dkfds/img/svg-icons/check.svg").open("a") as icon:
        icon.write(" ")
    assert StaticFiles(copy).digest != files.digest


def test_an_unknown_file_or_icon_in_a_template_is_a_fault(guide: Flask) -> None:
    with guide.test_request_context():
        for source in ('{{ static_url("nej.css") }}', '{{ icon("nej") }}'):
            with pytest.raises(KeyError):
                guide.jinja_env.from_string(source).render()


def test_every_file_that_our_style_asks_for_is_there(files: StaticFiles) -> None:
    style = files["hjemmetilsyn/hjemmetilsyn.css"].content.decode()
    asked = re.findall(r'url\("\.\./([^"]+)"\)', style)
    assert len(asked) == 9
    assert [name for name in asked if files.find(name) is None] == []


def test_the_designsystem_asks_for_no_icon_or_letters_that_are_missing(files: StaticFiles) -> None:
    style = files["dkfds/css/dkfds.min.css"].content.decode()
    asked = set(re.findall(r"url\(\.\./((?:img/svg-icons|fonts)/[^)]+)\)", style))
    assert len(asked) > 100
    assert [name for name in asked if files.find(f"dkfds/{name}") is None] == []


def test_nothing_is_fetched_from_elsewhere(files: StaticFiles) -> None:
    own = ("hjemmetilsyn/hjemmetilsyn.css", "hjemmetilsyn/start.js", "hjemmetilsyn/autosave.js")
    for name in ("dkfds/css/dkfds.min.css", *own):
        assert not re.search(rb"url\([\"']?(https?:)?//|@import", files[name].content)
    assert b"Storage" not in files["hjemmetilsyn/autosave.js"].content


def test_no_logo_of_another_is_shipped() -> None:
    assert [path.name for path in FOLDER.rglob("*") if "logo" in path.name] == []


def test_the_designsystem_is_as_its_readme_makes_it() -> None:
    """Changed on purpose? Then by renewing it, see its README, and with these digests."""
    digest = {name: hashlib.sha256((FOLDER / "dkfds" / name).read_bytes()).hexdigest()[:16] for name in VENDORED}
    assert digest == VENDORED


VENDORED = {
    "css/dkfds.min.css": "1d16c64a52a4019f",
    "js/dkfds.min.js": "068bacd550a7fab6",
}
