"""Asks the timestamp service for a token and accepts only the answer to this very question."""

import hashlib
import secrets

from pipeline.documents.seal import der
from pipeline.documents.seal.algorithms import SHA256
from pipeline.documents.seal.fetch import Fetcher, NoAnswer
from pipeline.documents.seal.strict_cms import NotStrict
from pipeline.documents.seal.timestamp_token import TimestampToken, read_token

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_LARGEST_REPLY = 50_000
_GRANTED = der.integer(0)
_TRUE = der.encode(der.BOOLEAN, b"\xff")


class NoTimestamp(Exception):
    """The service gave no usable token; the message says why, in English, for the log."""


def request_token(fetcher: Fetcher, url: str, data: bytes) -> tuple[bytes, TimestampToken]:
    """A token over the data, as bytes and as read.

    The token is strict, signed by the certificate inside it, over this data and carries our nonce;
    whether that certificate is to be trusted is for the caller to judge.

    Raises:
        NoTimestamp: anything else came back, or nothing.
    """
    nonce = secrets.randbits(63)
    try:
        answer = fetcher.post(url, _request(data, nonce), sent=_QUERY, wanted=_REPLY, largest=_LARGEST_REPLY)
        encoded = _token_in(answer)
        token = read_token(encoded)
    except (NoAnswer, NotStrict, der.NotDer) as problem:
        raise NoTimestamp(str(problem)) from problem
    if token.nonce != nonce or not token.is_over(data):
        raise NoTimestamp("the answer to another question")
    return encoded, token


def _request(data: bytes, nonce: int) -> bytes:
    hashed = der.encode(der.OCTET_STRING, hashlib.sha256(data).digest())
    imprint = der.encode(der.SEQUENCE, SHA256.algorithm_identifier, hashed)
    return der.encode(der.SEQUENCE, der.integer(1), imprint, der.integer(nonce), _TRUE)


def _token_in(answer: bytes) -> bytes:
    status, *token = der.children(der.read_one(answer), der.SEQUENCE)
    if der.children(status, der.SEQUENCE)[0].raw != _GRANTED or len(token) != 1:
        raise NoTimestamp("the request was rejected")
    return token[0].raw
