"""A small application: the pages of signing in, and a few pages about cases as the real rooms will have them."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Flask

from webforms.design.install import Design
from webforms.design.page import Frame, SignedIn
from webforms.design.words import FOLDER, Words
from webforms.identity.current import case_in_view, decision, visitor, visitor_or_none
from webforms.identity.guard import Guard, form_token
from webforms.identity.install import install
from webforms.identity.marked import needs, open_to_all
from webforms.identity.pace import Pace
from webforms.identity.services import Services
from webforms.identity.settings import IdentitySettings
from webforms.public.headers import protect
from webforms.public.problems import show_problems

DEMO = IdentitySettings("http://localhost", "Eksempel Kommune", "12 34 56 78", demo=True)
OPEN_ELSEWHERE = {"design.static": "style and icons", "design.language": "the choice of language"}
LARGEST = 64 * 1024
_OF_CASE = "/sager/<case_id>"
_WORDS = Words(FOLDER, *(FOLDER.parents[1] / room / "words" for room in ("identity", "public")))


def _of_case(**values: str) -> str:
    view = case_in_view()
    return f"{view.case.number} {view.decision.role} {view.decision.scope} {sorted(view.decision.sections)}"


def _elsewhere() -> str:
    return f"{visitor().actor} {decision().scope}"


def _breaks(secret: str) -> str:
    raise RuntimeError("i stykker")


def _front() -> str:
    return "forsiden"


_OPEN = open_to_all("for the tests")
_ROUTES: tuple[tuple[str, str, str, Callable[[Callable[..., str]], Callable[..., str]], Callable[..., str]], ...] = (
    ("GET", "/", "front", _OPEN, _front),
    ("GET", "/gaar-i-stykker/<secret>", "breaks", _OPEN, _breaks),
    ("GET", "/sager", "cases", needs("cases.list"), _elsewhere),
    ("POST", "/sager", "open_case", needs("case.open"), _elsewhere),
    ("GET", "/drift", "operation", needs("operation.read"), _elsewhere),
    ("GET", "/medarbejdere", "employees", needs("employee.read"), _elsewhere),
    ("POST", "/medarbejdere", "change_employee", needs("employee.change"), _elsewhere),
    ("GET", _OF_CASE, "case", needs("case.read"), _of_case),
    ("GET", f"{_OF_CASE}/svar/<visit>", "part", needs("part.read"), _of_case),
    ("POST", f"{_OF_CASE}/svar/<visit>", "write", needs("part.write"), _of_case),
    ("POST", f"{_OF_CASE}/filer", "upload", needs("document.add", pace=Pace.UPLOADING), _of_case),
    ("POST", f"{_OF_CASE}/samtykke", "consent", needs("consent.answer"), _of_case),
    ("GET", f"{_OF_CASE}/journal", "journal", needs("journal.read"), _of_case),
    ("GET", f"{_OF_CASE}/kontakt", "contact", needs("people.contact"), _of_case),
    ("POST", f"{_OF_CASE}/genaabn", "reopen", needs("case.reopen"), _of_case),
    ("POST", f"{_OF_CASE}/arkiv", "archive", needs("archive.deliver"), _of_case),
)


def create_rooms(services: Services) -> tuple[Flask, Guard]:
    app = bare_app(services)
    return app, install(app, services, OPEN_ELSEWHERE)


def bare_app(services: Services) -> Flask:
    """The rooms without anybody in front."""
    app = Flask("webforms", static_folder=None)
    app.config.update(
        TRUSTED_HOSTS=["localhost"],
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.register_blueprint(Blueprint("public", "webforms.public", template_folder="templates"))
    app.register_blueprint(_rooms())
    Design(lambda: _frame(services), _WORDS).install(app)
    app.after_request(protect)
    show_problems(app)
    return app


def _rooms() -> Blueprint:
    rooms = Blueprint("rooms", __name__)
    for method, address, endpoint, mark, view in _ROUTES:
        # A partial for each address, so that each bears a mark of its own.
        rooms.add_url_rule(address, endpoint, mark(partial(view)), methods=[method])
    return rooms


def _frame(services: Services) -> Frame:
    person = SignedIn("Opdigtet Person", "demo", "/log-ud") if visitor_or_none() else None
    return Frame(services.settings.municipality, is_demo=services.settings.demo, person=person, token=form_token())
