"""What tests of the plan's pages use: a server, and people who come to it."""

from contextlib import ExitStack

import pytest

from tests.channels.planning import ADULT, PUPIL, Planner, serving_plans


@pytest.fixture(scope="module")
def plans_served(tmp_path_factory):
    with serving_plans(tmp_path_factory.mktemp("plans")) as found:
        yield found


@pytest.fixture
def comes(plans_served):
    """Somebody comes: gives a new browser with a conversation."""
    with ExitStack() as open_ones:
        yield lambda *opened, **named: open_ones.enter_context(
            Planner(*plans_served, *opened, **named)
        )


@pytest.fixture
def adult(comes):
    return comes(*ADULT)


@pytest.fixture
def pupil(comes):
    return comes(*PUPIL)
