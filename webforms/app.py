"""The web application of one process: configuration, the rooms it consists of, and the guard in front of them all."""

from typing import Protocol

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webforms.caseworkers.pages import CaseworkerPages
from webforms.design.shared_globals import SharedGlobals
from webforms.files.pages import FilePages
from webforms.forms.section_pages import SectionPages
from webforms.frames import Frames, home_of
from webforms.hearing.pages import HearingPages
from webforms.identity.install import install as install_identity
from webforms.inputs.install import install_inputs
from webforms.notice.pages import NoticePages
from webforms.operator.pages import OperatorPages
from webforms.paper.pages import PaperPages
from webforms.parents.pages import ParentsPages
from webforms.parents.way import FamilyWay
from webforms.public.check_page import CheckPage
from webforms.public.demo_room import DemoRoom
from webforms.public.headers import protect
from webforms.public.pages import PublicPages
from webforms.public.problems import show_problems
from webforms.services import Services
from webforms.settings import Settings
from webforms.signing.pages import SigningPages

# A page of answers; where files come in, the address itself says how much more it takes.
_LARGEST_FORM = 2 * 1024 * 1024
_OPEN_ELSEWHERE = {
    "design.static": "style, scripts, icons and fonts are the same for everybody",
    "design.language": "the language of the pages is chosen before one signs in",
    "public.static": "style and script of the first page",
    "public.icon": "browsers ask for it by themselves",
}


class Room(Protocol):
    """Pages that belong together."""

    def blueprint(self) -> Blueprint:
        """Every address of theirs."""


def create_app(settings: Settings, services: Services, demo: DemoRoom) -> Flask:
    """The web application of one process.

    Args:
        settings: the installation.
        services: what the pages work with; the caller closes it.
        demo: the fictional cases and the machines behind them; the caller closes it.

    Raises:
        TilsynError: a demo on a database that holds anything but fictional cases.
    """
    app = Flask("webforms", static_folder=None)
    app.jinja_environment = SharedGlobals
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=_LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=_LARGEST_FORM,
        TRUSTED_HOSTS=["localhost", "127.0.0.1", settings.host, *settings.hosts],
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    if settings.proxies:
        number = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign] # Flask's own way
    show_problems(app)
    services.design.install(app)
    install_inputs(app)
    for room in _rooms(services, demo):
        app.register_blueprint(room.blueprint())
    app.after_request(protect)
    guard = install_identity(app, services.identity, _OPEN_ELSEWHERE)
    Frames(services.identity, guard.token, services.say).install(app)
    return app


def _rooms(services: Services, demo: DemoRoom) -> tuple[Room, ...]:
    return (
        PublicPages(demo, home_of, CheckPage(services.check, services.say), is_demo=services.identity.settings.demo),
        CaseworkerPages(services),
        OperatorPages(services),
        SectionPages(services, FamilyWay(services)),
        ParentsPages(services),
        PaperPages(services),
        FilePages(services),
        HearingPages(services),
        NoticePages(services),
        SigningPages(services),
    )
