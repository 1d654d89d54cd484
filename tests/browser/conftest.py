"""A server and a Chromium for the tests of a folder's file."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.screens import CHROMIUM, FLAGS
from tests.channels.serving import serving
from tests.conftest import REQUIRED


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def chromium():
    if not REQUIRED and not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
