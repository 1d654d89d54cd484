"""What something costs, compared with something else: never a time by itself, which tells of the machine."""

import gc
import time
from collections.abc import Callable

ROUNDS = 3  # of which the quickest counts


def processor_time(action: Callable[[], object]) -> float:
    """Return the seconds of processor time of an action, the collector of garbage aside."""
    gc.disable()
    try:
        taken = []
        for _ in range(ROUNDS):
            start = time.process_time()
            action()
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(taken)
