"""The page on which anybody checks a PDF or a file of evidence of ours; nothing of the file is kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore

from flask import Blueprint, render_template, request

from pipeline.documents.seal.verification import SignatureReport, Verdict, Verification
from webforms.design.page import Problem
from webforms.design.words import Speaker
from webforms.identity.marked import open_to_all
from webforms.identity.pace import Pace

_WHY = "whoever has been handed a document may ask whether it is genuine; nothing of it is kept"
_FIELD = "fil"
_LARGEST = 25 * 1024 * 1024
_FORM_AROUND = 64 * 1024
_AT_A_TIME = 2
_REFUSED, _UNAVAILABLE = 422, 503
_TONES = {Verdict.GOOD: "success", Verdict.NOT_GOOD: "error", Verdict.NOT_READABLE: "warning"}

Check = Callable[[bytes], Verification]


@dataclass(frozen=True)
class SignatureLine:
    """One signature in the words of the page; `quoted` is what the signature itself says, in Danish."""

    words: str
    quoted: str


class CheckPage:
    """The page.

    Args:
        check: judges the bytes of a file in a limited process; always answers.
        say: our own words in the visitor's language.
    """

    def __init__(self, check: Check, say: Callable[[], Speaker]) -> None:
        self._check, self._say = check, say
        self._places = BoundedSemaphore(_AT_A_TIME)

    def add_to(self, pages: Blueprint) -> None:
        """Register the address."""
        pages.add_url_rule("/tjek", "check", self._show, methods=["GET"])
        pages.add_url_rule("/tjek", "check_do", self._do, methods=["POST"])

    @open_to_all(_WHY)
    def _show(self) -> str:
        return self._page(None, ())

    @open_to_all(_WHY, pace=Pace.CHECKING, largest=_LARGEST + _FORM_AROUND)
    def _do(self) -> str | tuple[str, int]:
        sent = request.files.get(_FIELD)
        if sent is None or not sent.filename:
            return self._page(None, [Problem(_FIELD, self._say()("public.check.missing"))]), _REFUSED
        if not self._places.acquire(blocking=False):
            return self._page(None, [Problem(_FIELD, self._say()("public.check.busy"))]), _UNAVAILABLE
        try:
            found = self._check(sent.stream.read())
        finally:
            sent.close()
            self._places.release()
        return self._page(found, ())

    def _page(self, found: Verification | None, problems: Sequence[Problem]) -> str:
        say = self._say()
        return render_template(
            "public/check.html",
            found=found,
            tone=_TONES[found.verdict] if found else "",
            findings=[say(f"public.finding.{one.name}") for one in found.findings] if found else (),
            signatures=list(_signatures(found, say)) if found and found.verdict is Verdict.GOOD else (),
            field=_FIELD,
            problems=problems,
            error=next((problem.words for problem in problems), ""),
            megabytes=_LARGEST // 1024**2,
        )


def _signatures(found: Verification, say: Speaker) -> Iterator[SignatureLine]:
    for one in found.signatures:
        key = f"public.check.signature_{one.kind.name.lower()}"
        words = say(key, who=_who(one), when=say.moment(one.time) if one.time else "")
        yield SignatureLine(words, one.reason if one.kind.name == "SIGN_IN" else "")


def _who(one: SignatureReport) -> str:
    return ", ".join(dict.fromkeys(part for part in (one.name, one.organisation) if part))
