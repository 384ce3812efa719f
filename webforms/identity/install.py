"""Puts who-is-who into an application: the pages of signing in, the refusals, and the guard in front of everything."""

from collections.abc import Mapping

from flask import Blueprint, Flask
from markupsafe import Markup

from webforms.identity.demo_sign_in import DemoSignIn, refuse_real_cases
from webforms.identity.genuine_post import FIELD
from webforms.identity.guard import Guard, form_token
from webforms.identity.invitation_pages import InvitationPages
from webforms.identity.paths_out_of_logs import PathsOutOfLogs
from webforms.identity.refusals import show_refusals
from webforms.identity.services import Services
from webforms.identity.session_pages import SessionPages
from webforms.identity.sign_in_pages import SignInPages


def install(app: Flask, services: Services, open_elsewhere: Mapping[str, str]) -> Guard:
    """Guard an application; call it when every other address is registered.

    Args:
        app: has TRUSTED_HOSTS, MAX_CONTENT_LENGTH and the design's templates.
        services: the installation.
        open_elsewhere: endpoints of rooms that do not know marks (style sheets, icons), each with why it is open.

    Returns:
        the guard; `guard.form_token` is what the page frame puts into its own forms.

    Raises:
        LookupError: an address does not say what it needs.
        TilsynError: a demo on a database that holds anything but fictional cases.
    """
    if services.settings.demo:
        refuse_real_cases(services.lists)
    guard = Guard(services, open_elsewhere)
    app.register_blueprint(_pages(services, guard))
    app.jinja_env.globals.update(csrf_token=form_token, form_token=lambda: _field(form_token()))
    app.logger.addFilter(PathsOutOfLogs())
    show_refusals(app)
    guard.install(app)
    return guard


def _pages(services: Services, guard: Guard) -> Blueprint:
    pages = Blueprint("identity", __name__, template_folder="templates")
    demo = DemoSignIn(services, guard.cookies) if services.settings.demo else None
    SignInPages(services, guard.cookies, demo).add_to(pages)
    SessionPages(services).add_to(pages)
    InvitationPages(services, guard.cookies).add_to(pages)
    return pages


def _field(token: str) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)
