"""What was handed in, by whom and when: the receipt on its page and as a PDF."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.history import confirmed_on_the_phone, name_of
from pipeline.cases.record.in_voices import in_voices
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.to_answers import to_answers
from pipeline.cases.record.visit_events import SectionHandedIn
from pipeline.danish import danish_list, danish_moment
from pipeline.offline.receipt import HandedIn, make_receipt
from webforms.design.words import Speaker
from webforms.identity.current import CaseInView
from webforms.parents.own_part import OwnVoice
from webforms.services import Services

Handed = Mapping[tuple[str, str], tuple[datetime, SectionHandedIn, str]]


def handed_in_by(services: Services, view: CaseInView, visit: Visit) -> Handed:
    """By section and voice the last time that it was handed in, how, and who did it."""
    stamped: Sequence[Stamped] = services.store.cases.happened(view.id)
    return {
        (one.event.section, one.event.voice): (one.at, one.event, one.by)
        for one in stamped
        if isinstance(one.event, SectionHandedIn) and one.event.visit == visit.id
    }


def words_of_section(
    view: CaseInView,
    handed: Handed,
    section: str,
    voices: Sequence[str],
    say: Speaker | None = None,
) -> str:
    """When a section was handed in and by whom; empty where none of the voices has. In documents it is Danish."""
    times = [handed[section, voice] for voice in voices if (section, voice) in handed]
    if not times:
        return ""
    times.sort(key=lambda one: one[0])
    moment, listed = (say.moment, say.listed) if say else (danish_moment, danish_list)
    who = listed(list(dict.fromkeys(_who(view.case, event, by, say) for _, event, by in times)))
    return f"{moment(times[-1][0])}, {who}"


def _who(case: Case, event: SectionHandedIn, by: str, say: Speaker | None) -> str:
    """Who handed in; on the phone who said yes to the answers, and who read them out."""
    if not event.confirmed_by:
        return name_of(case, by)
    if say is None:
        return confirmed_on_the_phone(case, event.confirmed_by, by)
    return say("forms.confirmed_on_phone", who=name_of(case, event.confirmed_by), by=name_of(case, by))


def receipt_pdf(services: Services, view: CaseInView, visit: Visit, part: Sequence[OwnVoice]) -> bytes | None:
    """The receipt as a PDF; None where nothing was handed in.

    Raises:
        AnswersError: the case lacks what every document needs.
        StepFailed: a machine failed, or too many are at work.
    """
    handed, voices = handed_in_by(services, view, visit), list(dict.fromkeys(own.voice for own in part))
    sections = dict.fromkeys(own.at_hand.section.key for own in part)
    told = [HandedIn(key, words) for key in sections if (words := words_of_section(view, handed, key, voices))]
    if not told:
        return None
    tool = services.tool(visit.edition)
    case = in_voices(view.case, visit.id, voices, [one.section for one in told], tool)
    answers = to_answers(case, visit.id, services.today(), root=services.editions)
    path: Path = services.private / f"{token_hex(16)}.pdf"
    try:
        with services.machines.at_work() as workshop:
            make_receipt(answers, told, workshop, path)
        return path.read_bytes()
    finally:
        path.unlink(missing_ok=True)
