"""The family's diary between the visits: two lines any day, its own until it shares an entry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.events import Event
from pipeline.cases.record.family_events import DiaryRemoved, DiaryShared, DiaryWritten
from pipeline.cases.record.parts import DiaryEntry, Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.intake.kinds import MOST_BYTES
from pipeline.store.clock import new_id
from pipeline.store.drafts import DraftOf
from webforms.design.page import Option, Problem
from webforms.files.handing_out import handed_out
from webforms.forms.kept_draft import COUNT, as_draft, typed_in
from webforms.identity.current import CaseInView, case_in_view
from webforms.identity.marked import needs
from webforms.identity.pace import Pace
from webforms.inputs.danish_day import NotADay, YearMissing, read_day, written_day
from webforms.parents.diary_files import ACCEPT, DiaryFile, file_of, lay_to
from webforms.parents.short_text import short_text
from webforms.parents.whose import own_voice
from webforms.services import Services
from webforms.whereabouts import visit_at_hand, where_for

_PATH = "/sager/<case_id>/dagbog"
_READ, _WRITE = "diary.read", "diary.write"
_OK, _SEE_OTHER, _REFUSED, _CONFLICT = 200, 303, 422, 409
_MOST_CHARACTERS = 2000
_FIELDS = ("dato", "tekst", "maal")
_LONGEST_NUMBER = 15
_FILES = "billeder"
_LARGEST = MOST_BYTES + 64 * 1024


@dataclass(frozen=True)
class Typed:
    """An entry as it was typed.

    Attributes:
        choose_again: whether files were sent with it, which a browser does not keep chosen.
    """

    day: str = ""
    text: str = ""
    goal: str = ""
    problems: tuple[Problem, ...] = ()
    choose_again: bool = False


def own_entries(view: CaseInView, day: date) -> tuple[DiaryEntry, ...]:
    """The household's diary, newest day first; nobody else's is ever among it."""
    voice = own_voice(view.case, view.actor, day)
    own = [entry for entry in view.case.diary.values() if entry.voice == voice]
    return tuple(sorted(own, key=lambda entry: (entry.on, entry.at), reverse=True))


class DiaryPages:
    """The page.

    Args:
        services: what it works with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule(_PATH, "diary", self._show, methods=["GET"])
        pages.add_url_rule(_PATH, "diary_write", self._write, methods=["POST"])
        pages.add_url_rule(f"{_PATH}/kladde", "diary_keep", self._keep, methods=["POST"])
        pages.add_url_rule(f"{_PATH}/<entry>/fil", "diary_add_files", self._add_files, methods=["POST"])
        pages.add_url_rule(f"{_PATH}/<entry>/fil/<file_id>", "diary_file", self._file, methods=["GET"])
        pages.add_url_rule(f"{_PATH}/<entry>/del", "diary_share", self._share, methods=["POST"])
        pages.add_url_rule(f"{_PATH}/<entry>/fjern", "diary_remove", self._remove, methods=["POST"])

    @needs(_READ)
    def _show(self, case_id: str) -> str:
        kept = typed_in(self._services.store.drafts.of(self._draft(case_in_view())))
        today = written_day(self._services.today())
        day, text, goal = (kept.get(name, "") for name in _FIELDS) if kept else (today, "", "")
        return self._page(Typed(day, text, goal))

    @needs(_WRITE, pace=Pace.UPLOADING, largest=_LARGEST)
    def _write(self, case_id: str) -> AnyResponse | tuple[str, int]:
        view, today, files = case_in_view(), self._services.today(), _sent()
        typed, on = self._typed(view)
        if typed.problems or on is None:
            return self._page(replace(typed, choose_again=bool(files))), _REFUSED
        entry = next((one for one in own_entries(view, today) if (one.on, one.text) == (on, typed.text)), None)
        if entry is None:  # else it was a double click
            written = DiaryWritten(new_id(), own_voice(view.case, view.actor, today), on, typed.text, typed.goal)
            self._append(view, written)
            entry = self._afresh(view).case.diary[written.entry]
        self._services.store.drafts.drop(self._draft(view), _WRITE)
        return self._lay(entry, files)

    @needs(_WRITE, pace=Pace.UPLOADING, largest=_LARGEST)
    def _add_files(self, case_id: str, entry: str) -> AnyResponse | tuple[str, int]:
        own = self._own(entry)
        if own.shared_at:  # what was shared is no more the family's own to add to
            abort(404)
        return self._lay(own, _sent())

    @needs(_READ)
    def _file(self, case_id: str, entry: str, file_id: str) -> Response:
        kept = file_of(self._own(entry), file_id) or abort(404)
        return handed_out(self._services, case_id, kept)

    def _lay(self, entry: DiaryEntry, files: Sequence[FileStorage]) -> AnyResponse | tuple[str, int]:
        """Lay files to an entry, which stands whatever becomes of them."""
        view = self._afresh(case_in_view())
        refused = tuple(lay_to(self._services, view, entry.id, entry.on, files, _WRITE))
        if refused:
            problems = tuple(Problem(f"dagbog-{entry.id}", words) for words in refused)
            return self._page(Typed(written_day(self._services.today()), problems=problems)), _REFUSED
        return redirect(url_for("parents.diary", case_id=view.id, _anchor=f"dagbog-{entry.id}"), _SEE_OTHER)

    def _afresh(self, view: CaseInView) -> CaseInView:
        return replace(view, case=self._services.store.cases.case(view.id))

    @needs(_WRITE)
    def _keep(self, case_id: str) -> tuple[AnyResponse, int]:
        pairs = [(name, request.form[name]) for name in _FIELDS if name in request.form]
        count = _number(request.form.get(COUNT, "")) + _number(request.headers.get("X-Autosave", ""))
        kept = self._services.store.drafts.keep(self._draft(case_in_view()), count, as_draft(pairs, {}))
        return jsonify(based_on={}), _OK if kept else _CONFLICT

    @needs(_WRITE)
    def _share(self, case_id: str, entry: str) -> AnyResponse:
        view, own = case_in_view(), self._own(entry)
        if own.shared_at is None:
            self._append(view, DiaryShared(entry))
        return redirect(url_for("parents.diary", case_id=case_id, _anchor=f"dagbog-{entry}"), _SEE_OTHER)

    @needs(_WRITE)
    def _remove(self, case_id: str, entry: str) -> AnyResponse:
        view, own = case_in_view(), self._own(entry)
        if own.shared_at is None:  # what was shared belongs to the case
            self._append(view, DiaryRemoved(entry))
        return redirect(url_for("parents.diary", case_id=case_id), _SEE_OTHER)

    def _own(self, entry: str) -> DiaryEntry:
        entries = own_entries(case_in_view(), self._services.today())
        return next((one for one in entries if one.id == entry), None) or abort(404)

    def _append(self, view: CaseInView, event: Event) -> None:
        self._services.store.cases.append(view.id, [event], view.actor, _WRITE)

    def _draft(self, view: CaseInView) -> DraftOf:
        return DraftOf(view.id, "", "dagbog", view.actor)

    def _typed(self, view: CaseInView) -> tuple[Typed, date | None]:
        say, today = self._services.say(), self._services.today()
        written, goal = request.form.get("dato", ""), request.form.get("maal", "")
        text = short_text(request.form.get("tekst", ""), "tekst", say("parents.diary_text"), _MOST_CHARACTERS, say)
        known = {option.value for option in self._goals(view)}
        on, problems = _day(written, today), text.problems
        if on is None:
            problems = (Problem("dato", say("parents.diary_day_wrong")), *problems)
        return Typed(written, text.typed, goal if goal in known else "", problems), on

    def _goals(self, view: CaseInView) -> tuple[Option, ...]:
        visit: Visit | None = visit_at_hand(view.case, self._services.today())
        plan = visit.plan if visit else ()
        return tuple(Option(goal.id, name) for goal in plan if visit and (name := wording_of(visit, goal.id)))

    def _page(self, typed: Typed) -> str:
        view, today = self._afresh(case_in_view()), self._services.today()
        return render_template(
            "parents/diary.html",
            case_id=view.id,
            entries=own_entries(view, today),
            goals=self._goals(view),
            goal_names={option.value: option.label for option in self._goals(view)},
            typed=typed,
            files={entry.id: [DiaryFile.of(kept) for kept in entry.files] for entry in own_entries(view, today)},
            accept=ACCEPT,
            problems=typed.problems,
            count=self._services.store.drafts.count(self._draft(view)),
            count_name=COUNT,
            may_write=view.case.is_open,
            where=where_for(view, today, self._services.say()),
        )


def _day(written: str, today: date) -> date | None:
    """The day that was meant; a diary tells of no day to come."""
    try:
        day = read_day(written)
    except (NotADay, YearMissing):
        return None
    return day if day <= today else None


def _sent() -> list[FileStorage]:
    return [file for file in request.files.getlist(_FILES) if file.filename]


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= _LONGEST_NUMBER else 0
