"""The chosen questions of the interest test against the full form of 60, on people made up."""

import random
from statistics import fmean

from bot.core.psychometrics.simulated_people import ItemModel
from bot.core.psychometrics.simulation import FormAgreement, SimulationResult, simulate
from tests.bench.figures import at_least, at_most, show

PEOPLE = 3000
SEEDS = (7, 11, 23)
# other items than the ones above: nothing may be tuned to one bank
OTHERS = (
    (41, ItemModel(kind="graded"), "graded response"),
    (42, ItemModel(each=14), "84 items, each person's own 60"),
    (43, ItemModel(each=14, full="one"), "84 items, one 60 for all"),
)


def measure() -> None:
    """Simulate and print, a seed and a bank at a time; the aims are those of the seeds' mean."""
    seeds = [run(seed, ItemModel(), PEOPLE) for seed in SEEDS]
    for seed, found in zip(SEEDS, seeds, strict=True):
        tell(f"interests, seed {seed}", found)
    judge(seeds)
    for seed, bank, name in OTHERS:
        tell(f"interests, {name}", run(seed, bank, PEOPLE // 2))


def run(seed: int, bank: ItemModel, people: int) -> SimulationResult:
    """Simulate with one seed."""
    chance = random.Random(seed)
    return simulate(people, lambda: chance.gauss(0, 1), chance.random, bank)


def tell(name: str, found: SimulationResult) -> None:
    """Print what was found."""
    chosen, fixed = found.adaptive, found.fixed
    alphas = f"{found.alpha10:.3f} / {found.alpha5:.3f}"
    show(f"{name}: alpha of ten / five items (.82-.86 / .70-.75)", alphas)
    show("… questions, mean / most", f"{chosen.mean_items:.1f} / {chosen.longest}")
    ties = f"{chosen.first:.3f} / {chosen.first_shared:.3f}"
    show("… first letter, a tie by lot / either of a tie", ties)
    show("… two first letters / profile r", f"{chosen.top2:.3f} / {chosen.profile_r:.3f}")
    first, profile = chosen.first - fixed.first, chosen.profile_r - fixed.profile_r
    what = "… against as long a fixed form: first letter, profile r"
    show(
        what, f"{first:+.3f}, {profile:+.3f}", (first, at_least(0.05)), (profile, at_least(-0.015))
    )
    show("… right when clear / likely / open (about .9 / .75)", words(chosen))
    shares = " / ".join(f"{share:.2f}" for share in chosen.shares.values())
    show("… the same, how often said", shares)
    show("… a leading type is a first letter / flat", f"{chosen.leading:.3f} / {chosen.flat:.3f}")


def judge(seeds: list[SimulationResult]) -> None:
    """Print the seeds' means beside their aims."""
    chosen = [found.adaptive for found in seeds]
    for what, name, aim in (
        ("interests, mean of the seeds: questions", "mean_items", at_most(24)),
        ("… the most questions", "longest", at_most(30)),
        ("… first letter, a tie by lot", "first", at_least(0.85)),
        ("… first letter, either of a tie", "first_shared", at_least(0.85)),
        ("… two first letters", "top2", at_least(0.62)),
        ("… profile r", "profile_r", at_least(0.92)),
    ):
        value = fmean(getattr(found, name) for found in chosen)
        show(what, f"{value:.4g}", (value, aim))


def words(found: FormAgreement) -> str:
    """Show how often each word of certainty is right."""
    return " / ".join(f"{right:.3f}" for right in found.right.values())
