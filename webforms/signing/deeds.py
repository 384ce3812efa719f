"""What the municipality does with a small form to a document that is to be signed: take it back, or remind of it."""

from collections.abc import Sequence

from flask import abort

from pipeline.cases.journey.events import ReminderGiven
from pipeline.cases.notice.nudges import nudges
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.cases.signing.events import SigningWithdrawn
from pipeline.cases.signing.state import Signing, Stand
from pipeline.cases.signing.who import is_child
from pipeline.danish import danish_list
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.signing.follow_pages import FOLLOW, follow_url, signing_in_view
from webforms.signing.opening import OPEN

_ROOM, _ONE = "signing", "/underskrifter/<signing>"


def _open_one(at: AtCase) -> Signing:
    found = signing_in_view(at)
    return found if found.stand(at.services.clock()) is Stand.OPEN else abort(404)


def _withdraw_form(at: AtCase) -> SmallForm:
    _open_one(at)
    return SmallForm("signing.withdraw", (Ask("reason", Look.AREA, required=True, hint=True, rows=2),), at.say)


def _withdraw_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    return (SigningWithdrawn(_open_one(at).id, form.text("reason")),)


def _remind_form(at: AtCase) -> SmallForm:
    _open_one(at)
    return SmallForm("signing.remind", (), at.say)


def _remind_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    signing = _open_one(at)
    waits = [one.person_id for one in signing.awaited if not is_child(at.case, one.person_id)]
    told = nudges(at.case, waits, f"mind-om-{signing.id}-{at.today.isoformat()}", at.today)
    return (ReminderGiven("signing", signing.id), *told)


def _whom(at: AtCase, form: SmallForm) -> Sequence[Remark]:
    names = [name_of(at.case, one.person_id) for one in _open_one(at).awaited]
    return (Remark("info", at.say("signing.remind.whom"), danish_list(names)),)


DEEDS = (
    Deed(
        name="withdraw",
        path=f"{_ONE}/traek-tilbage",
        action=OPEN,
        form=_withdraw_form,
        events=_withdraw_events,
        onwards=follow_url,
        reads=FOLLOW,
        danger=True,
        room=_ROOM,
    ),
    Deed(
        name="remind",
        path=f"{_ONE}/mind-om",
        action=OPEN,
        form=_remind_form,
        events=_remind_events,
        onwards=follow_url,
        reads=FOLLOW,
        remarks=_whom,
        room=_ROOM,
    ),
)
