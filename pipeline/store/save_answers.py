"""Saving answers so that nobody overwrites unseen what somebody else wrote meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.reached_plan import stands_for
from pipeline.cases.record.visit_events import Written
from pipeline.store.case_change import CaseChange
from pipeline.store.case_store import CaseStore
from pipeline.store.drafts import DraftOf, Drafts
from pipeline.store.refusals import EventRefused, SlotRefused

Value = Mapping[str, Any] | None
SectionOf = Callable[[str, str], str | None]
"""Tells by edition and key of a slot which section it stands in; None where the edition has no such slot."""

CONFLICT = "conflict"
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Answer:
    """What somebody wants a slot to say.

    Attributes:
        slot: key of a field, or `goal/<goal id>/<column>`.
        based_on: revision of the slot that the person saw (`Visit.revision_of`).
        value: as in the documents' JSON; None takes the answer back.
        voice: where it is not the writer's own: what is one for all, such as the name of a goal.
    """

    slot: str
    based_on: int
    value: Value
    voice: str = ""


@dataclass(frozen=True)
class Writer:
    """Who saves, in whose voice, and how it came.

    Attributes:
        by: id of the person or employee at the keyboard.
        voice: household or person whose answer it is.
        on_behalf_of: id of the person whose words they are, where somebody else holds the pen.
        through: web, phone, pdf, word, excel.
        at_desk: an employee holds the pen for somebody; what waits is kept for whoever of the municipality goes on.
    """

    by: str
    voice: str
    on_behalf_of: str = ""
    through: str = "web"
    at_desk: bool = False


@dataclass(frozen=True)
class Conflict:
    """A slot that somebody else has written since: theirs stands, mine waits as a draft until the person has chosen."""

    slot: str
    theirs: Version
    mine: Value


@dataclass(frozen=True)
class Saved:
    """What came of a save.

    Attributes:
        case: as it is now.
        written: slots that say what was sent, from now on.
        unchanged: slots that said so already.
        conflicts: slots that were left as they are.
    """

    case: Case
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


class SaveAnswers:
    """Saves the answers of one section.

    Args:
        store: holds the cases.
        drafts: keep what could not be written.
        section_of: knows the sections of every edition.
    """

    def __init__(self, store: CaseStore, drafts: Drafts, section_of: SectionOf) -> None:
        self._store, self._drafts, self._section_of = store, drafts, section_of

    def save(
        self,
        case_id: str,
        visit: str,
        section: str,
        answers: Sequence[Answer],
        writer: Writer,
        action: str = "answers.save",
        left_over: Mapping[str, Any] = _NOTHING,
    ) -> Saved:
        """Write what nobody has changed meanwhile; all of it in one transaction.

        The same save twice writes once: what was written already is unchanged, also where others wrote after it.

        Args:
            case_id: the case.
            visit: the visit that is answered.
            section: the one section that all answers stand in.
            answers: each slot at most once.
            writer: who saves.
            action: what the audit log calls it.
            left_over: words that are no answer yet; they stay as the writer's draft.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            EventRefused: there is no such visit.
            SlotRefused: the section is locked, the field is not asked or not of this section; nothing was written.
            StoreUnavailable: nothing was written.
        """
        with self._store.change(case_id, writer.by, action) as change:
            now = _visit(change.case, visit)
            self._refuse_closed(change.case, now, section, answers, writer)
            sorted_out = _sort_out(now, answers, writer)
            change.add([_written(visit, answer, writer) for answer in sorted_out.to_write], writer.by)
            self._settle_draft(change, draft_of(case_id, visit, section, writer), sorted_out.conflicts, left_over)
        return Saved(
            change.case,
            tuple(answer.slot for answer in sorted_out.to_write),
            sorted_out.unchanged,
            sorted_out.conflicts,
        )

    def _refuse_closed(self, case: Case, visit: Visit, section: str, answers: Sequence[Answer], writer: Writer) -> None:
        if section in visit.locked:
            raise SlotRefused(
                "Afsnittet er lukket for ændringer, og intet er gemt. Skal noget rettes, så sig det til kommunen."
            )
        if len({answer.slot for answer in answers}) < len(answers):
            raise SlotRefused("Et felt er sendt to gange, og intet er gemt. Vis siden igen.")
        for answer in answers:
            if self._section_of(visit.edition, answer.slot) != section:
                raise SlotRefused("Feltet hører ikke til dette afsnit, og intet er gemt. Vis siden igen.")
            kind, _, rest = answer.slot.partition("/")
            if kind == "goal" and not stands_for(case, visit, writer.by, rest.partition("/")[0], section):
                raise SlotRefused("Målet står ikke længere i planen, og intet er gemt. Vis siden igen.")
            if answer.slot in visit.not_asked:
                raise SlotRefused("Kommunen spørger ikke om feltet ved dette tilsyn, og intet er gemt. Vis siden igen.")

    def _settle_draft(
        self, change: CaseChange, of: DraftOf, conflicts: Sequence[Conflict], left_over: Mapping[str, Any]
    ) -> None:
        if conflicts:
            change.outcome = CONFLICT
        words = {**left_over, **{conflict.slot: conflict.mine for conflict in conflicts}}
        if words:
            self._drafts.replace(change.connection, change.key, of, words)
        else:
            self._drafts.empty(change.connection, change.key, of)


def draft_of(case_id: str, visit: str, section: str, writer: Writer) -> DraftOf:
    """The draft of what a writer has typed and not saved."""
    voice = f"{writer.voice}~{writer.on_behalf_of}" if writer.on_behalf_of else writer.voice
    return DraftOf(case_id, visit, section, writer.by, voice, writer.at_desk)


@dataclass(frozen=True)
class _SortedOut:
    to_write: tuple[Answer, ...]
    unchanged: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def _sort_out(visit: Visit, answers: Sequence[Answer], writer: Writer) -> _SortedOut:
    to_write, unchanged, conflicts = [], [], []
    for answer in answers:
        versions = visit.answers.get(Slot(answer.slot, answer.voice or writer.voice), ())
        if _says_so_already(versions, answer, writer):
            unchanged.append(answer.slot)
        elif versions and versions[-1].seq != answer.based_on:
            conflicts.append(Conflict(answer.slot, versions[-1], answer.value))
        else:
            to_write.append(answer)
    return _SortedOut(tuple(to_write), tuple(unchanged), tuple(conflicts))


def _says_so_already(versions: Sequence[Version], answer: Answer, writer: Writer) -> bool:
    if (versions[-1].value if versions else None) == answer.value:
        return True
    # This very save came before, and others have written since: its answer was lost on the way, or a double click.
    return any(v.seq > answer.based_on and v.by == writer.by and v.value == answer.value for v in versions)


def _written(visit: str, answer: Answer, writer: Writer) -> Written:
    return Written(visit, answer.slot, answer.voice or writer.voice, answer.value, writer.on_behalf_of, writer.through)


def _visit(case: Case, visit: str) -> Visit:
    if visit not in case.visits:
        raise EventRefused
    return case.visits[visit]
