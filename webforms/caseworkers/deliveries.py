"""A letter that could not be sent: the case shows it, and the caseworker sends it another way, again, or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import abort

from pipeline.cases.journey.events import DeliveryWithdrawn, DocumentToSend
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.journey.sending import BY_LETTER, ON_PAGE
from pipeline.store.clock import new_id
from pipeline.store.journey_facts import Journey
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option

_WORDS = "caseworkers.resend"
_DELIVERY, _NOT_AT_ALL = "delivery", "not_at_all"
_WAYS = (ON_PAGE, BY_LETTER)


@dataclass(frozen=True)
class Unsent:
    """A document that has not reached somebody, though it was tried; `is_given_up`: it is not tried any more."""

    delivery: str
    title: str
    who: str
    is_given_up: bool


def unsent(at: AtCase) -> tuple[Unsent, ...]:
    """What could not be sent in this case, the longest waiting first."""
    orders = at.case.travelled.to_send
    rows = [row for row in _tried_in_vain(at) if row.about in orders]
    return tuple(Unsent(row.about, _title(at, row.about), _who(at, row.about), bool(row.dead_at)) for row in rows)


def _tried_in_vain(at: AtCase) -> Iterator[Journey]:
    for row in at.services.store.journeys.of_case(at.view.id):
        if row.kind == _DELIVERY and row.is_live and row.last_error:
            yield row


def _order(at: AtCase) -> DocumentToSend:
    """The delivery that the address names; 404 where it has reached its end."""
    delivery = at.address.get("delivery", "")
    is_unsent = any(row.about == delivery for row in _tried_in_vain(at))
    return at.case.travelled.to_send[delivery] if is_unsent else abort(404)


def _title(at: AtCase, delivery: str) -> str:
    kept = at.case.documents.get(at.case.travelled.to_send[delivery].file)
    return kept.document.title if kept else ""


def _who(at: AtCase, delivery: str) -> str:
    return name_of(at.case, at.case.travelled.to_send[delivery].to)


def _form(at: AtCase) -> SmallForm:
    order = _order(at)
    ways = (*sorted(_WAYS, key=lambda way: way == order.channel), _NOT_AT_ALL)  # the others first
    options = tuple(Option(way, at.say(f"{_WORDS}.{way}"), at.say(f"{_WORDS}.{way}_hint")) for way in ways)
    asks = (
        Ask("way", Look.RADIOS, required=True, options=options),
        Ask("reason", Look.AREA, required=True, hint=True, rows=2),
    )
    return SmallForm(_WORDS, asks, at.say)


def _events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    """The new delivery begins before the old one ends, so that the visit does not go on in between."""
    order, way = _order(at), form.text("way")
    withdrawn = DeliveryWithdrawn(order.delivery, order.visit, form.text("reason"))
    if way == _NOT_AT_ALL:
        return (withdrawn,)
    return (DocumentToSend(new_id(), order.visit, order.file, order.to, way), withdrawn)


def _remarks(at: AtCase, form: SmallForm) -> Sequence[Remark]:
    order = _order(at)
    way = at.say(f"{_WORDS}.{order.channel if order.channel in _WAYS else 'other'}")
    return (Remark("warning", _title(at, order.delivery), at.say(f"{_WORDS}.tried", way=way)),)


RESEND = Deed(
    name="resend",
    path="/breve/<delivery>",
    action="document.send",
    form=_form,
    events=_events,
    onwards=lambda at: at.url("case"),
    reads="document.read",
    remarks=_remarks,
    about=lambda at: _who(at, _order(at).delivery),
)
