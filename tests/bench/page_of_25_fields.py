"""The same 25 questions for both: an edition whose section (h) has so many, and the page that a tutorial would make."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, render_template, request
from jinja2 import DictLoader
from wtforms import Form, StringField, TextAreaField
from wtforms.fields import Field as FormField

from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Kind, Section, Tool
from pipeline.tool.load import EDITIONS

SECTION, FIELDS = "h", 25  # a section of the municipality: the family sees at most six fields a page
_MORE = """
[[section.field]]
key = "bench_{number}"
kind = "{kind}"
label = "Spørgsmål {number}, som kun er til for målingens skyld"
help = "En linje hjælp, så siden er, som sider er."
"""
_BEGINS_NEXT = '[[section]]\nkey = "i"'
_PAGE = """<!doctype html><html lang="da"><title>{{ title }}</title><h1>{{ title }}</h1>
<form method="post">{% for field in form %}<p>{{ field.label }}<br>{{ field() }}<br>
<small>{{ field.description }}</small>{% for error in field.errors %}<strong>{{ error }}</strong>{% endfor %}</p>
{% endfor %}<button>Gem</button></form></html>"""


def edition_of_25_fields(root: Path, tool: Tool) -> Path:
    """A copy of the editions in which section (h) has 25 fields: lines of TOML, no code.

    Args:
        root: where to; returned.
        tool: the newest edition as published.
    """
    shutil.copytree(EDITIONS, root)
    (root / "published.toml").unlink()
    file = root / tool.edition / "kommune.toml"
    text = file.read_text(encoding="utf-8")
    there = len(next(section for section in tool.sections if section.key == SECTION).fields)
    kinds = ("text", "long_text")
    more = "".join(_MORE.format(number=n, kind=kinds[n % 2]) for n in range(FIELDS - there))
    assert text.count(_BEGINS_NEXT) == 1
    file.write_text(text.replace(_BEGINS_NEXT, f"{more}\n{_BEGINS_NEXT}"), encoding="utf-8")
    return root


def bare_application(section: Section, law: Law) -> Flask:
    """Flask and WTForms with its own widgets: no sign-in, no store, no design."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": _PAGE})  # type: ignore[misc] # compiled once, as from a folder
    fields = {field.key: _widget(field, law) for field in section.fields}
    form_class: type[Form] = type("BareForm", (Form,), fields)
    values: Mapping[str, Any] = {key: "Et svar, som det kunne være" for key in fields}

    def page() -> str:
        return render_template("page.html", title=section.title, form=form_class(request.form, data=values))

    app.add_url_rule("/", "page", page, methods=["GET", "POST"])
    return app


def _widget(field: Field, law: Law) -> FormField:
    label, told = law.in_words(field.label), field.help
    match field.kind:
        case Kind.TEXT:
            return StringField(label, description=told)
        case Kind.LONG_TEXT:
            return TextAreaField(label, description=told)
    raise ValueError(field.kind)
