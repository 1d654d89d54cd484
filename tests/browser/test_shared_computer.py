"""A computer that others use: it forgets when told so, asks before it erases, and can be undone."""

import sqlite3
from contextlib import closing

import pytest

from tests.browser.screens import SIZES, act, press, question, screen, shoot, violations
from tests.channels.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    with serving(folder) as address, closing(sqlite3.connect(folder / "web.db")) as database:
        yield address, lambda: database.execute("SELECT brief FROM conversation").fetchall()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_shared_computer_forgets_and_asks_first(chromium, kept, size, script):
    address, briefly = kept
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    for label in ("[Strādāju]", "[18 vai vairāk]", "[180 dienas, lai var turpināt vēlāk]"):
        act(page, label, script)
    open_question = question(page)
    assert briefly() == [(0,)]
    page.locator("#computer summary").click()
    press(page, page.get_by_role("button", name="Jā, aizmirst šo sarunu"))
    assert briefly() == [(1,)]
    assert page.locator("#computer .notice").is_visible()
    assert {cookie["expires"] for cookie in context.cookies()} == {-1}
    press(page, page.get_by_role("button", name="Datoru lietoju tikai es"))
    assert briefly() == [(0,)]
    assert [cookie["name"] for cookie in context.cookies()] == ["celvedis"]
    page.locator("#computer summary").click()
    press(page, page.get_by_role("button", name="Jā, aizmirst šo sarunu"))
    shoot(page, f"shared-{size[0]}-{size[1]}", full=False)
    page.get_by_role("button", name="Beigt un aizmirst").click()
    page.get_by_role("link", name="Nē, turpināt sarunu").click()
    page.locator("#q").wait_for()
    assert question(page) == open_question
    page.get_by_role("button", name="Beigt un aizmirst").click()
    page.get_by_role("button", name="Jā, dzēst visu").wait_for()
    if script:
        assert violations(page) == []
        shoot(page, f"forget-{size[0]}-{size[1]}", full=False)
    page.get_by_role("button", name="Jā, dzēst visu").click()
    page.get_by_text("Viss dzēsts.").wait_for()
    assert (briefly(), context.cookies()) == ([], [])
    context.close()
