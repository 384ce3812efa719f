"""Several visitors at once: one case at a time, a double press counts once, and a crowd is sent away politely."""

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from page_fakes import MAKE, FakeWorkshop, press, token_on

from pipeline.errors import StepFailed
from webforms.public.queue_of_one import QueueOfOne


class AtOnce:
    """Does things at the same time, each in a thread, and keeps what came of them."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self._threads: list[threading.Thread] = []

    def start(self, work: Callable[[], object]) -> None:
        thread = threading.Thread(target=lambda: self.results.append(work()))
        self._threads.append(thread)
        thread.start()

    def wait(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()


def presses(app: Flask, address: str) -> Callable[[], object]:
    browser = app.test_client()
    token = token_on(browser)
    return lambda: press(browser, address, sent=token).status_code


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_who_presses_again_while_it_works_gets_the_same_documents_and_a_crowd_is_sent_away(
    app: Flask, workshop: FakeWorkshop
) -> None:
    workshop.pause.clear()
    visitors = AtOnce()
    for _ in range(5):
        visitors.start(presses(app, MAKE))
    until(lambda: visitors.results == [503])  # four are inside: one at work, three waiting
    assert app.test_client().get("/").status_code == 200
    workshop.pause.set()
    visitors.wait()
    assert visitors.results == [503, 303, 303, 303, 303]
    assert workshop.made == ["DEMO-0101"]


def test_a_press_after_the_documents_are_there_makes_them_again(app: Flask, workshop: FakeWorkshop) -> None:
    browser = app.test_client()
    assert [press(browser).status_code, press(browser).status_code] == [303, 303]
    assert workshop.made == ["DEMO-0101", "DEMO-0101"]


def test_two_cases_take_turns() -> None:
    queue, visitors = QueueOfOne(), AtOnce()
    inside: list[str] = []
    most: list[int] = []

    def work(name: str) -> None:
        inside.append(name)
        time.sleep(0.02)
        most.append(len(inside))
        inside.remove(name)

    for name in ("a", "b", "c"):
        visitors.start(partial(queue.run, name, partial(work, name)))
    visitors.wait()
    assert most == [1, 1, 1]


def test_a_failure_frees_the_place_and_the_next_one_tries_anew() -> None:
    queue, done = QueueOfOne(places=1), []

    def fail() -> None:
        raise StepFailed("Prøv igen.")

    for _ in range(3):
        with pytest.raises(StepFailed, match=r"Prøv igen\."):
            queue.run("a", fail)
    queue.run("a", lambda: done.append("a"))
    assert done == ["a"]


def test_closing_waits_for_the_one_at_work_and_turns_the_others_away() -> None:
    queue, others = QueueOfOne(), AtOnce()
    at_work, may_end = threading.Event(), threading.Event()
    said: list[str] = []

    def work() -> None:
        at_work.set()
        assert may_end.wait(30)
        said.append("færdig")

    others.start(lambda: queue.run("a", work))
    assert at_work.wait(30)
    others.start(lambda: queue.close(lambda: said.append("lukket")))
    time.sleep(0.05)
    assert said == []
    may_end.set()
    others.wait()
    assert said == ["færdig", "lukket"]
    with pytest.raises(StepFailed, match="lukke ned"):
        queue.run("b", lambda: said.append("for sent"))
    assert said == ["færdig", "lukket"]
