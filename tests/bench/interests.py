"""The chosen questions of the interest test against the full form of 60, on people made up."""

import random

from bot.core.psychometrics.simulated_people import ItemModel
from bot.core.psychometrics.simulation import FormAgreement, SimulationResult, simulate
from tests.bench.figures import show

PEOPLE = 3000
SEEDS = (7, 11, 23)
# other items than the ones above: nothing may be tuned to one bank
OTHERS = (
    (41, ItemModel(kind="graded"), "graded response"),
    (42, ItemModel(each=14), "84 items, each person's own 60"),
    (43, ItemModel(each=14, full="one"), "84 items, one 60 for all"),
)


def measure() -> None:
    """Simulate and print, a seed and a bank at a time."""
    for seed in SEEDS:
        tell(f"interests, seed {seed}", run(seed, ItemModel(), PEOPLE))
    for seed, bank, name in OTHERS:
        tell(f"interests, {name}", run(seed, bank, PEOPLE // 2))


def run(seed: int, bank: ItemModel, people: int) -> SimulationResult:
    """Simulate with one seed."""
    chance = random.Random(seed)
    return simulate(people, lambda: chance.gauss(0, 1), chance.random, bank)


def tell(name: str, found: SimulationResult) -> None:
    """Print what was found beside the aims."""
    chosen, fixed = found.adaptive, found.fixed
    show(
        f"{name}: alpha of ten / five items",
        f"{found.alpha10:.3f} / {found.alpha5:.3f}",
        ".82-.86 / .70-.75",
    )
    show(
        "… questions, mean / most", f"{chosen.mean_items:.1f} / {chosen.longest}", "at most 24 / 30"
    )
    show(
        "… first letter, a tie by lot / either of a tie",
        f"{chosen.first:.3f} / {chosen.first_shared:.3f}",
        "at least .85",
    )
    show(
        "… two first letters · profile r",
        f"{chosen.top2:.3f} · {chosen.profile_r:.3f}",
        "at least .62 · .92",
    )
    show(
        "… against as long a fixed form: first letter, profile r",
        f"{chosen.first - fixed.first:+.3f}, {chosen.profile_r - fixed.profile_r:+.3f}",
        "at least +.05, -.015",
    )
    show("… right when clear / likely / open", words(chosen), "about .9 / .75")
    show(
        "… the same, how often said", " / ".join(f"{share:.2f}" for share in chosen.shares.values())
    )
    show("… a leading type is a first letter · flat", f"{chosen.leading:.3f} · {chosen.flat:.3f}")


def words(found: FormAgreement) -> str:
    """Show how often each word of certainty is right."""
    return " / ".join(f"{right:.3f}" for right in found.right.values())
