"""Mail by SMTP, against a real server: with TLS or not at all, and the same mail is the same mail however often."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from mail_server import HOST, PASSWORD, USER, Mailbox, mail_server

from exports.mail.contract import Mail, MailRefused
from exports.mail.smtp import MailServer, SmtpMail

MAIL = Mail(
    key="sag-1-nudge-opdigtet",
    to="mor@opdigtet.example",
    subject="Der er nyt på Hjemmetilsyn",
    text="Der er nyt.\nLog ind på https://opdigtet.example/\nHilsen Ærø Å Kommune",
    at=datetime(2027, 3, 1, 9, tzinfo=UTC),
)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Mailbox]:
    with mail_server(tmp_path) as box:
        yield box


def target(box: Mailbox, *, trusts: bool = True) -> SmtpMail:
    server = MailServer(HOST, box.port, "post@opdigtet.example", USER, PASSWORD, roots=box.root if trusts else None)
    return SmtpMail(server, seconds=5)


def only(box: Mailbox) -> EmailMessage:
    (content,) = box.came
    return message_from_bytes(content, policy=default)


def test_it_comes_with_its_words_and_nothing_is_told_before_tls(box: Mailbox) -> None:
    target(box).send(MAIL)
    came = only(box)
    assert (came["to"], came["from"], came["subject"]) == (MAIL.to, "post@opdigtet.example", MAIL.subject)
    assert came.get_content().split() == MAIL.text.split()
    assert [line.split(" ")[0].upper() for line in box.in_clear] == ["EHLO", "STARTTLS"]
    assert box.logins == [f"\0{USER}\0{PASSWORD}"]


def test_every_try_bears_the_same_message_id_and_another_mail_another(box: Mailbox) -> None:
    for mail in (MAIL, MAIL, replace(MAIL, key="sag-1-nudge-anden")):
        target(box).send(mail)
    first, second, other = (message_from_bytes(content, policy=default)["message-id"] for content in box.came)
    assert first == second != other
    assert "sag-1" not in first


def test_a_server_without_tls_is_told_nothing(box: Mailbox) -> None:
    box.offers_tls = False
    with pytest.raises(MailRefused) as refused:
        target(box).send(MAIL)
    assert not refused.value.permanent
    assert (box.came, box.to, box.logins) == ([], [], [])


def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(box: Mailbox) -> None:
    with pytest.raises(OSError, match="certificate"):
        target(box, trusts=False).send(MAIL)
    assert (box.came, box.to, box.logins) == ([], [], [])


@pytest.mark.parametrize(("answer", "permanent"), [("550 no such mailbox", True), ("452 full", False)])
def test_a_refusal_says_whether_to_try_again_and_never_the_address(
    box: Mailbox, answer: str, *, permanent: bool
) -> None:
    box.refuses = answer
    with pytest.raises(MailRefused) as refused:
        target(box).send(MAIL)
    assert refused.value.permanent is permanent
    assert MAIL.to not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_server_that_is_away_is_an_error_of_the_system(tmp_path: Path) -> None:
    with mail_server(tmp_path) as box:
        away = target(box)
    with pytest.raises(OSError):  # noqa: PT011 - refused, reset or timed out: each is one
        away.send(MAIL)


def test_neither_address_nor_password_is_in_what_is_printed_of_them() -> None:
    server = MailServer("h", 25, "p@opdigtet.example", USER, PASSWORD)
    assert MAIL.to not in repr(MAIL)
    assert PASSWORD not in repr(server)


@pytest.mark.parametrize("address", ["mor@opdigtet.example\r\nBcc: a@b.example", "ingen adresse", ""])
def test_an_address_that_is_none_is_refused_before_anything_goes_out(box: Mailbox, address: str) -> None:
    with pytest.raises(MailRefused):
        target(box).send(replace(MAIL, to=address))
    assert box.came == []
