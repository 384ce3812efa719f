"""The family's way through the form: from section to section that is still open, then to checking what was written."""

from flask import url_for

from webforms.forms.section_at_hand import BEHALF, CHECK, Asked, SectionAtHand, section_at_hand
from webforms.forms.task_list import tasks_of
from webforms.forms.ways import ByTheList
from webforms.identity.current import case_in_view
from webforms.services import Services
from webforms.whereabouts import visit_at_hand


class FamilyWay:
    """Where sections lead; the municipality's people go by the list.

    Args:
        services: know the sections.
    """

    def __init__(self, services: Services) -> None:
        self._services, self._by_the_list = services, ByTheList()

    def back(self, at_hand: SectionAtHand) -> str:
        """To where the visitor came from."""
        if at_hand.door == BEHALF:
            return _on_the_phone(at_hand)
        if at_hand.asked.back == CHECK:
            return _check(at_hand)
        if at_hand.reader.is_municipal or not self._is_newest(at_hand):
            return self._by_the_list.back(at_hand)
        return url_for("parents.start", case_id=at_hand.case_id, _anchor="opgaver")

    def onwards(self, at_hand: SectionAtHand) -> str:
        """To the next section that is open, in the same voice if it is offered there; after the last to the check."""
        if at_hand.door == BEHALF:
            return _on_the_phone(at_hand)
        if at_hand.reader.is_municipal:
            return self._by_the_list.onwards(at_hand)
        following = None if at_hand.asked.back else self._next_open(at_hand)
        return url_for("forms.own", **following.address()) if following else _check(at_hand)

    def _is_newest(self, at_hand: SectionAtHand) -> bool:
        newest = visit_at_hand(at_hand.case, self._services.today())
        return newest is not None and newest.id == at_hand.visit.id

    def _next_open(self, at_hand: SectionAtHand) -> SectionAtHand | None:
        view = case_in_view()
        tasks = [task for task in tasks_of(self._services, view, at_hand.visit) if task.may_write]
        later = [task for task in tasks if task.key > at_hand.section.key and task.progress.is_open]
        if not later:
            return None
        voice = at_hand.offer.key if at_hand.offer else ""
        found = section_at_hand(self._services, view, at_hand.visit.id, later[0].key, Asked(voice=voice))
        return found or section_at_hand(self._services, view, at_hand.visit.id, later[0].key, Asked())


def _check(at_hand: SectionAtHand) -> str:
    anchor = f"afsnit-{at_hand.section.key}" if at_hand.asked.back else None
    return url_for("parents.check", case_id=at_hand.case_id, visit=at_hand.visit.id, _anchor=anchor)


def _on_the_phone(at_hand: SectionAtHand) -> str:
    """To where everything that somebody tells stands together, ready to be read out."""
    voice = at_hand.offer.key if at_hand.offer else None
    anchor = f"afsnit-{at_hand.section.key}"
    return url_for("caseworkers.phone", case_id=at_hand.case_id, visit=at_hand.visit.id, som=voice, _anchor=anchor)
