"""The web application of one process: configuration, headers, error pages, and the rooms it consists of."""

import secrets

from flask import Flask

from webforms.public.demo_room import DemoRoom
from webforms.public.headers import protect
from webforms.public.pages import PublicPages
from webforms.public.problems import show_problems
from webforms.settings import Settings

# The forms of this page carry one token and no answers.
_LARGEST_REQUEST = 16 * 1024


def create_app(settings: Settings, demo: DemoRoom) -> Flask:
    """The web application of one process.

    Args:
        settings: the installation.
        demo: the fictional cases and the machines behind them; the caller closes it.
    """
    app = Flask("webforms", static_folder=None)
    app.config.from_mapping(
        # One process serves every page, so its key need never be written down.
        SECRET_KEY=secrets.token_bytes(32),
        SESSION_COOKIE_NAME="hjemmetilsyn",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST,
        TRUSTED_HOSTS=["localhost", "127.0.0.1", settings.host],
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    app.register_blueprint(PublicPages(demo).blueprint())
    app.after_request(protect)
    show_problems(app)
    return app
