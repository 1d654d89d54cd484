"""What an author did that cannot be right: a place, a reason and a remedy."""

from collections.abc import Sequence
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.errors import CelvedisError

Severity = Literal["error", "warning"]
Keys = tuple[str | int, ...]  # that lead to a part of a YAML file: ("steps", 2, "options", 0)


class Problem(Frozen):
    """One finding of the check; `code` is stable, `line` counts from 1."""

    code: str
    path: str
    line: int
    text: str
    remedy: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Show as `file:line: code text (remedy)`, the form editors jump to."""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{self.path}:{self.line}: {self.code} {self.text}{remedy}"


class ContentError(CelvedisError):
    """Flows, content or locales are wrong; `problems` says where, all at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
