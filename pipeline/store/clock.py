"""The time and random names, as the store uses them."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells the moment, with its time zone."""


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id that nobody can guess and that says nothing: 128 random bits."""
    return secrets.token_hex(16)
