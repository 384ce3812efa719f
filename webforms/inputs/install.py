"""Lets an application find the templates of the inputs."""

from flask import Blueprint, Flask

from webforms.inputs.drawn import DrawnFields


def install_inputs(app: Flask) -> None:
    """Add the templates; there is no address."""
    app.register_blueprint(Blueprint("inputs", __name__, template_folder="templates"))
    app.jinja_env.filters["drawn"] = DrawnFields(app.jinja_env)
