"""The addresses of a section's page: show it, keep what is typed, save it, choose where two have written, look back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.history import history_of
from pipeline.cases.record.parts import Slot
from pipeline.danish import danish_moment
from pipeline.errors import StoreUnavailable
from pipeline.store.refusals import SlotRefused
from pipeline.store.save_answers import Conflict, Saved
from webforms.forms.choose_voice import names_of
from webforms.forms.conflicts import TwoVersions, answer_in_voice, chosen_answers, two_versions
from webforms.forms.goal_deeds import goal_events
from webforms.forms.kept_draft import COUNT, kept_at, typed_in, words_of_draft
from webforms.forms.section_at_hand import SectionAtHand, section_at_hand
from webforms.forms.visit_pages import VisitPages, to_the_list
from webforms.forms.whose_words import may_see
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.services import Services

_SEE_OTHER, _CONFLICT, _REFUSED = 303, 409, 422
_PATH = "/sager/<case_id>/besoeg/<visit>"
_COUNTED = "X-Autosave"

Onwards = Callable[[SectionAtHand], str]


@dataclass(frozen=True)
class Door:
    """One way in to a section: the right that writing needs, and the word in the address."""

    name: str
    word: str
    action: str


DOORS = (
    Door("own", "afsnit", "part.write"),
    Door("municipal", "kommunen", "municipality.write"),
    Door("behalf", "for-en-anden", "part.on_behalf"),
)


class SectionPages:
    """The pages.

    Args:
        services: what they work with.
        onwards: where the page leads when everything is saved.
    """

    def __init__(self, services: Services, onwards: Onwards = to_the_list) -> None:
        self._services, self._onwards = services, onwards

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("forms", __name__, template_folder="templates")
        VisitPages(self._services).add_to(pages)
        for door in DOORS:
            self._add(pages, door)
        pages.add_url_rule(f"{_PATH}/historik/<path:slot>", "history", self._history, methods=["GET"])
        return pages

    def _add(self, pages: Blueprint, door: Door) -> None:
        """The same three addresses behind each door, each with the right that it needs."""

        @needs("part.read")
        def show(case_id: str, visit: str, section: str) -> str:
            return self._show(visit, section, door)

        @needs(door.action)
        def save(case_id: str, visit: str, section: str) -> AnyResponse | tuple[str, int]:
            return self._save(visit, section, door)

        @needs(door.action)
        def keep(case_id: str, visit: str, section: str) -> AnyResponse:
            return self._keep(visit, section, door)

        address = f"{_PATH}/{door.word}/<section>"
        pages.add_url_rule(address, door.name, show, methods=["GET"])
        pages.add_url_rule(address, f"{door.name}_save", save, methods=["POST"])
        pages.add_url_rule(f"{address}/kladde", f"{door.name}_keep", keep, methods=["POST"])

    def _at_hand(self, visit: str, section: str, door: Door) -> SectionAtHand:
        found = section_at_hand(self._services, case_in_view(), visit, section, door.name, request.args.get("som", ""))
        if found is None:
            abort(404)
        return found

    def _show(self, visit: str, section: str, door: Door) -> str:
        at_hand = self._at_hand(visit, section, door)
        draft = self._services.store.drafts.of(at_hand.draft) if at_hand.may_write else None
        waiting = two_versions(at_hand, draft)
        if waiting:
            return self._two_versions(at_hand, waiting)
        return self._page(at_hand, at_hand.form(typed_in(draft)), {"kept_at": kept_at(draft)})

    def _save(self, visit: str, section: str, door: Door) -> AnyResponse | tuple[str, int]:
        at_hand = self._at_hand(visit, section, door)
        if not at_hand.may_write:
            abort(404)
        chosen = chosen_answers(at_hand, request.form, self._services.store.drafts.of(at_hand.draft))
        form = at_hand.form(request.form)
        is_fit = form.validate() or form.stays
        changed = (answer_in_voice(key, form.based_on.get(key, 0), value) for key, value in form.changes().items())
        answers = chosen or list(changed)
        try:
            saved = self._services.answers.save(
                at_hand.case_id, at_hand.visit.id, section, answers, at_hand.writer, door.action
            )
        except (SlotRefused, StoreUnavailable) as problem:
            return self._page(at_hand, form, {"refused": str(problem)}), _REFUSED
        if saved.conflicts:
            return self._conflict(at_hand, saved)
        self._goals(at_hand, form, door)
        return self._after(at_hand, form, is_fit=bool(is_fit))

    def _after(self, at_hand: SectionAtHand, form: object, *, is_fit: bool) -> AnyResponse | tuple[str, int]:
        press, left = getattr(form, "press", None), form.left_over()  # type: ignore[attr-defined] # WTForms: untyped
        if left:  # what could not be read waits as a draft, so that it is there again tomorrow
            store = self._services.store.drafts
            store.keep(at_hand.draft, store.count(at_hand.draft) + 1, words_of_draft(left))
        if press:
            return redirect(self._here(at_hand, anchor=press.field), _SEE_OTHER)
        if not is_fit:
            again = self._at_hand(at_hand.visit.id, at_hand.section.key, _door(at_hand.door))
            shown = again.form(request.form)
            shown.validate()
            return self._page(again, shown, {"problems": shown.problems}), _REFUSED
        return redirect(self._onwards(at_hand), _SEE_OTHER)

    def _goals(self, at_hand: SectionAtHand, form: object, door: Door) -> None:
        """Goals that came, went, moved or got another måltype."""
        happened = goal_events(at_hand, form)
        if happened:
            self._services.store.cases.append(at_hand.case_id, happened, at_hand.writer.by, door.action)

    def _keep(self, visit: str, section: str, door: Door) -> AnyResponse:
        at_hand = self._at_hand(visit, section, door)
        if not at_hand.may_write:
            abort(403)
        words = words_of_draft(request.form.items(multi=True))
        count = _number(request.form.get(COUNT, "")) + _number(request.headers.get(_COUNTED, ""))
        self._services.store.drafts.keep(at_hand.draft, count, words)
        return jsonify(based_on={})

    def _conflict(self, at_hand: SectionAtHand, saved: Saved) -> tuple[str, int]:
        waiting = tuple(_shown(at_hand, conflict) for conflict in saved.conflicts)
        return self._two_versions(at_hand, waiting), _CONFLICT

    def _two_versions(self, at_hand: SectionAtHand, waiting: tuple[TwoVersions, ...]) -> str:
        return render_template(
            "forms/conflict.html", at_hand=at_hand, waiting=waiting, address=self._here(at_hand), where=at_hand.where
        )

    def _page(self, at_hand: SectionAtHand, form: object, more: Mapping[str, object]) -> str:
        return render_template(
            "forms/section.html",
            at_hand=at_hand,
            form=form,
            address=self._here(at_hand),
            keep=_address(f"{at_hand.door}_keep", at_hand),
            count=self._services.store.drafts.count(at_hand.draft) if at_hand.may_write else 0,
            count_name=COUNT,
            back=self._onwards(at_hand),
            where=at_hand.where,
            moment=danish_moment,
            **more,
        )

    def _here(self, at_hand: SectionAtHand, anchor: str | None = None) -> str:
        return _address(at_hand.door, at_hand, anchor)

    @needs("case.history")
    def _history(self, case_id: str, visit: str, slot: str) -> str:
        view = case_in_view()
        found = view.case.visits.get(visit)
        if found is None:
            abort(404)
        tool = self._services.tool(found.edition)
        at_hand = section_at_hand(self._services, view, visit, _section_key(self._services, found.edition, slot), "own")
        if at_hand is None:
            abort(404)
        voices = [
            (names_of(view.case, one.voice), history_of(view.case, found, one, tool))
            for one in found.answers
            if one.key == slot and _is_open(at_hand, one)
        ]
        return render_template("forms/history.html", voices=voices, label=at_hand.label_of(slot), where=at_hand.where)


def _address(endpoint: str, at_hand: SectionAtHand, anchor: str | None = None) -> str:
    values: dict[str, Any] = {**at_hand.in_address}
    return url_for(f"forms.{endpoint}", _anchor=anchor, **values)


def _is_open(at_hand: SectionAtHand, slot: Slot) -> bool:
    last = at_hand.visit.answers[slot][-1]
    return may_see(at_hand.visit, at_hand.section, slot, last, at_hand.reader)


def _section_key(services: Services, edition: str, slot: str) -> str:
    key = services.section_of(edition, slot)
    if key is None:
        abort(404)
    return key


def _shown(at_hand: SectionAtHand, conflict: Conflict) -> TwoVersions:
    return TwoVersions.of(at_hand, conflict.slot, conflict.theirs, conflict.mine)


def _door(name: str) -> Door:
    return next(door for door in DOORS if door.name == name)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= _LONGEST_NUMBER else 0


_LONGEST_NUMBER = 15
