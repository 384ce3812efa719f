"""Templates say the same whether Jinja asks what it calls for its wishes or not."""

import pytest
from family_home import Home
from flask import Flask
from flask.templating import Environment
from jinja2 import UndefinedError

from webforms.design.shared_globals import SharedGlobals

_MARK = "jinja_pass_arg"
"""What `jinja2.pass_context` and its like put on a function."""

_PAGE = """
{% macro quoted(words, mark="“") %}{{ mark }}{{ words }}{% if caller %}{{ caller(words) }}{% endif %}{% endmacro %}
{% macro told(words) %}{{ words }}: {{ caller(words) }}{{ varargs }}{{ kwargs }}{% endmacro %}
{% block first %}{{ quoted("<b>") }}{{ quoted(mark="&", words=said("<b>")) }}{% endblock %}
{% for one in said("abc") %}{% set seen = one %}{{ quoted(seen) }}{{ said(one, "!") }}{{ loop.cycle(1, 2) }}{% endfor %}
{% for one in said("abc") %}{{ said(one, end="!") }}{% endfor %}
{% call(words) told("<em>", 7, more=8) %}{{ words }}{{ quoted(words) }}{% endcall %}
{% autoescape false %}{{ quoted("<b>") }}{{ said("<b>") }}{% endautoescape %}
{{ range(3)|list }}{{ dict(a=1).items()|list }}{{ namespace(a=2).a }}{{ joiner("|")() }}{{ "x".join(["<", ">"]) }}
"""


def _said(words: str, end: str = "") -> str:
    return f"{words}{end}"


def _page(environment: type[Environment], template: str) -> str:
    app = Flask("pages")
    app.jinja_environment = environment
    return app.jinja_env.from_string(template).render(said=_said)


def test_functions_and_macros_are_called_as_jinja_calls_them() -> None:
    page = _page(SharedGlobals, _PAGE)
    assert page == _page(Environment, _PAGE)
    assert "“&lt;b&gt;" in page
    assert "a!1" in page


@pytest.mark.parametrize("call", ["nobody()", "said(1, 2, 3)", "said.nothing()"])
def test_what_cannot_be_called_is_refused_as_jinja_refuses_it(call: str) -> None:
    for environment in (SharedGlobals, Environment):
        with pytest.raises((UndefinedError, TypeError)):
            _page(environment, f"{{{{ {call} }}}}")


def test_no_name_of_our_templates_asks_for_the_page(home: Home) -> None:
    app = home.app
    with app.test_request_context():
        known = dict(app.jinja_env.globals)
        app.update_template_context(known)
        called = {name: value for name, value in known.items() if callable(value)}
        asking = [name for name, value in called.items() if any(hasattr(of, _MARK) for of in (value, value.__call__))]
    assert "word" in called
    assert asking == []
    assert app.jinja_env.context_class is SharedGlobals.context_class
