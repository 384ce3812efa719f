"""Every macro and every input on pages of their own, for designers to look at and for the tests.

`python tests/webforms/design/style_guide.py` serves it on http://127.0.0.1:5055. All people in it are fictional.
"""

from datetime import date
from pathlib import Path

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.answers import Answers, Goal
from pipeline.cases.read_answers import read_answers_file
from pipeline.law.dated_law import law_for
from pipeline.tool.definition import Kind, Section
from pipeline.tool.load import EDITIONS, load_tool
from webforms.design.install import Design
from webforms.design.page import Contact, Frame, Line, Link, Option, Problem, SignedIn, Step, Task, WhereIsMyCase
from webforms.inputs.base import Said, Value
from webforms.inputs.goals import PlanGoal
from webforms.inputs.install import install_inputs
from webforms.inputs.section_form import Fill, SectionForm, section_form
from webforms.public.headers import protect

TOOL = load_tool("2018")
LAW = law_for(date(2026, 4, 20))
SAMPLE = EDITIONS / "2018" / "sample_cp_skole_2.json"
STATES = ("tom", "udfyldt", "fejl")
LETTERS = tuple(section.key for section in TOOL.sections)
PAGES = (
    "/",
    "/beskeder",
    "/lister",
    "/vej",
    "/felter",
    "/felter?tilstand=fejl",
    *(f"/afsnit/{letter}/{state}" for letter in LETTERS for state in STATES),
)
LOOKED_AT = (
    *PAGES[:6],
    *(f"/afsnit/{letter}/{state}" for letter in "lc" for state in STATES),
    "/afsnit/a/udfyldt",
    "/afsnit/j/tom",
)
"""Pages that between them hold every macro and every kind of input in every state."""

CALLER = Contact("Birgitte Holm", "12 34 56 78", "Familieafdelingen")
WHERE = WhereIsMyCase(
    "Vi har bedt jer om at fortælle, hvordan det går.",
    CALLER,
    "Vi læser det, I har skrevet, og kommer på besøg.",
    "Send det senest den 7. april 2026. Besøget er den 21. april 2026.",
    "Intet bliver ændret, før I har fået besked og har kunnet svare.",
)


def frame() -> Frame:
    """A parent who is signed in to the demo."""
    links = (
        Link("Forside", "/", request.path == "/"),
        Link("Beskeder", "/beskeder", request.path == "/beskeder"),
        Link("Lister", "/lister", request.path == "/lister"),
        Link("Vej", "/vej", request.path == "/vej"),
        Link("Felter", "/felter", request.path == "/felter"),
    )
    person = SignedIn("Signe Bruun Aagaard", "forælder", "/log-ud")
    return Frame("Testkommune", "/", True, person, links, CALLER, "token-for-the-tests")


def create_guide() -> Flask:
    """The style guide as an application of its own, with the headers of the real one."""
    app = Flask("style_guide", template_folder=str(Path(__file__).parent / "pages"), static_folder=None)
    design = Design(frame)
    design.install(app)
    install_inputs(app)
    app.after_request(_headers)
    app.add_url_rule("/", "front", lambda: _page("front", where=WHERE, tasks=_tasks()))
    app.add_url_rule("/beskeder", "messages", lambda: _page("messages", where=WHERE, problems=_problems()))
    app.add_url_rule("/lister", "lists", lambda: _page("lists", lines=_lines(), tasks=_tasks()))
    app.add_url_rule("/vej", "ways", lambda: _page("ways", where=WHERE, steps=_steps(), links=frame().navigation[:3]))
    app.add_url_rule("/felter", "fields", _fields)

    @app.route("/afsnit/<letter>/<state>", methods=["GET", "POST"])
    def section(letter: str, state: str) -> Response:
        posted = request.form if request.method == "POST" else None
        form = form_of(letter, state, design)
        if posted is not None:
            form.process(posted)
            form.validate()
        return _page("section", form=form, problems=() if form.stays else form.problems, where=WHERE)

    @app.route("/gem/<int:answer>", methods=["POST"])
    def save(answer: int) -> AnyResponse:
        return make_response(jsonify(based_on={"child_name": 8}), answer)

    return app


def form_of(letter: str, state: str, design: Design) -> SectionForm:
    """A section in one of the states; the wrong one holds a mistake of each kind that can be made."""
    section = next(section for section in TOOL.sections if section.key == letter)
    answers = read_answers_file(SAMPLE)
    filled = state != "tom"
    fill = Fill(
        answers=_stored(answers, section) if filled else {},
        goals=tuple(_goal(goal) for goal in answers.goals) if filled else (),
        beside={"cooperation_municipality": (Said("Signe Bruun Aagaard", "Vi taler sammen hver fredag."),)},
        locked=("follow_up_date",),
        shown={"hearing_sent": "Sendt til Signe Bruun Aagaard den 4. maj 2026. Frist den 26. maj 2026."},
        required=[field.key for field in section.fields] if state == "fejl" else (),
        based_on={"child_name": 7},
    )
    form = section_form(TOOL, section, LAW, design.speaker(), fill)
    if state == "fejl":
        form.process(mistakes(section, form))
        form.validate()
    return form


def mistakes(section: Section, form: SectionForm) -> MultiDict[str, str]:
    """What somebody types who gets everything wrong."""
    posted: MultiDict[str, str] = MultiDict()
    for field in section.fields:
        match field.kind:
            case Kind.DATE:
                posted[field.key] = "31. februar 2026"
            case Kind.CHOICE:
                posted[field.key], posted[f"{field.key}.text"] = "", "Fordi vi synes det."
            case Kind.TABLE:
                for column in field.columns:
                    posted[f"{field.key}.1.{column.key}"] = "i morgen" if column.kind is Kind.DATE else ""
            case Kind.GOALS:
                first = form.goal_cards[0]
                posted[first.attainment.name] = ""
            case _:
                posted[field.key] = " "
    return posted


def _stored(answers: Answers, section: Section) -> dict[str, Value]:
    stored: dict[str, Value] = {f.key: given[0].value.as_json() for f in section.fields if (given := answers.of(f.key))}
    for goal in answers.goals:
        for column, words in (("focus", goal.focus), ("attainment", goal.attainment), ("next", goal.next)):
            stored |= {f"goal/{goal.id}/{column}": words[0].value.as_json()} if words else {}
        stored[f"goal/{goal.id}/wording"] = {"text": goal.wording}
    return stored


def _goal(goal: Goal) -> PlanGoal:
    return PlanGoal(goal.id, goal.goal_type.code, goal.origin.value, goal.before)


def _fields() -> Response:
    wrong = request.args.get("tilstand") == "fejl"
    problems = (
        Problem("navn", "Skriv dit navn"),
        Problem("noter", "Skriv en note"),
        Problem("dag", "Vælg en dag"),
        Problem("hvem", "Vælg mindst en"),
        Problem("type", "Vælg en type"),
        Problem("filer", "Vælg et billede"),
        Problem("enig", "Sæt et kryds"),
    )
    options = (Option("man", "Mandag"), Option("tir", "Tirsdag", "Kun om eftermiddagen"), Option("ons", "Onsdag"))
    return _page(
        "fields", options=options, problems=problems if wrong else (), said={p.place: p.words for p in problems}
    )


def _tasks() -> tuple[Task, ...]:
    return (
        Task("Om barnet og familien", "Færdig", "/afsnit/a/udfyldt", "success", "11 spørgsmål, cirka 10 minutter"),
        Task("Træningen", "I gang", "/afsnit/b/tom", "info", "2 spørgsmål"),
        Task("Tids- og faseplan", "Ikke begyndt", "/afsnit/c/tom"),
        Task("Se det hele igennem, og send", "Kan ikke begynde endnu"),
    )


def _steps() -> tuple[Step, ...]:
    return (
        Step("Familien", "done", "/"),
        Step("Træningen", "error", "/"),
        Step("Målene", "current"),
        Step("Send", "todo"),
    )


def _lines() -> tuple[Line, ...]:
    return (
        Line("Barnets navn", "Aksel Bruun Aagaard", "/afsnit/a/udfyldt"),
        Line("Barnets funktionsevne", "Går med rollator.\n\nSidder selv på en skammel.", "/afsnit/a/udfyldt"),
        Line("Søskende", "", "/afsnit/a/udfyldt"),
    )


def _problems() -> tuple[Problem, ...]:
    return (Problem("first", "Skriv datoen som 31.3.2026"), Problem("second", "Vælg et svar"))


def _page(name: str, **values: object) -> Response:
    return make_response(render_template(f"guide/{name}.html", **values))


def _headers(response: Response) -> Response:
    kept = response.headers.get("Cache-Control", "") if request.endpoint == "design.static" else ""
    response = protect(response)
    if kept:
        response.headers["Cache-Control"] = kept
    return response


if __name__ == "__main__":
    create_guide().run(port=5055)
