"""What is written reaches the server by itself, and the page says truly whether it did."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
from browsing import Look
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser
SAVED = re.compile(r"^Gemt kl\. \d\d[.:]\d\d$")
WAITING = re.compile("^Venter på net")


class Server:
    """Answers saves as it is told, and remembers them.

    Args:
        page: whose saves it takes.
    """

    def __init__(self, page: Page) -> None:
        self.posts: list[dict[str, list[str]]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[int] = []
        self.held: list[Route] = []
        self.holds = False
        page.route("**/gem/200", self._take)

    def release(self) -> None:
        """Answer the save that is being held."""
        self._answer(self.held.pop(0))

    def _take(self, route: Route) -> None:
        self.posts.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
        self.headers.append(route.request.headers)
        if self.holds:
            self.held.append(route)
        else:
            self._answer(route)

    def _answer(self, route: Route) -> None:
        status = self.answers.pop(0) if self.answers else 200
        if status == 0:
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=status, content_type="application/json", body='{"based_on": {"child_name": 9}}')


@pytest.fixture
def look(chromium: Browser, address: str) -> Iterator[Look]:
    look = Look(chromium, address)
    look.at("/afsnit/a/udfyldt")
    yield look
    look.close()


@pytest.fixture
def page(look: Look) -> Page:
    return look.page


@pytest.fixture
def server(page: Page) -> Server:
    return Server(page)


def until(page: Page, is_so: Callable[[], bool], seconds: float = 5) -> None:
    for _ in range(int(seconds * 50)):
        if is_so():
            return
        page.wait_for_timeout(20)
    pytest.fail("it did not happen in time")


def test_what_is_written_is_sent_and_said_to_be_kept(page: Page, server: Server) -> None:
    page.get_by_label("Barnets navn").fill("Aksel Æble & <søn>")
    expect(page.locator("#autosave-status")).to_have_text(SAVED)
    assert server.posts[-1]["child_name"] == ["Aksel Æble & <søn>"]
    assert server.posts[-1]["csrf_token"] == ["token-for-the-tests"]
    assert server.headers[-1]["x-autosave"] == "1"


def test_the_next_save_is_based_on_what_this_one_wrote(page: Page, server: Server) -> None:
    page.get_by_label("Barnets navn").fill("Aksel")
    expect(page.locator("#autosave-status")).to_have_text(SAVED)
    page.get_by_label("E-mail").fill("a@example.dk")
    until(page, lambda: len(server.posts) >= 2)
    assert [json.loads(post["_based_on"][0]) for post in (server.posts[0], server.posts[-1])] == [
        {"child_name": 7},
        {"child_name": 9},
    ]


def test_a_choice_is_sent_at_once(page: Page, server: Server) -> None:
    page.get_by_role("radio", name="Deltid").check(force=True)
    until(page, lambda: bool(server.posts), seconds=0.5)
    assert server.posts[0]["training_extent"] == ["part_time"]


def test_whoever_writes_without_a_pause_loses_no_more_than_two_seconds(page: Page, server: Server) -> None:
    field = page.get_by_label("Barnets navn")
    field.fill("")
    expect(page.locator("#autosave-status")).to_have_text(SAVED)
    server.posts.clear()
    field.press_sequentially("abcdefghijklmnopqrstuvwxyz", delay=100)
    assert server.posts, "nothing was sent during 2.6 seconds of writing"
    assert len(server.posts[0]["child_name"][0]) <= 21


def test_only_one_save_is_under_way_and_the_newest_state_wins(page: Page, server: Server) -> None:
    server.holds = True
    field = page.get_by_label("Barnets navn")
    field.fill("første")
    until(page, lambda: len(server.posts) == 1)
    field.fill("anden")
    field.fill("tredje")
    page.wait_for_timeout(900)
    assert len(server.posts) == 1
    server.holds = False
    server.release()
    until(page, lambda: len(server.posts) == 2)
    assert server.posts[1]["child_name"] == ["tredje"]
    expect(page.locator("#autosave-status")).to_have_text(SAVED)


def test_without_a_network_it_waits_and_sends_the_last_words_when_it_is_back(page: Page, server: Server) -> None:
    server.answers = [0]
    page.get_by_label("Barnets navn").fill("uden net")
    expect(page.locator("#autosave-status")).to_have_text(WAITING)
    page.get_by_label("Barnets navn").evaluate("field => field.value = 'med net'")
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(page.locator("#autosave-status")).to_have_text(SAVED)
    assert server.posts[-1]["child_name"] == ["med net"]


def test_a_server_in_trouble_is_asked_again_ever_more_slowly(page: Page, server: Server) -> None:
    page.clock.install()
    server.answers = [503, 502]
    page.get_by_label("Barnets navn").fill("igen")
    for posts, pause in ((1, 700), (2, 2100), (3, 4100)):
        assert len(server.posts) == posts - 1
        page.clock.run_for(pause)
        until(page, lambda wanted=posts: len(server.posts) == wanted)  # type: ignore[misc] # bound for this round
        expect(page.locator("#autosave-status")).to_have_text(SAVED if posts == 3 else WAITING)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (401, "Ikke gemt: Du er logget ud."),
        (403, "Ikke gemt: Du er logget ud."),
        (409, "Ikke gemt: En anden har rettet det samme."),
        (413, "Ikke gemt. Tryk på Gem for at se hvorfor."),
        (422, "Ikke gemt. Tryk på Gem for at se hvorfor."),
    ],
)
def test_a_refusal_is_told_and_not_repeated(answer: int, told: str, page: Page, server: Server) -> None:
    server.answers = [answer]
    page.get_by_label("Barnets navn").fill("nej")
    expect(page.locator("#autosave-status")).to_contain_text(told)
    page.wait_for_timeout(300)
    assert len(server.posts) == 1


def test_being_sent_to_the_sign_in_page_is_being_signed_out(page: Page) -> None:
    page.route("**/gem/200", lambda route: route.fulfill(status=302, headers={"Location": "/"}))
    page.get_by_label("Barnets navn").fill("nej")
    expect(page.locator("#autosave-status")).to_contain_text("Ikke gemt: Du er logget ud.")


def test_a_button_waits_for_the_save_under_way(page: Page, server: Server) -> None:
    server.holds = True
    page.get_by_label("Barnets navn").fill("Aksel")
    until(page, lambda: len(server.posts) == 1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or "") if request.method == "POST" else None)
    page.get_by_role("button", name="Gem og fortsæt").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert asked == []
    with page.expect_navigation():
        server.release()
    assert len(asked) == 1
    assert json.loads(parse_qs(asked[0])["_based_on"][0]) == {"child_name": 9}


def test_a_save_that_hangs_does_not_hold_the_button_for_ever(page: Page, server: Server) -> None:
    server.holds = True
    page.get_by_label("Barnets navn").fill("Aksel")
    until(page, lambda: len(server.posts) == 1)
    page.get_by_role("button", name="Gem og fortsæt").click(no_wait_after=True)
    with page.expect_navigation(timeout=6000):
        pass


def test_leaving_with_unsent_words_is_warned_of_and_without_is_not(page: Page, server: Server) -> None:
    asked = "() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert page.evaluate(asked) is False
    server.holds = True
    page.get_by_label("Barnets navn").fill("Aksel")
    assert page.evaluate(asked) is True
    until(page, lambda: len(server.posts) == 1)
    server.release()
    expect(page.locator("#autosave-status")).to_have_text(SAVED)
    assert page.evaluate(asked) is False


def test_nothing_is_stored_in_the_browser_and_no_file_is_sent(page: Page, server: Server) -> None:
    page.evaluate(
        """() => {
            const file = document.createElement('input');
            file.type = 'file'; file.name = 'foto'; file.id = 'foto';
            document.querySelector('form[data-autosave]').append(file);
        }"""
    )
    page.locator("#foto").set_input_files({"name": "barn.jpg", "mimeType": "image/jpeg", "buffer": b"x"})
    expect(page.locator("#autosave-status")).to_have_text(SAVED)
    assert "foto" not in server.posts[-1]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_the_page_keeps_quiet_about_saves_that_go_well(look: Look, page: Page, server: Server) -> None:
    page.get_by_label("Barnets navn").fill("Aksel")
    expect(page.locator("#autosave-status")).to_have_text(SAVED)
    assert page.locator("#autosave-status").get_attribute("role") == "status"
    assert look.complaints == []
