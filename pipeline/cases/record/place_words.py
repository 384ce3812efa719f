"""Parts of a case in Danish words: what people stand in it as, where an answer stands, what was decided of it."""

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Consent, Slot, Visit
from pipeline.cases.record.people import Place
from pipeline.cases.record.to_answers import wording_of
from pipeline.danish import danish_day
from pipeline.tool.definition import Tool

_PLACES = {
    Place.CHILD: "barnet",
    Place.PARENTAL_AUTHORITY: "indehaver af forældremyndigheden",
    Place.TRAINING_PARENT: "forælder, der træner",
    Place.SIBLING: "søskende",
    Place.PARTY_REPRESENTATIVE: "partsrepræsentant",
    Place.COMPANION: "bisidder",
    Place.POWER_OF_ATTORNEY: "fuldmægtig",
    Place.METHOD_PROVIDER: "metodeudbyder",
    Place.DAYCARE: "dagtilbud",
    Place.SCHOOL: "skole",
    Place.CASEWORKER: "sagsbehandler",
    Place.SUBSTITUTE: "afløser for sagsbehandleren",
    Place.VISITING_PROFESSIONAL: "fagperson ved tilsynet",
    Place.HEALTH_PROFESSIONAL: "sundhedsfaglig person ved tilsynet",
    Place.MANAGER: "leder",
}
_COLUMNS = {"wording": "mål", "focus": "i fokus", "attainment": "hvor langt", "next": "det næste"}
_CONSENT = {"given": "givet", "refused": "afslået", "withdrawn": "trukket tilbage"}


def place_in_words(place: Place) -> str:
    """What somebody stands in a case as."""
    return _PLACES[place]


def on_behalf(name: str, place: Place, of: str) -> str:
    """Who does something for somebody else, and as what."""
    return f"{named_as(name, place)} på vegne af {of}"


def named_as(name: str, place: Place) -> str:
    """A name with what somebody stands in the case as; a title that says so is not said twice."""
    stands_as = place_in_words(place)
    return name if stands_as in name else f"{name} ({stands_as})"


def label_of_slot(visit: Visit, slot: str, tool: Tool) -> str:
    """Which visit and field an answer belongs to."""
    if slot.startswith("goal/"):
        _, goal, column = slot.split("/")
        return f"Besøg {visit.number}, mål “{wording_of(visit, goal)}”, {_COLUMNS[column]}"
    field = tool.find(slot)
    return f"Besøg {visit.number}, {(field.heading or field.label) if field else slot}"


def weighed_in_words(case: Case, visit: Visit, slot: Slot) -> str:
    """Who decided whether an answer goes into the report, when and why; empty where nobody has."""
    decided = visit.weighed.get(slot)
    if decided is None:
        return ""
    how = "Med i rapporten" if decided.included else "Ikke med i rapporten"
    return f"{how}. Besluttet {danish_day(decided.at)} af {name_of(case, decided.by)}. {decided.reason}".rstrip()


def consent_in_words(consent: Consent) -> str:
    """What a consent is for and what was answered, in order."""
    answers = [f"{_CONSENT[answer]} {danish_day(at)}" for at, _, answer in consent.answers]
    return f"{consent.asked.purpose} {', '.join(answers).capitalize() if answers else 'Ikke besvaret'}."
