"""The addresses of a section's page: show it, keep what is typed, save it, choose where two have written, look back."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import words_of
from pipeline.errors import TilsynError
from pipeline.store.drafts import Draft, Kept
from pipeline.store.refusals import HeardNow
from pipeline.store.save_answers import Saved
from webforms.design.page import Line
from webforms.forms.after_press import after_press
from webforms.forms.conflicts import TwoVersions, chosen_answers, two_versions, undecided
from webforms.forms.development_page import DevelopmentPage
from webforms.forms.diary_evidence import from_diary, lay_its_photos
from webforms.forms.doors import DOORS, Door, door_named
from webforms.forms.evidence_page import EvidencePage
from webforms.forms.help_page import HelpPage, help_address
from webforms.forms.history_page import HistoryPage, helped_in_words, histories
from webforms.forms.kept_draft import COUNT, as_posted, kept_at, laid_over, rebased, typed_in
from webforms.forms.offered_answers import ALL, offered_answers, taken
from webforms.forms.plan_facts import first_ungraded, plan_facts
from webforms.forms.saving import do_goals, save_answers, save_form
from webforms.forms.section_at_hand import CHECK, CONCLUSION, MUNICIPAL, Asked, SectionAtHand, section_at_hand
from webforms.forms.visit_pages import VisitPages
from webforms.forms.ways import ByTheList, Ways
from webforms.identity.current import case_in_view
from webforms.identity.marked import needs
from webforms.inputs.base import PRESS
from webforms.inputs.controls import Posted
from webforms.inputs.section_form import SectionForm
from webforms.inputs.section_page import Drawable
from webforms.services import Services

_OK, _SEE_OTHER, _CONFLICT, _REFUSED = 200, 303, 409, 422
_PATH = "/sager/<case_id>/besoeg/<visit>"
_COUNTED = "X-Autosave"
_LONGEST_NUMBER = 15


class SectionPages:
    """The pages.

    Args:
        services: what they work with.
        ways: where they lead.
    """

    def __init__(self, services: Services, ways: Ways | None = None) -> None:
        self._services, self._ways = services, ways or ByTheList()

    def blueprint(self) -> Blueprint:
        """Every address."""
        pages = Blueprint("forms", __name__, template_folder="templates")
        VisitPages(self._services).add_to(pages)
        HistoryPage(self._services).add_to(pages)
        HelpPage(self._services).add_to(pages)
        EvidencePage(self._services).add_to(pages)
        DevelopmentPage(self._services).add_to(pages)
        for door in DOORS:
            self._add(pages, door)
        return pages

    def _add(self, pages: Blueprint, door: Door) -> None:
        """The same addresses behind each door, each with the right that it needs."""

        @needs("part.read")
        def show(case_id: str, visit: str, section: str) -> AnyResponse | str:
            return self._show(self._at_hand(visit, section, door))

        @needs(door.action)
        def save(case_id: str, visit: str, section: str) -> AnyResponse | tuple[str, int]:
            return self._save(self._at_hand(visit, section, door), door)

        @needs(door.action)
        def keep(case_id: str, visit: str, section: str) -> AnyResponse:
            return self._keep(self._at_hand(visit, section, door))

        @needs(door.action)
        def choose(case_id: str, visit: str, section: str) -> AnyResponse | tuple[str, int]:
            return self._choose(self._at_hand(visit, section, door), door)

        address = f"{_PATH}/{door.word}/<section>"
        pages.add_url_rule(address, door.name, show, methods=["GET"])
        pages.add_url_rule(address, f"{door.name}_save", save, methods=["POST"])
        pages.add_url_rule(f"{address}/kladde", f"{door.name}_keep", keep, methods=["POST"])
        pages.add_url_rule(f"{address}/valg", f"{door.name}_choose", choose, methods=["POST"])

    def _at_hand(self, visit: str, section: str, door: Door, case: Case | None = None) -> SectionAtHand:
        view, chosen = case_in_view(), request.args
        backs = (CHECK, CONCLUSION) if door.name == MUNICIPAL else (CHECK,)
        back = chosen.get("til", "") if chosen.get("til") in backs else ""
        leaf, goal = _number(chosen.get("side", "1")), chosen.get("maal", "")
        asked = Asked(door.name, chosen.get("som", ""), leaf, goal, back)
        now = replace(view, case=case) if case else view
        return section_at_hand(self._services, now, visit, section, asked) or abort(404)

    def _kept(self, at_hand: SectionAtHand) -> Kept:
        return self._services.store.drafts.kept(at_hand.draft) if at_hand.may_write else Kept()

    def _draft(self, at_hand: SectionAtHand) -> Draft | None:
        return self._kept(at_hand).draft

    def _show(self, at_hand: SectionAtHand) -> AnyResponse | str:
        if at_hand.must_be_asked_for:
            return redirect(help_address(at_hand), _SEE_OTHER)
        kept = self._kept(at_hand)
        draft = kept.draft
        waiting = two_versions(at_hand, draft)
        if waiting:
            return self._two_versions(at_hand, waiting)
        more = {"kept_at": kept_at(draft, at_hand.stands_here)}
        typed = typed_in(draft)
        return self._page(at_hand, at_hand.form(typed) if typed else at_hand.page(), more, kept)

    def _save(self, at_hand: SectionAtHand, door: Door) -> AnyResponse | tuple[str, int]:
        if at_hand.offer is None:
            abort(404)
        if at_hand.is_heard:
            return self._heard_meanwhile(at_hand)
        if at_hand.is_locked:
            return self._locked_meanwhile(at_hand)
        if at_hand.must_be_asked_for:
            return self._ask_first(at_hand)
        form = at_hand.whole(self._everything_typed(at_hand))
        more = (*taken(at_hand, form, self._services.today()), *from_diary(at_hand, form))
        try:
            saved = save_form(self._services, at_hand, form, door.action, more)
            happened = do_goals(self._services, at_hand, form, door.action)
            lay_its_photos(self._services, at_hand, form, door.action)
        except HeardNow:  # since this very request came
            return self._heard_meanwhile(at_hand)
        except TilsynError as problem:
            return self._page(at_hand, at_hand.form(request.form), {"refused": at_hand.say.told(problem)}), _REFUSED
        if saved.conflicts and self._is_unsent(at_hand, saved):
            return self._page(at_hand, form, {"refused": at_hand.say("forms.goal_is_changing")}), _REFUSED
        if saved.conflicts:
            waiting = tuple(TwoVersions.of(at_hand, one.slot, one.theirs, one.mine) for one in saved.conflicts)
            return self._two_versions(at_hand, waiting), _CONFLICT
        if form.press and not form.stays:
            return redirect(after_press(at_hand, form, happened), _SEE_OTHER)
        return self._after(at_hand, form, saved)

    def _everything_typed(self, at_hand: SectionAtHand) -> Posted:
        """What this page sent, and what waits from other pages of the section, and the button that was pressed."""
        sent = request.form.items(multi=True)
        posted = as_posted(laid_over(self._draft(at_hand), sent, at_hand.stands_here))
        if posted is not None and PRESS in request.form:
            posted[PRESS] = request.form[PRESS]
        return posted if posted is not None else request.form

    def _after(self, at_hand: SectionAtHand, form: SectionForm, saved: Saved) -> AnyResponse | tuple[str, int]:
        again = self._at_hand(at_hand.visit.id, at_hand.section.key, door_named(at_hand.door), saved.case)
        page = again.form(rebased(request.form, (*saved.written, *saved.unchanged)))
        if form.stays:  # a row that came and is still blank is nowhere but on the page
            return self._page(again, page, {}), _OK
        if not page.validate():
            return self._page(again, page, {"problems": page.problems}), _REFUSED
        return redirect(self._onwards(at_hand), _SEE_OTHER)

    def _is_unsent(self, at_hand: SectionAtHand, saved: Saved) -> bool:
        """Whether the other of two versions is the family's, and not handed in: it is shown to no employee."""
        now = self._at_hand(at_hand.visit.id, at_hand.section.key, door_named(at_hand.door), saved.case)
        return not all(now.is_known(one.slot, one.theirs) for one in saved.conflicts)

    def _onwards(self, at_hand: SectionAtHand) -> str:
        endpoint, following = f"forms.{at_hand.door}", at_hand.next_leaf
        if at_hand.next_goal and not at_hand.asked.back:
            return url_for(endpoint, **at_hand.address(goal=at_hand.next_goal))
        if following and not at_hand.asked.back:
            return url_for(endpoint, **at_hand.address(following.number))
        return self._ways.onwards(at_hand)

    def _keep(self, at_hand: SectionAtHand) -> AnyResponse:
        if at_hand.offer is None:
            abort(404)
        if at_hand.is_locked and not at_hand.is_heard:  # while it is heard, words wait as a draft
            return _told("locked", _REFUSED)
        words = laid_over(self._draft(at_hand), request.form.items(multi=True), at_hand.stands_here)
        count = _number(request.form.get(COUNT, "")) + _number(request.headers.get(_COUNTED, ""))
        if not self._services.store.drafts.keep(at_hand.draft, count, words):
            # Another window of the same person is ahead: to say “kept” would be untrue.
            return _told("older", _CONFLICT)
        return jsonify(based_on={})

    def _choose(self, at_hand: SectionAtHand, door: Door) -> AnyResponse | tuple[str, int]:
        if not at_hand.may_write:
            abort(404)
        if at_hand.must_be_asked_for:
            return redirect(help_address(at_hand), _SEE_OTHER)
        draft = self._draft(at_hand)
        typed = {key: value for key, value in (draft.words if draft else {}).items() if key == "typed"}
        try:
            answers = chosen_answers(at_hand, request.form, draft)
            left = {**typed, **undecided(at_hand, request.form, draft)}
            saved = save_answers(self._services, at_hand, answers, door.action, left)
        except TilsynError as problem:
            return self._two_versions(at_hand, two_versions(at_hand, draft), at_hand.say.told(problem)), _REFUSED
        if saved.conflicts:
            waiting = tuple(TwoVersions.of(at_hand, one.slot, one.theirs, one.mine) for one in saved.conflicts)
            return self._two_versions(at_hand, waiting), _CONFLICT
        return redirect(
            url_for(f"forms.{at_hand.door}", **at_hand.address()) if left else self._onwards(at_hand), _SEE_OTHER
        )

    def _ask_first(self, at_hand: SectionAtHand) -> AnyResponse:
        """Somebody has saved words of their own meanwhile: what was typed for them waits until they have asked."""
        kept = self._kept(at_hand)
        words = laid_over(kept.draft, request.form.items(multi=True), at_hand.stands_here)
        self._services.store.drafts.keep(at_hand.draft, kept.count + 1, words)
        return redirect(help_address(at_hand), _SEE_OTHER)

    def _heard_meanwhile(self, at_hand: SectionAtHand) -> tuple[str, int]:
        """What was typed waits as a draft: if the hearing is withdrawn it stands in the section again."""
        kept = self._services.store.drafts.kept(at_hand.draft)
        words = laid_over(kept.draft, request.form.items(multi=True), at_hand.stands_here)
        self._services.store.drafts.keep(at_hand.draft, kept.count + 1, words)
        problem = {"refused": at_hand.say("forms.heard_meanwhile"), "typed": self._typed_lines(at_hand)}
        return self._page(at_hand, at_hand.form(), problem), _REFUSED

    def _locked_meanwhile(self, at_hand: SectionAtHand) -> tuple[str, int]:
        """What was typed into a section that was locked meanwhile is shown once more, and nothing of it is written."""
        problem = {"refused": at_hand.say("forms.locked_meanwhile"), "typed": self._typed_lines(at_hand)}
        return self._page(at_hand, at_hand.form(), problem), _REFUSED

    def _typed_lines(self, at_hand: SectionAtHand) -> tuple[Line, ...]:
        changes = at_hand.if_it_were_open(request.form).changes()
        words = ((slot, words_of(slot, value, at_hand.tool)) for slot, value in changes.items() if value)
        return tuple(Line(at_hand.label_of(slot), said, explained=at_hand.explained(slot)) for slot, said in words)

    def _two_versions(self, at_hand: SectionAtHand, waiting: tuple[TwoVersions, ...], refused: str = "") -> str:
        return render_template(
            "forms/conflict.html",
            at_hand=at_hand,
            waiting=waiting,
            refused=refused,
            address=url_for(f"forms.{at_hand.door}_choose", **at_hand.address()),
            where=at_hand.where,
        )

    def _page(
        self, at_hand: SectionAtHand, form: Drawable, more: Mapping[str, object], kept: Kept | None = None
    ) -> str:
        return render_template(
            "forms/section.html",
            at_hand=at_hand,
            form=form,
            offers=offered_answers(at_hand, form, self._services.today()),
            plan=plan_facts(at_hand),
            first_goal=first_ungraded(at_hand) if at_hand.is_plan else "",
            goal_address=lambda goal: url_for(f"forms.{at_hand.door}", **at_hand.address(goal=goal)),
            take_all=ALL,
            helped=helped_in_words(at_hand),
            histories=histories(at_hand, case_in_view().decision.role),
            address=url_for(f"forms.{at_hand.door}", **at_hand.address()),
            keep=url_for(f"forms.{at_hand.door}_keep", **at_hand.address()),
            count=(kept or self._kept(at_hand)).count,
            count_name=COUNT,
            back=self._back(at_hand),
            onwards=self._onwards(at_hand) if at_hand.is_plan else "",
            where=at_hand.where,
            moment=at_hand.say.moment,
            day=at_hand.say.day,
            **more,
        )

    def _back(self, at_hand: SectionAtHand) -> str:
        if at_hand.goal:
            return url_for(f"forms.{at_hand.door}", **at_hand.address(goal=""))
        if at_hand.leaf.number > 1 and not at_hand.asked.back:
            return url_for(f"forms.{at_hand.door}", **at_hand.address(at_hand.leaf.number - 1))
        return self._ways.back(at_hand)


def _told(problem: str, status: int) -> Response:
    response = jsonify(problem=problem)
    response.status_code = status
    return response


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= _LONGEST_NUMBER else 0
