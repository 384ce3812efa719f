"""The HTML checker on every page of the style guide, and on some of them in English."""

from pathlib import Path

from flask.testing import FlaskClient
from style_guide import LOOKED_AT, PAGES
from vnu import html_errors

MISTAKES = ("<p><div></div></p>", "<img src='x'>", "<a id='x'></a><a id='x'></a>")


def test_the_checker_finds_nothing_but_the_mistakes_that_were_made_for_it(client: FlaskClient, tmp_path: Path) -> None:
    for number, mistake in enumerate(MISTAKES):
        wrong = client.get("/").text.replace("</main>", f"{mistake}</main>")
        (tmp_path / f"wrong-{number}.html").write_text(wrong, encoding="utf-8")
    for language, paths in (("da", PAGES), ("en", LOOKED_AT)):
        client.set_cookie("sprog", language)
        for number, path in enumerate(paths):
            (tmp_path / f"{language}-{number:02}.html").write_text(client.get(path).text, encoding="utf-8")
    errors = html_errors(tmp_path)
    assert [error for error in errors if not error.startswith("wrong-")] == []
    assert {error.partition(".")[0] for error in errors} == {"wrong-0", "wrong-1", "wrong-2"}
