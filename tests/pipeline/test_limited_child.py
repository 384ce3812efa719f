"""A child process can loop, eat memory, crash or lie: the parent goes on, and the next answer is the right one."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import StepFailed
from pipeline.limited_child import MAX_ANSWER_BYTES, PROJECT, LimitedChild, Refused

OBEDIENT = "tests.pipeline.children.obedient"
SECONDS = 1.5
MEGABYTE = 1024 * 1024


def _child(seconds: float = SECONDS, module: str = OBEDIENT) -> LimitedChild:
    return LimitedChild(module, memory_bytes=512 * MEGABYTE, seconds=seconds, what="Prøven")


@pytest.fixture
def child() -> Iterator[LimitedChild]:
    with _child() as child:
        yield child


def _is_alive(pid: int | None) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _ends_within(pid: int | None, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while _is_alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not _is_alive(pid)


def test_the_child_stays_warm_between_questions(child: LimitedChild) -> None:
    assert child.pid is None, "nothing is started before it is needed"
    pids = {child.ask(("pid", None)) for _ in range(5)}

    assert pids == {str(child.pid).encode()}


def test_a_refusal_comes_with_its_message_and_the_child_lives_on(child: LimitedChild) -> None:
    with pytest.raises(Refused, match="Nej, så hellere æbler"):
        child.ask(("refuse", "Nej, så hellere æbler"))
    pid = child.pid

    assert child.ask(("echo", b"ja")) == b"ja"
    assert child.pid == pid


@pytest.mark.parametrize(("task", "value"), [("loop", None), ("sleep", 60), ("lie", 1000), ("lie", MAX_ANSWER_BYTES)])
def test_no_answer_in_time_is_stopped_at_the_deadline_and_a_new_child_answers(
    child: LimitedChild, task: str, value: object
) -> None:
    child.ask(("echo", b""))
    pid, began = child.pid, time.monotonic()

    with pytest.raises(StepFailed, match=r"Prøven tog mere end 1.5 sekunder og blev stoppet\."):
        child.ask((task, value))

    assert SECONDS <= time.monotonic() - began < SECONDS + 2
    assert not _is_alive(pid)
    assert child.ask(("echo", b"den n\xc3\xa6ste")) == b"den n\xc3\xa6ste"
    assert child.pid != pid


def test_a_child_that_does_not_take_the_question_is_stopped_at_the_deadline(child: LimitedChild) -> None:
    child.ask(("echo", b""))
    pid = child.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)

    with pytest.raises(StepFailed, match="blev stoppet"):
        child.ask(("echo", bytes(10 * MEGABYTE)))

    assert not _is_alive(pid)
    assert child.ask(("echo", b"x")) == b"x"


def test_memory_is_limited() -> None:
    with _child(seconds=30) as child:  # the limit on memory is meant here; a busy machine must not meet the other one
        assert child.ask(("eat", 100)) == b"100"

        with pytest.raises(StepFailed, match="stoppede uventet, måske fordi den brugte for meget plads"):
            child.ask(("eat", 2000))

        assert child.ask(("eat", 100)) == b"100"


@pytest.mark.parametrize(
    ("task", "value"), [("fail", "hemmeligt svar"), ("die", signal.SIGKILL), ("die", signal.SIGTERM), ("crash", None),
                        ("leave", 0), ("leave", 1), ("lie", 2**62), ("unknown", None)]
)  # fmt: skip
def test_a_child_that_fails_ends_the_step_at_once_and_is_replaced(
    child: LimitedChild, task: str, value: object
) -> None:
    child.ask(("echo", b""))
    pid, began = child.pid, time.monotonic()

    with pytest.raises(StepFailed, match="Prøven stoppede uventet"):
        child.ask((task, value))

    assert time.monotonic() - began < SECONDS
    assert not _is_alive(pid)
    assert child.ask(("echo", b"videre")) == b"videre"


def test_the_words_of_an_error_reach_no_log(child: LimitedChild, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StepFailed):
        child.ask(("fail", "hemmeligt svar"))

    said = capfd.readouterr().err
    assert "KeyError in " in said
    assert "obedient.py" in said
    assert "hemmeligt" not in said


def test_a_child_killed_between_two_questions_is_replaced_unseen(child: LimitedChild) -> None:
    for _ in range(3):
        assert child.ask(("echo", b"x")) == b"x"
        pid = child.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert _ends_within(pid, 5)


def test_answers_up_to_a_hundred_megabytes_arrive_and_longer_ones_are_refused() -> None:
    with _child(seconds=30) as child:
        assert len(child.ask(("answer of", MAX_ANSWER_BYTES - 1))) == MAX_ANSWER_BYTES - 1
        with pytest.raises(StepFailed, match="stoppede uventet"):
            child.ask(("answer of", MAX_ANSWER_BYTES))
        assert child.ask(("echo", b"x")) == b"x"


def test_a_long_question_arrives_whole(child: LimitedChild) -> None:
    long = os.urandom(20 * MEGABYTE)

    assert child.ask(("echo", long)) == long


def test_a_closed_child_leaves_no_process_and_no_open_file() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    pids = []
    for _ in range(3):
        with _child() as child:
            child.ask(("be deaf", None))
            pids.append(child.pid)

    assert not any(_is_alive(pid) for pid in pids)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_child_that_cannot_start_is_told_of_and_leaves_nothing() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for module in ("tests.pipeline.children.stillborn", "tests.pipeline.children.nowhere"):
        with _child(module=module) as child:
            for _ in range(2):
                with pytest.raises(StepFailed, match="Prøven stoppede uventet"):
                    child.ask(("echo", b""))
                assert child.pid is None

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_question_that_cannot_be_sent_disturbs_nothing(child: LimitedChild) -> None:
    child.ask(("echo", b""))
    pid = child.pid

    with pytest.raises((pickle.PicklingError, AttributeError, TypeError)):
        child.ask(lambda: None)

    assert child.ask(("echo", b"x")) == b"x"
    assert child.pid == pid


def test_an_interrupted_question_never_leaves_its_answer_to_the_next(child: LimitedChild) -> None:
    class Interrupted(BaseException):
        pass

    def interrupt(number: int, frame: object) -> None:
        raise Interrupted

    child.ask(("echo", b""))
    old = signal.signal(signal.SIGUSR1, interrupt)
    try:
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        with pytest.raises(Interrupted):
            child.ask(("sleep", 0.8))
    finally:
        signal.signal(signal.SIGUSR1, old)

    assert child.ask(("echo", b"mit svar")) == b"mit svar"


def test_threads_get_each_their_own_answer(child: LimitedChild) -> None:
    def ask(number: int) -> bool:
        words = f"svar {number} ".encode() * 1000
        return child.ask(("echo", words)) == words

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(400)))


_FORK = """
import os
from pipeline.limited_child import LimitedChild
with LimitedChild("tests.pipeline.children.obedient", memory_bytes=2**29, seconds=20, what="x") as child:
    child.ask(("echo", b""))
    pid, fork = child.pid, os.fork()
    words = b"i den anden" if fork == 0 else b"her"
    same = all(child.ask(("echo", words)) == words for _ in range(200))
    if fork == 0:
        child.close()
        os._exit(0 if same and child.pid is None else 1)
    print(same, os.waitpid(fork, 0)[1], child.pid == pid and child.ask(("echo", b"x")) == b"x")
"""


def test_a_forked_process_gets_a_child_of_its_own() -> None:
    said = subprocess.run([sys.executable, "-c", _FORK], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["True", "0", "True"]


_PARENT = """
import sys, threading, time
from pipeline.limited_child import LimitedChild
child = LimitedChild("tests.pipeline.children.obedient", memory_bytes=2**29, seconds=2, what="x")
child.ask(("echo", b""))
print(child.pid, flush=True)
if sys.argv[1] == "busy":
    threading.Thread(target=child.ask, args=(("loop", None),)).start()
time.sleep(60)
"""


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_a_child_whose_parent_was_killed_ends_by_itself(state: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _PARENT, state], cwd=PROJECT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.5)
        assert _is_alive(pid)
        parent.kill()

    assert _ends_within(pid, 8)


def test_the_child_is_not_given_the_parents_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMETILSYN_KEY", "hemmelig")
    with _child() as child:
        names = child.ask(("environment", None)).decode().split("\n")

    assert "HJEMMETILSYN_KEY" not in names
    assert "PATH" in names


def test_the_child_gives_way_to_pages(child: LimitedChild) -> None:
    child.ask(("echo", b"x"))
    assert child.pid
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, child.pid) == min(ours + 10, 19)
