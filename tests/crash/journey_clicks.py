"""The load: cases that are clicked through their round, every click twice and again until it is acknowledged."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Protocol

MOTHER, FATHER = "mor", "far"
_OK = 200
_PAUSE = 0.05


class Ports(Protocol):
    """Where somebody answers right now."""

    def port(self) -> int:
        """Of any process that is alive."""


@dataclass
class Traveller:
    """A case on its way.

    Attributes:
        clicks: what is still to be done for it, by name and further arguments.
        answered: who was told that their answer was received.
    """

    number: str
    clicks: list[tuple[str, str]]
    answered: set[str] = field(default_factory=set)
    is_acknowledged: bool = False


class Clickers:
    """People at so many cases at a time; a case that is through makes room for a new one.

    Args:
        ports: where they click.
        most: cases under way at a time.
        hands: how many click at once.
    """

    def __init__(self, ports: Ports, most: int, hands: int = 4) -> None:
        self._ports, self._most, self._hands = ports, most, hands
        self._numbers, self._lock = count(1), threading.Lock()
        self._under_way: list[Traveller] = []
        self._stopped, self._no_more = threading.Event(), threading.Event()
        self.travellers: list[Traveller] = []
        self.acknowledged: Counter[str] = Counter()
        self.faults: list[str] = []

    @contextmanager
    def clicking(self) -> Iterator[None]:
        """Click while the block lasts."""
        threads = [threading.Thread(target=self._click_on, daemon=True) for _ in range(self._hands)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join()

    def begin_no_more(self, seconds: float) -> int:
        """Begin no new cases, and wait until all have been clicked through; returns how many have not."""
        self._no_more.set()
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._left():
            time.sleep(0.1)
        return self._left()

    def _left(self) -> int:
        return sum(bool(one.clicks) for one in self.travellers)

    def _next(self) -> Traveller | None:
        with self._lock:
            if not self._no_more.is_set() and len([t for t in self.travellers if t.clicks]) < self._most:
                traveller = _new(next(self._numbers))
                self.travellers.append(traveller)
                return traveller
            return self._under_way.pop(0) if self._under_way else None

    def _click_on(self) -> None:
        while not self._stopped.is_set():
            traveller = self._next()
            if traveller is None:
                time.sleep(_PAUSE)
                continue
            if traveller.clicks and self._click(traveller, *traveller.clicks[0]):
                self._note(traveller, *traveller.clicks.pop(0))
            else:
                time.sleep(_PAUSE)
            if traveller.clicks:
                with self._lock:
                    self._under_way.append(traveller)

    def _click(self, traveller: Traveller, what: str, who: str) -> bool:
        """Twice, as an impatient hand does; whether it was done and said so."""
        asked = {"number": traveller.number, **({"who": who} if who else {})}
        connection = HTTPConnection("127.0.0.1", self._ports.port(), timeout=10)
        with closing(connection), suppress(OSError, HTTPException):  # it was killed
            answers = [self._ask(connection, what, asked) for _ in range(2)]
            return all(answers)
        return False

    def _ask(self, connection: HTTPConnection, what: str, asked: dict[str, str]) -> bool:
        connection.request("POST", f"/{what}", json.dumps(asked))
        answer = connection.getresponse()
        content = answer.read()
        return answer.status == _OK and bool(json.loads(content))

    def _note(self, traveller: Traveller, what: str, who: str) -> None:
        traveller.is_acknowledged = True
        if what == "answer":
            traveller.answered.add(who)
        with self._lock:
            self.acknowledged[what] += 1


def _new(number: int) -> Traveller:
    """Of four cases one is silent, one has both parents' answers, and two have one."""
    who: Sequence[str] = ((), (MOTHER,), (FATHER,), (MOTHER, FATHER))[number % 4]
    answers = [("answer", one) for one in who]
    return Traveller(f"K-{number:05}", [("begin", ""), *answers, ("finish", ""), ("decide", "")])
