"""Lets an application find the templates of the inputs."""

from flask import Blueprint, Flask


def install_inputs(app: Flask) -> None:
    """Add the templates; there is no address."""
    app.register_blueprint(Blueprint("inputs", __name__, template_folder="templates"))
