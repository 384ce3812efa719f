"""All fictional cases, rendered once by the real workshop as a municipality without a seal of its own has it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rendered_case import RenderedCase

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.documents.render import Workshop, render_case
from pipeline.tool.load import EDITIONS
from webforms.demo import sample_path, samples
from webforms.settings import Settings, read_settings
from webforms.wiring import workshop

NAMES = samples(EDITIONS)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation of its own: fresh demo certificates, two LibreOffices."""
    home = tmp_path_factory.mktemp("installation")
    return read_settings({"HJEMMETILSYN_HOME": str(home), "HJEMMETILSYN_WORKERS": "2"})


@pytest.fixture(scope="session")
def machines(settings: Settings) -> Iterator[Workshop]:
    with workshop(settings) as warm:
        yield warm


@pytest.fixture(scope="session")
def rendered(machines: Workshop, tmp_path_factory: pytest.TempPathFactory) -> dict[str, RenderedCase]:
    """Every case by its name, made two at a time."""
    out = tmp_path_factory.mktemp("cases")

    def render(name: str) -> RenderedCase:
        case = RenderedCase(name, read_answers_file(sample_path(name, EDITIONS)), out / name)
        render_case(case.answers, machines, case.folder)
        return case

    with ThreadPoolExecutor(2) as pool:
        return {case.name: case for case in pool.map(render, NAMES)}


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, rendered: dict[str, RenderedCase]) -> RenderedCase:
    """Each case in turn."""
    return rendered[request.param]


@pytest.fixture(scope="session")
def one_case(rendered: dict[str, RenderedCase]) -> RenderedCase:
    """A case for tests that one case can answer."""
    return rendered["cp_skole_2"]


@pytest.fixture(scope="session")
def answers(one_case: RenderedCase) -> Answers:
    return one_case.answers


@pytest.fixture(scope="session")
def demo_root(settings: Settings, rendered: dict[str, RenderedCase]) -> Path:
    """The certificate of the installation's demo root."""
    return settings.home / "demo-segl" / "gaeldende" / "rod.pem"
