"""The pages of somebody who is asked to sign: read, sign, or say no and why; and the receipt."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.events import Event
from pipeline.cases.record.history import name_of
from pipeline.cases.record.place_words import named_as
from pipeline.cases.signing.events import SignedBySignIn, SigningDeclined
from pipeline.documents.contents.signature_words import SignIn, signed_by_sign_in
from pipeline.errors import TilsynError
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Problem
from webforms.identity.current import case_in_view, visitor
from webforms.identity.marked import needs
from webforms.services import Services
from webforms.signing.at_signing import AtSigning, at_signing, own_signings
from webforms.signing.sealed_signatures import SealedSignatures, Wanted, Written
from webforms.whereabouts import where_for

READ, SIGN = "signing.read", "signing.sign"
PATH = "/sager/<case_id>/underskriv/<signing>/<person>"
_SEE_OTHER, _CONFLICT, _REFUSED, _UNAVAILABLE = 303, 409, 422, 503
_SEEN, _SURE, _REASON = "set", "laest", "begrundelse"


class PartyPages:
    """The pages.

    Args:
        services: what they work with.
        signatures: write what somebody signs into the file and the case.
    """

    def __init__(self, services: Services, signatures: SealedSignatures) -> None:
        self._services, self._signatures = services, signatures

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/sager/<case_id>/underskriv", "own", self._own, methods=["GET"])
        pages.add_url_rule(PATH, "read", self._read, methods=["GET"])
        pages.add_url_rule(PATH, "sign", self._sign, methods=["POST"])
        pages.add_url_rule(f"{PATH}/nej", "no", self._no, methods=["GET"])
        pages.add_url_rule(f"{PATH}/nej", "decline", self._decline, methods=["POST"])
        pages.add_url_rule(f"{PATH}/kvittering", "receipt", self._receipt, methods=["GET"])

    @needs(READ)
    def _own(self, case_id: str) -> str:
        view = case_in_view()
        return render_template(
            "signing/own.html",
            case_id=case_id,
            signings=own_signings(self._services, view),
            where=where_for(view, self._services.today(), self._services.say()),
        )

    @needs(READ)
    def _read(self, case_id: str, signing: str, person: str) -> str:
        return _page(at_signing(self._services, signing, person))

    @needs(SIGN)
    def _sign(self, case_id: str, signing: str, person: str) -> AnyResponse | tuple[str, int]:
        at = at_signing(self._services, signing, person)
        if at.signature:  # a double click, or back and again
            return redirect(at.url("receipt"), _SEE_OTHER)
        if not at.may_sign or request.form.get(_SEEN) != at.signing.opened.sha256:
            return _page(at, fault=self._services.say()("signing.not_now")), _CONFLICT
        if not request.form.get(_SURE):
            return _page(at, [Problem(_SURE, self._services.say()("signing.sure_missing"))]), _REFUSED
        try:
            self._signatures.write(_wanted(at))
        except TilsynError as problem:
            return _page(at, fault=self._services.say().told(problem)), _UNAVAILABLE
        return redirect(at.url("receipt"), _SEE_OTHER)

    @needs(READ)
    def _no(self, case_id: str, signing: str, person: str) -> str:
        at = at_signing(self._services, signing, person)
        return _no_page(at, _no_form(at))

    @needs(SIGN)
    def _decline(self, case_id: str, signing: str, person: str) -> AnyResponse | tuple[str, int]:
        at = at_signing(self._services, signing, person)
        form = _no_form(at).with_typed(request.form)
        if not form.validate():
            return _no_page(at, form), _REFUSED
        # Whether there still is something to decline is asked where nobody else can change it.
        with self._services.store.cases.change(case_id, at.view.actor, SIGN) as change:
            now = change.case.signings[signing]
            if now.waits_for(person) and now.stand(at.now) is at.stand:
                change.add([SigningDeclined(signing, person, form.text(_REASON), at.acts_as)], at.view.actor)
        return redirect(at.url("receipt"), _SEE_OTHER)

    @needs(READ)
    def _receipt(self, case_id: str, signing: str, person: str) -> AnyResponse | str:
        at = at_signing(self._services, signing, person)
        if not (at.signature or at.declined):
            return redirect(at.url("read"), _SEE_OTHER)
        return render_template(
            "signing/receipt.html",
            at=at,
            when=at.say.moment(at.signature.at) if at.signature else "",
            where=at.where,
        )


def _wanted(at: AtSigning) -> Wanted:
    proof = visitor().proof
    by = "" if at.acts_as is None else named_as(name_of(at.case, at.view.actor), at.acts_as)
    sha256 = at.signing.opened.sha256
    said = SignIn(at.name, by, at.now, sha256, proof.method.value, proof.level, proof.at)

    def event(written: Written) -> Event:
        return SignedBySignIn(
            signing=at.signing.id,
            person_id=at.person_id,
            sha256=sha256,
            received=at.now,
            proof=proof.method.value,
            level=proof.level,
            proved=proof.at,
            file=written.file,
            file_sha256=written.sha256,
            acted_as=at.acts_as,
        )

    return Wanted(
        case_id=at.view.id,
        signing=at.signing.id,
        person_id=at.person_id,
        by=at.view.actor,
        action=SIGN,
        received=at.now,
        reason=lambda _: signed_by_sign_in(said),
        event=event,
    )


def _page(at: AtSigning, problems: Sequence[Problem] = (), fault: str = "") -> str:
    return render_template(
        "signing/read.html",
        at=at,
        how=at.say(f"identity.method.{visitor().proof.method.value}"),
        problems=problems,
        error=next((problem.words for problem in problems), ""),
        fault=fault,
        where=at.where,
    )


def _no_form(at: AtSigning) -> SmallForm:
    if not at.may_decline:
        abort(404)
    return SmallForm("signing.no", (Ask(_REASON, Look.AREA, required=True, hint=True, rows=3),), at.services.say())


def _no_page(at: AtSigning, form: SmallForm) -> str:
    return render_template("signing/no.html", at=at, form=form, problems=form.problems, where=at.where)
