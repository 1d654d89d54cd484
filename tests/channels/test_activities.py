"""All activities on one page, by plain forms over real HTTP."""

import re

import httpx
import pytest

from tests.channels.serving import serving

FACES = ("never", "little", "unsure", "rather", "much")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("activities")) as found:
        yield found


@pytest.fixture
def client(address):
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as one:
        one.get("/")
        for pick in ("pupil_10_12", "from_13", "brief", "interests"):
            one.post("/say", data={"pick": pick})
        yield one


def items(page):
    return re.findall(r'<fieldset id="(\w+)"', page.text)


def ticked(page):
    return dict(re.findall(r'name="(\w+)" value="(\w+)" checked', page.text))


def by_type(names):
    likes = {"s": "much", "a": "rather", "i": "unsure"}
    return {name: likes.get(name[0], "little") for name in names}


def test_the_page_is_offered_beside_the_activities(client):
    page = client.get("/")
    assert 'href="/activities"' in page.text
    assert len(items(client.get("/activities"))) == 30


def test_a_whole_page_ends_in_the_portrait(client):
    names = items(client.get("/activities"))
    page = client.post("/activities", data=by_type(names))
    assert "Tev tuvākās jomas: palīdzēšana un radīšana" in page.text
    assert 'href="/activities"' not in page.text


def test_what_is_missing_is_pointed_at_and_what_was_ticked_is_kept(client):
    names = items(client.get("/activities"))
    given = by_type(names[:-3])
    page = client.post("/activities", data=given)
    assert "Bez atbildes palika 3 nodarbes:" in page.text
    assert ticked(page) == given
    assert re.findall(r'<a href="#(\w+)">', page.text)[-3:] == names[-3:]
    assert len(re.findall('class="missing"', page.text)) == 3
    again = client.get("/")
    assert "Salabot velosipēdam bremzes" in again.text  # nothing was taken yet


def test_the_result_comes_without_the_missing_ones_to_who_says_so(client):
    names = items(client.get("/activities"))
    page = client.post("/activities", data=by_type(names[:-3]) | {"without": "1"})
    assert "Tev tuvākās jomas" in page.text


def test_an_empty_page_says_that_it_is_too_little(client):
    page = client.post("/activities", data={"without": "1"})
    assert "Atbilžu ir pārāk maz" in page.text


def test_what_was_answered_one_by_one_is_ticked_on_the_page(client):
    client.post("/say", data={"pick": "much"})
    assert ticked(client.get("/activities")) == {"r01": "much"}


def test_a_strange_value_counts_as_missing(client):
    names = items(client.get("/activities"))
    page = client.post("/activities", data=by_type(names) | {names[0]: "<b>"})
    assert "Bez atbildes palika 1 nodarbe:" in page.text
    assert "<b>&lt;" not in page.text


def test_the_page_sent_twice_is_taken_once(client):
    names = items(client.get("/activities"))
    form = by_type(names) | {"once": "one"}
    first, second = (client.post("/activities", data=form) for _ in range(2))
    assert "Tev tuvākās jomas" in first.text
    assert "Tev tuvākās jomas" in second.text


def test_where_no_activity_is_open_the_page_leads_to_the_conversation(address):
    with httpx.Client(base_url=address, follow_redirects=False, timeout=30) as stranger:
        assert stranger.get("/activities").headers["location"] == "/#new"
        assert stranger.post("/activities", data={"r01": "much"}).status_code == 303


def test_another_sites_form_is_refused(client):
    answer = client.post(
        "/activities", data={"r01": "much"}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 400
