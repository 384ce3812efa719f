"""An answer that somebody has looked over becomes part of the case: remarks and confirmation in one transaction."""

import re
from collections.abc import Sequence

from pipeline.cases.hearing.events import AnswerConfirmed, Told
from pipeline.cases.record.history import name_of
from webforms.hearing.at_hearing import AtHearing
from webforms.hearing.attachments import attachments_waiting
from webforms.hearing.questions import Question
from webforms.hearing.typed import Typed, remarks_of
from webforms.identity.current import visitor

ANSWER = "hearing.answer"
_ID = re.compile(r"[0-9a-f]{32}")


def is_answer_id(text: str) -> bool:
    """Whether a text is an id as our own page gave it to the browser."""
    return _ID.fullmatch(text) is not None


def confirm(at: AtHearing, typed: Typed, questions: Sequence[Question], answer: str) -> None:
    """Write the answer into the case and empty the draft.

    Args:
        at: the hearing, with the moment at which the request came in.
        typed: what was looked over.
        questions: those of the hearing.
        answer: the id that the page gave it; the same once more is not written again.

    Raises:
        StoreUnavailable: nothing was written.
    """
    helped_by = _helped_by(at, typed)
    told = Told.WRITTEN_DOWN if helped_by else Told.WRITTEN
    proof = visitor().proof
    confirmed = AnswerConfirmed(
        hearing=at.hearing.id,
        answer=answer,
        received=at.now,
        proof=proof.method.value,
        level=proof.level,
        proved=proof.at,
        attachments=tuple(one.file for one in attachments_waiting(at)),
        helped_by=helped_by,
        acted_as=at.acts_as,
    )
    store = at.services.store
    with store.cases.change(at.view.id, at.view.actor, ANSWER) as change:
        if any(known.id == answer for known in change.case.hearings.by_id[at.hearing.id].answers):
            return
        change.add([*remarks_of(typed, questions, at.hearing.id, answer, told), confirmed], at.view.actor)
        store.drafts.empty(change.connection, change.key, at.draft_of)


def _helped_by(at: AtHearing, typed: Typed) -> str:
    """Who held the pen for the child: whoever is signed in, or whom the child named."""
    if not at.is_child:
        return ""
    return typed.helper if at.is_own else name_of(at.case, at.view.actor)
