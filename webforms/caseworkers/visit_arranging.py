"""When, where and with what words a visit is told to the family: questions of a form, and what follows from them."""

from pipeline.cases.notice.events import VisitArranged
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.protected import found_in
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.inputs.danish_time import NotATime, read_time, written_time

_WORDS = "caseworkers.arranging"
_USUAL_MINUTES = 60
"""About an hour (handbook, part 4)."""
_SHORTEST, _LONGEST = 10, 480


def arranging_asks(at: AtCase, visit: Visit | None = None) -> tuple[Ask, ...]:
    """Time, length, place and words, with what stands in them already."""
    now = at.case.notices.arranged.get(visit.id, VisitArranged(visit.id)) if visit else VisitArranged("")
    return (
        _ask(at, "starts", written_time(now.starts), "s"),
        _ask(at, "minutes", str(now.minutes or _USUAL_MINUTES), "s"),
        _ask(at, "place", now.place, "xl"),
        words_ask(at, now.words),
    )


def words_ask(at: AtCase, begins: str = "") -> Ask:
    """What else the family is told."""
    return Ask("words", Look.AREA, begins=(begins,) if begins else (), rows=3, label=at.say(f"{_WORDS}.words"))


def arranged(at: AtCase, form: SmallForm, visit: str) -> VisitArranged:
    """What follows from the answers; refuses in the form what does not fit, or tells what is protected."""
    return VisitArranged(
        visit,
        starts=_starts(form),
        minutes=_minutes(form),
        place=public_words(at, form, "place"),
        words=public_words(at, form, "words"),
    )


def public_words(at: AtCase, form: SmallForm, name: str) -> str:
    """Words that go to every party, and so must not tell a protected person's address, phone number or e-mail."""
    text = form.text(name)
    hidden = (person for person in at.case.people.values() if person.contact.protected)
    for person in hidden:
        if what := found_in(text, person):
            form.refuse(name, f"{_WORDS}.protected", what=what[0], who=person.name)
    return text


def _ask(at: AtCase, name: str, begins: str, width: str) -> Ask:
    return Ask(name, begins=(begins,) if begins else (), width=width, label=at.say(f"{_WORDS}.{name}"))


def _starts(form: SmallForm) -> str:
    typed = form.text("starts")
    try:
        return read_time(typed) if typed else ""
    except NotATime:
        form.refuse("starts", f"{_WORDS}.starts_wrong")
        return ""


def _minutes(form: SmallForm) -> int:
    typed = form.text("minutes")
    if not typed:
        return 0
    if not (typed.isdecimal() and _SHORTEST <= int(typed) <= _LONGEST):
        form.refuse("minutes", f"{_WORDS}.minutes_wrong")
        return 0
    return int(typed)
